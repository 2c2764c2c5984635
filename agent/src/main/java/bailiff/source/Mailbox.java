package bailiff.source;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Messages of one address that wait for one jail: at most {@value #ROOM} bytes. Safe for any thread.
 *
 * <p>Who brings a message to a full one waits, so that further ones stay in the kernel, or with their sender. A jail that
 * takes nothing for {@value #PATIENCE_SECONDS} seconds loses what comes, which is counted: it must not keep those of
 * others, who listen at the same address, from being read.
 */
final class Mailbox {

    /** Some thousand lines: what a jail reads in a hundredth of a second. */
    static final int ROOM = 1 << 20;

    /** What an entry takes besides its bytes, about. */
    static final int ENTRY = 64;

    static final int PATIENCE_SECONDS = 5;

    private final String owner;
    private final SyslogAddress address;
    private final Queue<SyslogMessage> waiting = new ArrayDeque<>();
    private Runnable wake = () -> {};
    private long bytes;
    private long dropped;
    private boolean impatient;
    private boolean closed;

    /**
     * An empty one.
     *
     * @param owner the jail's name
     */
    Mailbox(String owner, SyslogAddress address) {
        this.owner = owner;
        this.address = address;
    }

    String owner() {
        return owner;
    }

    SyslogAddress address() {
        return address;
    }

    /** Has somebody woken from now on when a message comes. */
    synchronized void wakeBy(Runnable wake) {
        this.wake = wake;
    }

    /** Brings a message; waits for room, and drops it when none comes. */
    void put(SyslogMessage message) throws InterruptedException {
        Runnable due;
        synchronized (this) {
            if (!awaitRoom(message)) {
                dropped += closed ? 0 : 1;
                return;
            }
            waiting.add(message);
            bytes += cost(message);
            due = wake;
        }
        due.run();
    }

    private boolean awaitRoom(SyslogMessage message) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!closed && bytes + cost(message) > ROOM) {
            long left = impatient ? 0 : end - System.nanoTime();
            if (left <= 0) {
                impatient = true;
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !closed;
    }

    /** The next message, if there is one by now. */
    synchronized Optional<SyslogMessage> poll() {
        SyslogMessage message = waiting.poll();
        if (message != null) {
            bytes -= cost(message);
            impatient = false;
            notifyAll();
        }
        return Optional.ofNullable(message);
    }

    private static int cost(SyslogMessage message) {
        return message.line().length() + ENTRY;
    }

    /** How many bytes wait, about. */
    synchronized long bytes() {
        return bytes;
    }

    /** How many messages were dropped since there was no room for them. */
    synchronized long dropped() {
        return dropped;
    }

    /** Nobody will take from it any more. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        bytes = 0;
        notifyAll();
    }
}
