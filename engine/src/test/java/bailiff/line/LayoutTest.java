package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    /** Texts that fit and nearly fit; from each notation one is made, with all its options or without. */
    @ParameterizedTest
    @MethodSource("bailiff.line.DefaultTemplate#notations")
    void read_anyNotation_saysWhatItSaysAsDatepattern(String notation) throws DatePatternException {
        long seed = 11;
        Random random = new Random(seed);
        DateTemplate expression = DatePatternReader.read("^(" + notation + ")");
        Layout layout = Layout.of(notation);
        int fits = 0;

        for (int i = 0; i < 3000; i++) {
            String text = text(notation, random) + " x";
            DateReading scanned = new DateReading();

            int end = layout.read(DateText.of(text), 0, scanned);
            DateReading matched = expression.find(DateText.of(text));

            assertThat(end >= 0).as("seed %d, text %s", seed, text).isEqualTo(matched != null);
            if (matched != null) {
                fits++;
                assertThat(end).as("seed %d, text %s", seed, text).isEqualTo(matched.to());
                assertThat(instant(scanned)).as("seed %d, text %s", seed, text).isEqualTo(instant(matched));
            }
        }

        assertThat(fits).isBetween(300, 2999);
    }

    private static Instant instant(DateReading reading) {
        return new Almanac(ZoneOffset.UTC).time(reading, NOW).orElseThrow();
    }

    private static String text(String notation, Random random) {
        String options = random.nextBoolean() ? notation.replaceAll("\\(\\?:.*?\\)\\?", "") : notation;
        String text = options.replaceAll("\\(\\?:|\\)\\?|\\\\b|\\\\", "")
                .replaceAll("\\[([^\\]])[^\\]]*\\]\\??", "$1")
                .replace(" ?", "")
                .replace("{TAI64N}", "@400000004a32392b2aa21da" + random.nextInt(10))
                .replace("{EPOCH}", "%d.%03d".formatted(1_600_000_000 + random.nextInt(9), random.nextInt(1000)))
                .replace("{ZONE}", "PDT")
                .replace("%ExY", number(random, 2020, 8))
                .replace("%Exy", number(random, 20, 8))
                .replaceAll("%(?:Ex)?m", number(random, 1, 12))
                .replaceAll("%(?:Ex)?d", number(random, 1, 31))
                .replaceAll("%(?:Ex)?[HkI]", number(random, 0, 24))
                .replaceAll("%(?:Ex)?M", number(random, 0, 61))
                .replaceAll("%(?:Ex)?S", number(random, 0, 61))
                .replace("%f", number(random, 100, 900))
                .replace("%z", "+" + number(random, 10, 4) + "30")
                .replace("%p", random.nextBoolean() ? "AM" : "pm")
                .replace("%a", "Fri")
                .replace("%b", random.nextBoolean() ? "Nov" : "FEB");
        return random.nextInt(10) == 0 ? text.substring(0, random.nextInt(text.length())) : text;
    }

    private static String number(Random random, int low, int count) {
        return "%02d".formatted(low + random.nextInt(count));
    }
}
