package bailiff.guard;

import bailiff.evidence.Room;
import java.util.concurrent.atomic.AtomicInteger;

/** Room for sources of all jails together. Safe for any thread. */
final class SharedRoom implements Room.Allowance {

    private final AtomicInteger left;

    /** Room for so many sources. */
    SharedRoom(int sources) {
        left = new AtomicInteger(sources);
    }

    @Override
    public boolean take(int sources) {
        return left.getAndUpdate(now -> now < sources ? now : now - sources) >= sources;
    }

    @Override
    public void giveBack(int sources) {
        left.addAndGet(sources);
    }
}
