package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DateParityTest {

    private static final long SEED = 20261121;
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final Random random = new Random(SEED);
    private final List<String> different = new ArrayList<>();
    private int compared;
    private DateOracle oracle;

    @BeforeEach
    void start() throws IOException {
        oracle = DateOracle.start();
        oracle.place("UTC");
    }

    @AfterEach
    void stop() {
        oracle.close();
    }

    @Test
    void scratch() throws Exception {
        {String file = "/tmp/scratch.txt";
            String pattern = "";
            for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of(file))) {
                if (line.startsWith("P ")) {
                    pattern = line.substring(2);
                } else if (line.startsWith("L ")) {
                    compare(pattern, line.substring(2), NOW);
                }
            }
        }
        random.nextInt(); System.out.println("compared " + compared);
        different.forEach(System.out::println);
    }

    private void compare(String pattern, String line, Instant now) throws IOException {
        compared++;
        boolean taken = oracle.takes(pattern, "-");
        DateDetector detector;
        try {
            detector = DateDetector.of(pattern, ZoneOffset.UTC);
        } catch (DatePatternException e) {
            if (taken) {
                different.add(pattern + " refused: " + e.getMessage());
            }
            return;
        }
        DateOracle.Answer theirs = taken ? oracle.read(line, now) : new DateOracle.Answer("refused", line);
        DatedLine ours = detector.detect(line, now);
        String time = ours.time().map(t -> "" + t.getEpochSecond()).orElse("none");
        if (!time.equals(theirs.time()) || !ours.rest().equals(theirs.rest())) {
            different.add("%s | %s | theirs %s '%s' | ours %s '%s'"
                    .formatted(pattern, line, theirs.time(), theirs.rest(), time, ours.rest()));
        }
    }
}
