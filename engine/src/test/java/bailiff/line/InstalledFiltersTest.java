package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The times of fail2ban's own sample logs, where fail2ban is installed. */
class InstalledFiltersTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2005-08-14T10:00:00Z");
    private static final Pattern EXPECTED =
            Pattern.compile("^#+ ?failJSON:.*\"time\": *\"([^\"]+)\".*\"match\": *true.*");

    /** Days are of one digit or two. */
    private static final DateTimeFormatter SAMPLE_TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-M-d'T'H:m:s")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    @Test
    void detect_sampleLogs_saysTheSameTimes() throws DatePatternException {
        List<String> different = new ArrayList<>();
        int compared = 0;

        for (String filter : InstalledFilters.withSamples()) {
            DateDetector detector = DateDetector.of(InstalledFilters.datepattern(filter), ZONE);
            String comment = "";
            for (String line : InstalledFilters.samples(filter)) {
                Matcher expected = EXPECTED.matcher(comment);
                if (!line.startsWith("#") && expected.matches()) {
                    compared++;
                    compare(filter, line, expected.group(1), detector, different);
                }
                comment = line;
            }
        }

        assertThat(compared).isGreaterThan(500);
        assertThat(different).isEmpty();
    }

    private static void compare(
            String filter, String line, String expected, DateDetector detector, List<String> different) {
        Instant time = LocalDateTime.parse(expected, SAMPLE_TIME)
                .atZone(ZONE)
                .toInstant()
                .truncatedTo(ChronoUnit.SECONDS);
        DatedLine dated = detector.detect(line, NOW);
        if (!dated.time().map(read -> read.truncatedTo(ChronoUnit.SECONDS)).equals(Optional.of(time))) {
            different.add("%s: %s, not %s: %s".formatted(filter, dated.time(), time, line));
        }
    }
}
