package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bailiff.line.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuccessTest {

    private static final String FAILED = "^ *vm app: bad <F-USER>.*</F-USER> from <HOST>$";
    private static final String TWICE = "^ *vm app: <F-TWICE>unknown</F-TWICE> .* from <HOST>$";
    private static final String REPEATED =
            "^ *vm app: repeated <F-ATTEMPTS>\\d+</F-ATTEMPTS>(?: <F-TWICE>unknown</F-TWICE>)? from <HOST>$";
    private static final String PASSED = "^ *vm app: good <F-USER>.*</F-USER> from <HOST>$";
    private static final String RESET = "^ *vm app: reset <HOST>$";
    private static final String EXCUSED = "for nobody from";

    private static final String TIME = "2026-11-20T11:03:14.980470+00:00 vm ";

    /** Where rsyslog cuts. */
    private static final int CUT = 8_095;

    private final Filter filter = filter(PASSED, RESET);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app: good anna from 203.0.113.9               | success of 203.0.113.9",
                "app: reset 2001:db8::1                        | success of 2001:db8::1",
                "app: bad anna from 203.0.113.9                | 203.0.113.9",
                "app: good anna from 8.8.8.8 from 203.0.113.9  | success of 203.0.113.9",
                "app: good for nobody from 203.0.113.9         | ignored",
                "app: good anna from nowhere                   | unmatched",
                "app: other anna from 203.0.113.9              | unmatched",
            })
    void apply_line_saysForOrAgainstWhom(String line, String expected) {
        assertThat(Recipe.blamed(Recipe.apply(filter, TIME + line))).isEqualTo(expected);
    }

    @Test
    void apply_success_tellsWhichExpressionAndWho() {
        assertThat(Recipe.apply(filter, TIME + "app: reset 203.0.113.9"))
                .isInstanceOfSatisfying(
                        Outcome.Credited.class,
                        success -> assertThat(success.sighting().regex()).isOne());
        assertThat(Recipe.apply(filter, TIME + "app: good anna from 203.0.113.9"))
                .isInstanceOfSatisfying(
                        Outcome.Credited.class,
                        success -> assertThat(success.sighting().user()).contains("anna"));
    }

    @Test
    void apply_lineThatIsBoth_isAFailure() {
        assertThat(Recipe.blamed(Recipe.apply(filter(".* from <HOST>$"), TIME + "app: bad x from 203.0.113.9")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void apply_successThatMayBeCut_isDoubted() {
        String start = TIME + "app: good ";
        String end = " from 203.0.113.9";
        String cut = start + "a".repeat(CUT - start.length() - end.length()) + end;

        assertThat(Recipe.blamed(Recipe.apply(filter, cut))).isEqualTo("doubtful");
    }

    @Test
    void hits_success_isNone() {
        assertThat(filter.hits(LogLine.of(TIME + "app: good anna from 203.0.113.9"), Recipe.NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app: bad x from 203.0.113.9                    | 1",
                "app: unknown x from 203.0.113.9                | 2",
                "app: repeated 7 from 203.0.113.9               | 7",
                "app: repeated 7 unknown from 203.0.113.9       | 14",
                "app: repeated 999999999 unknown from 203.0.113.9 | 10000",
            })
    void apply_unknownName_countsTwice(String line, int attempts) {
        assertThat(Recipe.apply(filter, TIME + line))
                .isInstanceOfSatisfying(
                        Outcome.Matched.class,
                        matched -> assertThat(matched.sighting().attempts()).isEqualTo(attempts));
    }

    @Test
    void compile_badSuccessregex_isNamed() {
        RegexException problem = catchThrowableOfType(
                RegexException.class, () -> Filter.compile(definition("^good <HOST>$", "^(good <HOST>$")));

        assertThat(problem.option()).isEqualTo(RegexException.Option.SUCCESSREGEX);
        assertThat(problem.index()).isOne();
        assertThat(problem).hasMessageStartingWith("successregex 1, position ");
    }

    @Test
    void compile_successregexThatNamesNobody_isRefused() {
        RegexException problem = catchThrowableOfType(RegexException.class, () -> Filter.compile(definition("^good$")));

        assertThat(problem.option()).isEqualTo(RegexException.Option.SUCCESSREGEX);
    }

    @Test
    void sieve_successAmongOthers_isFound() {
        Sieve sieve = Sieve.of(List.of(filter));
        byte[] block = "vm app: other x from 203.0.113.8\nvm app: good anna from 203.0.113.9\n"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(sieve.isUseful()).isTrue();
        assertThat(sieve.find(block, 0, block.length)).isGreaterThanOrEqualTo(30);
    }

    private static FilterDefinition definition(String... successregex) {
        return new FilterDefinition(
                        "test", List.of(FAILED, TWICE, REPEATED), List.of(EXCUSED), "", "", ZoneOffset.UTC, "no")
                .succeedingBy(List.of(successregex));
    }

    private static Filter filter(String... successregex) {
        try {
            return Filter.compile(definition(successregex));
        } catch (RegexException e) {
            throw new AssertionError(e);
        }
    }
}
