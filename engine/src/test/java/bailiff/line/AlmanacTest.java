package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as lines write them, completed: seen through the detector. */
class AlmanacTest {

    private static final DateTimeFormatter SYSLOG = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

    @ParameterizedTest
    @CsvSource({
        "Nov 20 11:03:14, 2026-11-20T12:00:00Z, 2026-11-20T11:03:14Z",
        "Nov 21 12:00:00, 2026-11-20T12:00:00Z, 2026-11-21T12:00:00Z",
        "Nov 21 12:00:01, 2026-11-20T12:00:00Z, 2025-11-21T12:00:01Z",
        "Dec 31 23:59:59, 2027-01-01T00:00:05Z, 2026-12-31T23:59:59Z",
        "Jan  1 00:00:05, 2026-12-31T23:59:58Z, 2027-01-01T00:00:05Z",
        "Feb 29 10:00:00, 2024-03-01T00:00:00Z, 2024-02-29T10:00:00Z",
        "Feb 29 10:00:00, 2024-02-28T12:00:00Z, 2024-02-29T10:00:00Z",
        "Feb 29 10:00:00, 2024-02-01T00:00:00Z, 2020-02-29T10:00:00Z",
        "Feb 29 10:00:00, 2027-11-20T00:00:00Z, 2024-02-29T10:00:00Z",
        "Feb 29 10:00:00, 2103-11-20T00:00:00Z, 2096-02-29T10:00:00Z"
    })
    void detect_noYear_isTheLatestNotAheadByMoreThanADay(String time, Instant now, Instant expected) {
        assertThat(detect(time, ZoneOffset.UTC, now)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01 12:00:00, 2026-07-01T10:00:00Z",
        "2026-12-01 12:00:00, 2026-12-01T11:00:00Z",
        "2026-03-29 01:59:59, 2026-03-29T00:59:59Z",
        "2026-03-29 02:30:00, 2026-03-29T01:30:00Z",
        "2026-03-29 03:00:00, 2026-03-29T01:00:00Z",
        "2026-10-25 01:59:59, 2026-10-24T23:59:59Z",
        "2026-10-25 02:30:00, 2026-10-25T01:30:00Z",
        "2026-10-25 03:00:00, 2026-10-25T02:00:00Z"
    })
    void detect_clocksChanged_isNeverTheOlderChoice(String time, Instant expected) {
        Instant now = Instant.parse("2026-12-24T00:00:00Z");

        assertThat(detect(time, ZoneId.of("Europe/Berlin"), now)).isEqualTo(expected);
    }

    @Test
    void detect_hourShownTwice_firstTimeRoundIsReadAsIt() {
        Instant now = Instant.parse("2026-10-25T00:30:01Z");

        assertThat(detect("Oct 25 02:30:00", ZoneId.of("Europe/Berlin"), now))
                .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", "+05:30"})
    void detect_anyTimeOfLastYears_comesBack(String zoneName) throws DatePatternException {
        long seed = 20261120;
        Random random = new Random(seed);
        ZoneId zone = ZoneId.of(zoneName);
        DateDetector detector = DateDetector.of("", zone);

        for (int i = 0; i < 20_000; i++) {
            Instant written = Instant.ofEpochSecond(1_000_000_000L + random.nextInt(800_000_000));
            ZonedDateTime local = written.atZone(zone);
            Instant now = written.plusSeconds(random.nextInt(300 * 86_400));
            String line = SYSLOG.format(local) + " vm x";

            Instant read = detector.detect(line, now).time().orElseThrow();

            boolean twice =
                    zone.getRules().getValidOffsets(local.toLocalDateTime()).size() == 2;
            if (!twice) {
                assertThat(read).as("seed %d, line %s, now %s", seed, line, now).isEqualTo(written);
            } else {
                assertThat(read).as("seed %d, line %s, now %s", seed, line, now).isAfterOrEqualTo(written);
            }
        }
    }

    private static Instant detect(String time, ZoneId zone, Instant now) {
        try {
            return DateDetector.of("", zone).detect(time + " vm x", now).time().orElseThrow();
        } catch (DatePatternException e) {
            throw new AssertionError(e);
        }
    }
}
