package bailiff.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open socket and its thread, which puts what comes into each mailbox of that address. Safe for any thread. */
final class SyslogPort implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.source");

    /* It holds a buffer and nothing deep. */
    private static final long STACK_BYTES = 256 << 10;

    private final SyslogAddress address;
    private final Inlet inlet;
    private final List<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean broken;

    private SyslogPort(SyslogAddress address, Inlet inlet) {
        this.address = address;
        this.inlet = inlet;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("syslog-" + address)
                .stackSize(STACK_BYTES)
                .unstarted(this::run);
    }

    /** Opens the socket; nothing is received before {@link #add}. */
    static SyslogPort open(SyslogAddress address) throws IOException {
        return new SyslogPort(address, Inlet.open(address));
    }

    /** From now on messages go into that mailbox, too. */
    void add(Mailbox mailbox) {
        mailboxes.add(mailbox);
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    void remove(Mailbox mailbox) {
        mailboxes.remove(mailbox);
    }

    boolean has(Mailbox mailbox) {
        return mailboxes.contains(mailbox);
    }

    boolean isUnused() {
        return mailboxes.isEmpty();
    }

    /** Whether what is sent there is received: it is not when the socket broke, or its file was removed. */
    boolean isSound() {
        return !broken && inlet.isThere();
    }

    private void run() {
        try {
            inlet.pour(this::deliver);
        } catch (IOException e) {
            broken = true;
            LOG.warn("Receiving at {} ended: {}.", address, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(SyslogMessage message) throws InterruptedException {
        for (Mailbox mailbox : mailboxes) {
            mailbox.put(message);
        }
    }

    /** Receives nothing any more, since another is about to receive in its place for the same mailboxes. */
    void makeWay() throws IOException {
        inlet.close();
    }

    /** Receives nothing any more, and whoever waits for room in a mailbox goes on without. */
    @Override
    public void close() throws IOException {
        // Whoever waits for room in one must not keep the socket from being closed.
        mailboxes.forEach(Mailbox::close);
        inlet.close();
    }
}
