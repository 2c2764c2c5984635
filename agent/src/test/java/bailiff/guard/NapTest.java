package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NapTest {

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final Nap nap = new Nap();

    @Test
    void take_nobodyCalls_goesOnAfterItsTime() throws InterruptedException {
        assertThat(nap.take(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void take_cutShort_goesOnAtOnce() throws InterruptedException {
        nap.cutShort();
        nap.cutShort();

        assertThat(nap.take(FOR_EVER)).isTrue();

        CompletableFuture<Boolean> next = sleeper();
        nap.cutShort();

        assertThat(next.join()).isTrue();
    }

    @Test
    void take_ended_neverGoesOn() throws InterruptedException {
        CompletableFuture<Boolean> sleeping = sleeper();
        nap.end();

        assertThat(sleeping.join()).isFalse();
        assertThat(nap.take(FOR_EVER)).isFalse();
    }

    private CompletableFuture<Boolean> sleeper() {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(nap.take(FOR_EVER));
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
