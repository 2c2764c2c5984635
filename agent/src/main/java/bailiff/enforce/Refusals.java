package bailiff.enforce;

import java.util.ArrayList;
import java.util.List;

/** The changes of one delivery that the kernel refuses. Not thread-safe: one delivery long. */
final class Refusals {

    private static final int MOST_PROBES = 200;

    private final List<Change> changes = new ArrayList<>();
    private String why = "";
    private int probes;

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Whether nothing was refused yet, not even a batch whose halves are still to be tried. */
    boolean none() {
        return changes.isEmpty() && probes == 0;
    }

    /** Whether a batch that was refused may be tried in halves; not for ever. */
    boolean mayProbe() {
        return ++probes <= MOST_PROBES;
    }

    /** These are refused; of several reasons the first is told. */
    void add(String reason, List<Change> refused) {
        why = why.isEmpty() ? reason : why;
        changes.addAll(refused);
    }

    /** Tells of all that was refused, if anything was. */
    void raise() throws FirewallException {
        if (!changes.isEmpty()) {
            throw new FirewallException(why, changes);
        }
    }
}
