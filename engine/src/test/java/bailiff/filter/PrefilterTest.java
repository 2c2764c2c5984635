package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.DateDetector;
import bailiff.line.DatePatternException;
import bailiff.line.LogLine;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefilterTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "{^LN-BEG}", "^\\D*({DATE})", "{^LN-BEG}%b %d %H:%M:%S"})
    void admits_aLiteralThatComesTogetherWhereTheTimeWasCut_isAdmitted(String datepattern) throws Exception {
        DateDetector dates = DateDetector.of(datepattern, ZoneOffset.UTC);
        Prefilter prefilter = prefilter("", datepattern, "^\\s*\\[login\\] failed <HOST>$");
        Expression expression = Dialect.compile("^\\s*\\[login\\] failed <HOST>$");
        String text = " [login] failed 192.0.2.1";
        int matched = 0;

        for (int at = 0; at <= text.length(); at++) {
            String line = text.substring(0, at) + "Nov 20 11:03:14" + text.substring(at);
            String rest = dates.detect(line, Recipe.NOW).rest();
            boolean matches = expression.finds(Dialect.subject(rest + "\n"));
            matched += matches ? 1 : 0;
            assertThat(admits(prefilter, LogLine.of(line)) || !matches).as(line).isTrue();
        }
        assertThat(matched).isPositive();
    }

    @Test
    void admits_aLiteralInTwoHalvesAroundATime_isAdmitted() throws Exception {
        Prefilter prefilter = prefilter("", "^[^\\[]*\\[({DATE})", "^<HOST> \\[\\] \"GET /knock");

        assertThat(prefilter.isUseful()).isTrue();
        assertThat(admits(prefilter, LogLine.of("192.0.2.1 [20/Nov/2026:11:03:14 +0000] \"GET /knock")))
                .isTrue();
        assertThat(admits(prefilter, LogLine.of("192.0.2.1 [20/Nov/2026:11:03:14 +0000] \"GET /")))
                .isFalse();
    }

    @Test
    void admits_aLineWithoutAnyLiteral_isTurnedAway() throws Exception {
        Prefilter prefilter = prefilter("^\\S+ sample: ", "", "^login failed <HOST>$", "denied <HOST>$");

        assertThat(admits(prefilter, LogLine.of("vm sample: denied 192.0.2.1"))).isTrue();
        assertThat(admits(prefilter, LogLine.of("vm sample: accepted 192.0.2.1")))
                .isFalse();
        assertThat(admits(prefilter, LogLine.of("vm zzz denied 192.0.2.1"))).isFalse();
    }

    @Test
    void admits_aCommonLiteralAndNothingElse_isTurnedAway() throws Exception {
        Prefilter prefilter = prefilter("", "", "^Spam \\w+ \\d+ from <HOST>$");

        assertThat(admits(prefilter, LogLine.of("Spam comment 7 from 192.0.2.1")))
                .isTrue();
        assertThat(admits(prefilter, LogLine.of("Accepted password from 192.0.2.1")))
                .isFalse();
        assertThat(admits(prefilter, LogLine.of("Spam comment 7 by 192.0.2.1"))).isFalse();
    }

    @Test
    void admits_lettersOfAnyCase_areFoundInEither() throws Exception {
        Prefilter prefilter = prefilter("", "", "(?i)^Login denied <HOST>$");

        assertThat(admits(prefilter, LogLine.of("LOGIN Denied 192.0.2.1"))).isTrue();
        assertThat(admits(prefilter, LogLine.of("login granted 192.0.2.1"))).isFalse();
        assertThat(admits(prefilter, LogLine.of("log\u0130n denied 192.0.2.1")))
                .as("a letter that Unicode also takes for an i")
                .isTrue();
    }

    @Test
    void admits_aCapitalBeyondAsciiBesideALetterOfEitherCase_isAdmitted() throws Exception {
        Prefilter prefilter = prefilter("", "", "^\u00c9CHEC [Dd]e <HOST>$");

        assertThat(admits(prefilter, LogLine.of("\u00c9CHEC de 192.0.2.1"))).isTrue();
        assertThat(admits(prefilter, LogLine.of("\u00e9chec de 192.0.2.1"))).isFalse();
    }

    /** To look for the rest of the literal at each place anew would take the square of the line's length. */
    @Test
    void admits_aTextAThousandTimesWithoutWhatBelongsToIt_isAdmittedAfterSomeLooks() throws Exception {
        Prefilter alone = prefilter("", "", "^Spam \\w+ \\d+ from <HOST>$");
        Prefilter cut = prefilter("", "^[^\\[]*\\[({DATE})", "^<HOST> \\[\\] \"GET /knock");

        assertThat(admits(alone, LogLine.of("Spam ".repeat(10)))).isFalse();
        assertThat(admits(alone, LogLine.of("Spam ".repeat(1_000)))).isTrue();
        assertThat(admits(cut, LogLine.of("] \"GET /knock ".repeat(10)))).isFalse();
        assertThat(admits(cut, LogLine.of("] \"GET /knock ".repeat(500)))).isTrue();
    }

    @Test
    void of_moreTextsThanCanBeLookedFor_isUsable() throws Exception {
        List<String> failregex = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            failregex.add("^(?:" + words("QUITE-RARE-" + i) + ") <HOST>$");
        }
        failregex.add("^ from <HOST>$");
        Prefilter prefilter = prefilter("^(?:" + words("Prefix") + ")", "", failregex.toArray(String[]::new));

        assertThat(prefilter.needles()).hasSizeLessThanOrEqualTo(Needles.MOST);
        assertThat(admits(prefilter, LogLine.of("Prefix7 QUITE-RARE-07 192.0.2.1")))
                .isTrue();
    }

    private static String words(String word) {
        return IntStream.range(0, 1_000).mapToObj(i -> word + i).collect(Collectors.joining("|"));
    }

    /** The reason for which I, K and S are left out. */
    @Test
    void caseOfLetters_onlyThreeHaveFormsBeyondAscii() {
        StringBuilder letters = new StringBuilder();
        for (int c = 128; c <= Character.MAX_CODE_POINT; c++) {
            int small = Character.toLowerCase(Character.toUpperCase(c));
            if (small < 128 || Character.toLowerCase(c) < 128 || Character.toUpperCase(c) < 128) {
                letters.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c)));
            }
        }

        assertThat(letters.chars().distinct().sorted().mapToObj(Character::toString))
                .containsExactly("i", "k", "s");
    }

    @Test
    void admits_oneExpressionWithoutALiteral_admitsEverything() throws Exception {
        assertThat(prefilter("", "", "^login failed <HOST>$", "^\\S+$").isUseful())
                .isFalse();
    }

    private static Prefilter prefilter(String prefregex, String datepattern, String... failregex)
            throws RegexException, DatePatternException {
        List<Expression> expressions = new ArrayList<>();
        for (String text : failregex) {
            expressions.add(Dialect.compile(text));
        }
        return Prefilter.of(
                Dialect.compile(prefregex),
                expressions,
                new BitSet(),
                DateDetector.of(datepattern, ZoneOffset.UTC),
                false);
    }

    /** Whether the line has to be looked at. */
    static boolean admits(Prefilter prefilter, LogLine line) {
        return prefilter.prospect(line) != Prospect.NOTHING;
    }
}
