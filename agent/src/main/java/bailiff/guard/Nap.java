package bailiff.guard;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The pause that a thread makes between two rounds of its work, which others may cut short. One thread takes it; the
 * other methods are safe for any thread.
 */
final class Nap {

    private final Semaphore calls = new Semaphore(0);
    private volatile boolean over;

    /**
     * Waits for so long, or until somebody calls; at once if somebody has called since the last time.
     *
     * @return false when there is no more work to do, ever
     */
    boolean take(Duration longest) throws InterruptedException {
        if (!over && calls.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            calls.drainPermits();
        }
        return !over;
    }

    /** Ends this pause, or the next if there is none at present: there is something to look at. */
    void cutShort() {
        calls.release();
    }

    /** Ends this pause and all others. */
    void end() {
        over = true;
        calls.release();
    }
}
