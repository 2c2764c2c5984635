package bailiff.evidence.site;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attempts that access logs told of, until it is known whether a trap tells of the same.
 *
 * <p>Not thread-safe.
 */
final class HeldBack {

    /** For so many seconds: syslog and its reader take less, however busy they are. */
    static final long SECONDS = 10;

    /** Attempts held; more come in ten seconds only of a flood, whose first are let go early. 2 MB. */
    private static final int ROOM = 8_192;

    /**
     * One of them.
     *
     * @param log where it stands
     * @param readers what the log's host or path is called there
     * @param since the second in which it was read
     */
    record Held(String log, String readers, Attempt attempt, long since) {}

    private final ArrayDeque<Held> held = new ArrayDeque<>();

    /** Holds it back; gives the one that has to go for it, if one has. */
    @Nullable
    Held add(Held one) {
        held.add(one);
        return held.size() > ROOM ? held.poll() : null;
    }

    /** Those that were held for long enough, in the order in which they came. */
    List<Held> due(long now) {
        List<Held> due = new ArrayList<>();
        // Also where the clock was set back.
        while (!held.isEmpty() && Math.abs(now - held.element().since()) >= SECONDS) {
            due.add(held.remove());
        }
        return due;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    int size() {
        return held.size();
    }
}
