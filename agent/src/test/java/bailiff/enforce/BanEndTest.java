package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BanEndTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.250Z");

    @Test
    void of_anyTime_isRoundedUpToASecond() {
        assertThat(left(NOW.plusNanos(1))).isEqualTo(1);
        assertThat(left(NOW.plusMillis(1_000))).isEqualTo(1);
        assertThat(left(NOW.plusMillis(1_001))).isEqualTo(2);
        assertThat(left(NOW.plusMillis(900))).isEqualTo(1);
    }

    @Test
    void of_timeThatHasCome_isPast() {
        assertThat(left(NOW)).isEqualTo(BanEnd.PAST);
        assertThat(left(NOW.minusNanos(1))).isEqualTo(BanEnd.PAST);
        assertThat(left(Instant.MIN)).isEqualTo(BanEnd.PAST);
    }

    @Test
    void of_moreThanAHundredYears_isNever() {
        Duration century = Duration.ofDays(36_500);

        assertThat(left(NOW.plus(century))).isEqualTo(century.toSeconds());
        assertThat(left(NOW.plus(century).plusNanos(1))).isEqualTo(BanEnd.NEVER);
        assertThat(left(Instant.MAX)).isEqualTo(BanEnd.NEVER);
    }

    @Test
    void of_removal_isPast() {
        assertThat(new BanEnd(NOW).of(new Change.Remove("web", IpAddress.ofV4(1).alone())))
                .isEqualTo(BanEnd.PAST);
    }

    private static long left(Instant until) {
        return new BanEnd(NOW).of(new Change.Add("web", IpAddress.ofV4(1).alone(), until));
    }
}
