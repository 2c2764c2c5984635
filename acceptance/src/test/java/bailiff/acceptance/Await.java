package bailiff.acceptance;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what comes about by itself, by asking again and again; long enough for a busy machine. */
final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(40);

    private Await() {}

    /** Waits until the condition holds; fails with what is so instead when it does not in time. */
    static void until(BooleanSupplier condition, Supplier<?> instead) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "waited " + PATIENCE.toSeconds() + " s in vain, and there is: " + instead.get());
            }
            pause(PAUSE);
        }
    }

    /** Lets time pass. */
    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
