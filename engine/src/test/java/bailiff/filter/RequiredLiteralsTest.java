package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.LogLine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredLiteralsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "^failed for .* from <HOST>$; 'failed for '",
                "^\\s*(?:\\S+ )?Authentication failure for .* from <HOST>$; 'Authentication failure for '",
                "a\\.b\\[c\\]; a.b[c]",
                "(?:abc)def; abcdef",
                "(abc)(?P<n>def); abcdef",
                "abc(?=x)def; abcdef",
                "abc\\bdef; abcdef",
                "abc$; abc",
                "(?:failed|denied) <HOST>; failed,denied",
                "(?:failed|denied) login <HOST>; ' login '",
                "x(?:abcd)+; abcd",
                "x(?:abcd){2,3}; abcd",
                "(?i)\\]\\: \\(failed; ']: ('",
                "<F-USER>\\S+</F-USER> failed; ' failed'",
                "(?>abc)d; abcd",
                "(a)?(?(1)yes|no)x; yes,no",
                "é\ud83d\ude00; é\ud83d\ude00",
                "abc\\ndefg; defg",
                "abc\ufffddefg; defg",
            })
    void of_whatEveryMatchContains_isFound(String expression, String literals) throws RegexException {
        assertThat(RequiredLiterals.of(Dialect.compile(expression).root())).isEqualTo(List.of(literals.split(",")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(?i)failed <HOST>?",
                "(?:failed)?",
                "(?:failed)*",
                "(?:failed){,2}",
                "[a]",
                ".*",
                "failed|",
                "failed|\\S+",
                "(?:a|(?:b|\\d))",
                "(?!failed)",
                "(?=failed)",
                "(?<=failed)",
                "\\d+ \\n",
                "''",
                "failed??",
            })
    void of_whatMayBeMissing_isNotRequired(String expression) throws RegexException {
        List<String> literals = RequiredLiterals.of(Dialect.compile(expression).root());

        assertThat(literals).doesNotContain("failed", "a", "b");
    }

    @Test
    void admits_aLiteralThatComesTogetherWhereTheTimeWasCut_isAdmitted() throws RegexException {
        Prefilter prefilter =
                Prefilter.of(Dialect.compile(""), List.of(Dialect.compile("^login failed <HOST>$")), false);
        String text = "login failed 192.0.2.1";

        for (int at = 0; at <= text.length(); at++) {
            String line = text.substring(0, at) + "Nov 20 11:03:14" + text.substring(at);
            assertThat(prefilter.admits(LogLine.of(line))).as(line).isTrue();
        }
    }

    @Test
    void admits_aLineWithoutAnyLiteral_isTurnedAway() throws RegexException {
        List<Expression> failregex =
                List.of(Dialect.compile("^login failed <HOST>$"), Dialect.compile("denied <HOST>$"));
        Prefilter prefilter = Prefilter.of(Dialect.compile("^\\S+ app: "), failregex, false);

        assertThat(prefilter.admits(LogLine.of("vm app: denied 192.0.2.1"))).isTrue();
        assertThat(prefilter.admits(LogLine.of("vm app: accepted 192.0.2.1"))).isFalse();
        assertThat(prefilter.admits(LogLine.of("vm zzz denied 192.0.2.1"))).isFalse();
    }

    @Test
    void admits_oneExpressionWithoutALiteral_admitsEverything() throws RegexException {
        List<Expression> failregex = List.of(Dialect.compile("^login failed <HOST>$"), Dialect.compile("^\\S+$"));

        assertThat(Prefilter.of(Dialect.compile(""), failregex, false).isUseful())
                .isFalse();
    }
}
