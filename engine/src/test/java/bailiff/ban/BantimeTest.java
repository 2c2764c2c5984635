package bailiff.ban;

import static bailiff.ban.Bans.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BantimeTest {

    @Test
    void endOf_aDay_isTheNextDay() {
        assertThat(new Bantime(Duration.ofDays(1)).endOf(T)).isEqualTo("2026-04-10T04:00:00Z");
    }

    @Test
    void endOf_forEver_isNever() {
        assertThat(Bantime.FOR_EVER.endOf(T)).isEqualTo(Instant.MAX);
        assertThat(Bantime.FOR_EVER.seconds()).isEqualTo(-1);
    }

    @Test
    void endOf_longerThanTimeItself_isNever() {
        Bantime absurd = new Bantime(Duration.ofSeconds(Long.MAX_VALUE - 1));

        assertThat(absurd.endOf(T)).isEqualTo(Instant.MAX);
        assertThat(absurd.isForEver()).isFalse();
    }

    @Test
    void seconds_partOfASecond_isRoundedDown() {
        assertThat(new Bantime(Duration.ofMillis(1_999)).seconds()).isOne();
    }

    @Test
    void bantime_notPositive_isRefused() {
        assertThatThrownBy(() -> new Bantime(Duration.ZERO)).hasMessageContaining("not positive");
    }
}
