package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutPlacesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<String> PIECES = List.of(
            "Nov 20 11:03:14",
            "2026-11-20 11:03:14",
            "2026-11-20T11:03:14.980470+00:00",
            "20/Nov/2026:11:03:14 +0100",
            " 5/Nov/2026:11:03:14 +0100",
            "[20/Nov/2026:11:03:14 +0100] \"",
            "+0100 Nov 20 11:03:14",
            "<85>1 ",
            "@400000004a32392b2aa21dac",
            "audit(1700000000.123:",
            "1700000000",
            "Feb 30 ",
            "GET",
            "<W>",
            "x",
            "7",
            "_",
            " ",
            "-",
            "[",
            "(",
            "\"",
            "\u0301",
            "\ud83d\ude00",
            "é");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{^LN-BEG}",
                "{DATE}",
                "{NONE}",
                "^[^\\[]*\\[({DATE})",
                "^[^\\[]*(\\[{DATE})",
                "^[^\\[(]*[\\[(](%d/%b/%Y:%H:%M:%S)",
                "\\w\\[?({DATE})",
                "^<W>{DATE}",
                "{^LN-BEG}%ExY(?P<_sep>[-/.])%m(?P=_sep)%d[T ]%H:%M:%S(?:[.,]%f)?(?:\\s*%z)?",
                "%d/%b[^/]*/%Y:%H:%M:%S %z",
                "%Y-%m-%d %H:%M:%S",
                "%Y-%m-%d %H:%M:%S|x",
                "x|%Y-%m-%d %H:%M:%S",
                "%H?x",
                "**%Y-%m-%d**",
                "{UNB}%Y-%m-%d",
                "{^LN-BEG}Epoch",
                "EPOCH",
                "TAI64N",
                "^%Y-%m-%d (%H:%M:%S)",
                "(?:x)\\[(%Y)",
                "x|\\[(%Y)"
            })
    void mayCutBetween_whereATimeIsCutOut_isTrue(String datepattern) throws DatePatternException {
        long seed = 42;
        SplittableRandom random = new SplittableRandom(seed);
        DateDetector dates = DateDetector.of(datepattern, ZoneOffset.UTC);
        int cut = 0;

        for (int i = 0; i < 20_000; i++) {
            String line = line(random);
            String rest = dates.detect(line, NOW).rest();
            cut += rest.length() < line.length() ? 1 : 0;

            assertThat(isAllowed(line, rest, dates))
                    .as("seed %d, line %s, rest %s", seed, line, rest)
                    .isTrue();
        }

        assertThat(cut > 0).as("some time is found").isEqualTo(!datepattern.equals("{NONE}"));
    }

    @Test
    void mayCutBetween_placesThatADatepatternRulesOut_isFalse() throws DatePatternException {
        assertThat(of("").mayCutBetween(' ', 'a')).isFalse();
        assertThat(of("").mayCutBetween('a', ' ')).isTrue();
        assertThat(of("{^LN-BEG}").mayCutBetween('a', ' ')).isFalse();
        assertThat(of("{^LN-BEG}").mayCutBetween(' ', ' ')).isTrue();
        assertThat(of("{NONE}").mayCutBetween(' ', ' ')).isFalse();
        assertThat(of("^%Y-%m-%d").mayCutBetween(' ', ' ')).isFalse();
        assertThat(of("^[^\\[]*\\[({DATE})").mayCutBetween('[', ']')).isTrue();
        assertThat(of("^[^\\[]*\\[({DATE})").mayCutBetween(' ', ' ')).isFalse();
        assertThat(of("%Y-%m-%d").mayCutBetween('a', ' ')).isFalse();
        assertThat(of("%Y-%m-%d").mayCutBetween(' ', 'a')).isFalse();
        assertThat(of("%Y-%m-%d\n{^LN-BEG}").mayCutBetween(' ', ' ')).isTrue();
    }

    private static DateDetector of(String datepattern) throws DatePatternException {
        return DateDetector.of(datepattern, ZoneOffset.UTC);
    }

    private static String line(SplittableRandom random) {
        StringBuilder line = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            line.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return line.toString();
    }

    /** Whether there is a place at which the rest may have come together. */
    private static boolean isAllowed(String line, String rest, DateDetector dates) {
        for (int at = 0; at <= rest.length(); at++) {
            boolean together = line.startsWith(rest.substring(0, at)) && line.endsWith(rest.substring(at));
            boolean edge = at == 0 || at == rest.length();
            if (together && (edge || dates.mayCutBetween(rest.charAt(at - 1), rest.charAt(at)))) {
                return true;
            }
        }
        return false;
    }
}
