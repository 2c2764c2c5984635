package bailiff.guard;

import java.time.Duration;
import java.time.Instant;

/** Lets so many of something through each second, and counts the others. Safe for any thread. */
final class Ration {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final int most;
    private Instant since = Instant.MIN;
    private int taken;
    private long refused;

    /** At most so many a second. */
    Ration(int most) {
        this.most = most;
    }

    /** Whether there is one more at that moment; a clock that was set back begins a new second. */
    synchronized boolean take(Instant now) {
        if (now.isBefore(since) || !now.isBefore(since.plus(SECOND))) {
            since = now;
            taken = 0;
        }
        if (taken < most) {
            taken++;
            return true;
        }
        refused++;
        return false;
    }

    /** How many were refused since this was last asked. */
    synchronized long takeRefused() {
        long all = refused;
        refused = 0;
        return all;
    }
}
