package bailiff.guard;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has Java give back the memory that a flood took, once that is over: by itself it keeps it until the heap is full.
 *
 * <p>To look what is still needed stops all threads for some tenths of a second. So it is done only after a while in
 * which the guard had next to nothing to do, when the heap has doubled since the last time, and once a minute at most:
 * attackers who keep the guard busy cannot have it stop, and a ban is late by that once for each flood. Not thread-safe.
 */
final class GivingBack {

    /** Below twice this, it would cost more than it gives back. */
    static final long SMALL_HEAP = 32L << 20;

    private static final Duration PAUSE = Duration.ofMinutes(1);

    /* Of one processor's time since the last look, what a guard uses of it that has nothing to do. */
    private static final int IDLE_SHARE = 50;

    /** What the process had used of the processors at a moment of {@link System#nanoTime}. */
    private record Look(long nanos, Duration worked) {}

    private final LongSupplier heap;
    private final Supplier<Duration> worked;
    private final Runnable collection;
    private long kept = SMALL_HEAP;
    private @Nullable Look last;
    private @Nullable Long collected;

    /**
     * Nothing has been given back yet.
     *
     * @param heap bytes that the heap takes
     * @param worked what the process has used of the processors since its start
     * @param collection drops what is not needed any more
     */
    GivingBack(LongSupplier heap, Supplier<Duration> worked, Runnable collection) {
        this.heap = heap;
        this.worked = worked;
        this.collection = collection;
    }

    /** For this process. */
    static GivingBack ofThisProcess() {
        return new GivingBack(
                Runtime.getRuntime()::totalMemory,
                () -> ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                System::gc);
    }

    /** To be called every few seconds, with that {@link System#nanoTime}. */
    void look(long nanos) {
        Look before = last;
        last = null;
        if (heap.getAsLong() <= 2 * kept || (collected != null && nanos - collected < PAUSE.toNanos())) {
            return;
        }
        Look now = new Look(nanos, worked.get());
        if (before == null || !isIdle(before, now)) {
            last = now;
            return;
        }
        collection.run();
        collected = nanos;
        kept = Math.max(SMALL_HEAP, heap.getAsLong());
    }

    private static boolean isIdle(Look before, Look now) {
        Duration used = now.worked().minus(before.worked());
        return used.toNanos() < (now.nanos() - before.nanos()) / IDLE_SHARE;
    }
}
