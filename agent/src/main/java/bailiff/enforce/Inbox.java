package bailiff.enforce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits for the enforcer's thread. Bounded; safe for any thread. */
final class Inbox {

    /**
     * What has come in since the last delivery.
     *
     * @param fences the latest that were asked for
     * @param changes in the order of their arrival
     * @param overflowed whether changes were left out for want of room
     * @param closed whether nothing more will come
     */
    record Delivery(List<Fence> fences, List<Change> changes, boolean overflowed, boolean closed) {}

    private final int room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private List<Change> changes = new ArrayList<>();
    private List<Fence> fences = List.of();
    private boolean overflowed;
    private boolean closed;
    private boolean unread;

    Inbox(int room) {
        this.room = room;
    }

    void add(Change change) {
        tell(() -> {
            if (changes.size() < room) {
                changes.add(change);
            } else {
                overflowed = true;
            }
        });
    }

    void fence(List<Fence> wanted) {
        tell(() -> fences = List.copyOf(wanted));
    }

    void close() {
        tell(() -> closed = true);
    }

    int size() {
        lock.lock();
        try {
            return changes.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for news, but no longer than the given time. */
    Delivery take(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long nanos = longest.toNanos();
            while (!unread && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            Delivery delivery = new Delivery(fences, changes, overflowed, closed);
            changes = new ArrayList<>();
            overflowed = false;
            unread = false;
            return delivery;
        } finally {
            lock.unlock();
        }
    }

    private void tell(Runnable what) {
        lock.lock();
        try {
            if (!closed) {
                what.run();
                unread = true;
                news.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
