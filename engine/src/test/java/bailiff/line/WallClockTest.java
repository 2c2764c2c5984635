package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WallClockTest {

    private static final long LATER = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Etc/UTC"})
    void toEpochSecond_timesAroundEveryChange_areThoseOfTheZone(String name) {
        long seed = 3;
        Random random = new Random(seed);
        ZoneId zone = ZoneId.of(name);
        WallClock clock = new WallClock(zone);

        for (int i = 0; i < 50_000; i++) {
            LocalDateTime time =
                    LocalDateTime.of(2020 + random.nextInt(15), 1, 1, 0, 0).plusMinutes(random.nextInt(366 * 1440));
            var valid = zone.getRules().getValidOffsets(time);

            long second = clock.toEpochSecond(time.toEpochSecond(ZoneOffset.UTC), LATER);

            if (!valid.isEmpty()) {
                long latest =
                        valid.stream().mapToLong(time::toEpochSecond).max().orElseThrow();
                assertThat(second).as("seed %d, %s", seed, time).isEqualTo(latest);
            } else {
                assertThat(second)
                        .as("seed %d, %s", seed, time)
                        .isEqualTo(time.atZone(zone).toEpochSecond());
            }
        }
    }

    @Test
    void toEpochSecond_everyMinuteOfTheDayOfAChange_isNeverOlderThanTheZoneSays() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        WallClock clock = new WallClock(zone);
        LocalDateTime midnight = LocalDateTime.parse("2026-10-25T00:00:00");

        for (int minute = 0; minute < 1440; minute++) {
            LocalDateTime time = midnight.plusMinutes(minute);

            long second = clock.toEpochSecond(time.toEpochSecond(ZoneOffset.UTC), LATER);

            assertThat(second).isGreaterThanOrEqualTo(time.atZone(zone).toEpochSecond());
            assertThat(LocalDateTime.ofInstant(Instant.ofEpochSecond(second), zone))
                    .isEqualTo(time);
        }
    }

    @Test
    void toEpochSecond_secondTimeRound_hasNotComeYet_isTheFirst() {
        WallClock clock = new WallClock(ZoneId.of("Europe/Berlin"));
        LocalDateTime shownTwice = LocalDateTime.parse("2026-10-25T02:30:00");
        long first = Instant.parse("2026-10-25T00:30:00Z").getEpochSecond();
        long second = Instant.parse("2026-10-25T01:30:00Z").getEpochSecond();
        long local = shownTwice.toEpochSecond(ZoneOffset.UTC);

        assertThat(clock.toEpochSecond(local, first)).isEqualTo(first);
        assertThat(clock.toEpochSecond(local, second - 61)).isEqualTo(first);
        assertThat(clock.toEpochSecond(local, second - 60)).isEqualTo(second);
        assertThat(clock.toEpochSecond(local, second)).isEqualTo(second);
    }
}
