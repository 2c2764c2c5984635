package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that nobody's log daemon would write. */
class DateDetectorHostileTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<String> PIECES = List.of(
            "Nov 20 11:03:14",
            "2026-11-20T11:03:14.980470+00:00",
            "[20/Nov/2026:11:03:14 +0100] \"",
            "<85>1 ",
            "@400000004a32392b2aa21dac",
            "audit(1700000000.123:",
            "1700000000",
            " ",
            "-",
            ":",
            "\u0000",
            "\ufffd",
            "\u2028",
            "\ud83d",
            "é",
            "99",
            "Feb 30 ",
            "CEST ",
            "11/20/2026:");

    @ParameterizedTest
    @ValueSource(strings = {"", "{^LN-BEG}", "{DATE}", "^[^\\[]*\\[({DATE})", "%Y-%m-%d %H:%M:%S\nEPOCH\n{NONE}"})
    void detect_anyLine_cutsOutOneStretchAtMost(String datepattern) throws DatePatternException {
        long seed = 42;
        Random random = new Random(seed);
        DateDetector detector = DateDetector.of(datepattern, ZoneOffset.UTC);

        for (int i = 0; i < 20_000; i++) {
            String line = line(random);

            DatedLine dated = detector.detect(line, NOW);

            assertThat(isLineWithoutOneStretch(dated.rest(), line))
                    .as("seed %d, line %s, rest %s", seed, line, dated.rest())
                    .isTrue();
            assertThat(dated.time().isPresent() || dated.rest().equals(line))
                    .as("seed %d, line %s", seed, line)
                    .isTrue();
        }
    }

    @Test
    void of_anyPattern_isReadOrRefused() {
        long seed = 7;
        Random random = new Random(seed);
        String alphabet = "%YmdHMSExbzf{}[]()?P<=>:\\^$*+|,.-_{DATE}{EPOCH}a1 &";

        for (int i = 0; i < 50_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                pattern.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }

            assertThatCode(() -> readOrRefuse(pattern.toString()))
                    .as("seed %d, pattern %s", seed, pattern)
                    .doesNotThrowAnyException();
        }
    }

    private static void readOrRefuse(String pattern) {
        try {
            DateDetector.of(pattern, ZoneOffset.UTC).detect("Nov 20 11:03:14 [2026-11-20 11:03:14] x", NOW);
        } catch (DatePatternException refused) {
            assertThat(refused).hasMessageContaining("expected");
        }
    }

    private static String line(Random random) {
        StringBuilder line = new StringBuilder();
        for (int pieces = random.nextInt(8); pieces > 0; pieces--) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            line.append(random.nextInt(4) == 0 ? piece.substring(random.nextInt(piece.length())) : piece);
        }
        return line.toString();
    }

    private static boolean isLineWithoutOneStretch(String rest, String line) {
        int cut = line.length() - rest.length();
        for (int at = 0; at <= rest.length(); at++) {
            if (cut >= 0 && (line.substring(0, at) + line.substring(at + cut)).equals(rest)) {
                return true;
            }
        }
        return false;
    }
}
