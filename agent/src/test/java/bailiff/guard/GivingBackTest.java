package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GivingBackTest {

    private static final long LARGE = 200L << 20;

    private long heap = LARGE;
    private Duration worked = Duration.ofSeconds(30);
    private long needed = 20L << 20;
    private long nanos = Long.MAX_VALUE - 1_000;
    private int collections;
    private final GivingBack givingBack = new GivingBack(() -> heap, () -> worked, this::collect);

    @Test
    void look_quietAfterAFlood_collectsOnce() {
        pass(10, Duration.ofSeconds(9));
        assertThat(collections).isZero();
        pass(10, Duration.ofMillis(10));
        assertThat(collections).isEqualTo(1);

        for (int i = 0; i < 100; i++) {
            pass(10, Duration.ZERO);
        }
        assertThat(collections).isEqualTo(1);
    }

    @Test
    void look_floodThatGoesOn_neverStopsIt() {
        for (int i = 0; i < 100; i++) {
            pass(10, Duration.ofMillis(300));
        }
        assertThat(collections).isZero();
    }

    @Test
    void look_smallHeap_isLeftAlone() {
        heap = 2 * GivingBack.SMALL_HEAP;
        for (int i = 0; i < 10; i++) {
            pass(10, Duration.ZERO);
        }
        assertThat(collections).isZero();
    }

    @Test
    void look_anotherFloodAtOnce_waitsForAMinute() {
        pass(10, Duration.ofSeconds(9));
        pass(10, Duration.ZERO);

        for (int i = 0; i < 6; i++) {
            heap = LARGE;
            pass(10, Duration.ZERO);
            assertThat(collections).isEqualTo(1);
        }
        pass(10, Duration.ZERO);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void look_allIsNeeded_collectsNoMoreUntilTheHeapHasDoubled() {
        needed = LARGE;
        for (int i = 0; i < 100; i++) {
            pass(10, Duration.ZERO);
        }
        assertThat(collections).isEqualTo(1);
    }

    private void pass(int seconds, Duration work) {
        nanos += Duration.ofSeconds(seconds).toNanos();
        worked = worked.plus(work);
        givingBack.look(nanos);
    }

    private void collect() {
        collections++;
        heap = needed;
    }
}
