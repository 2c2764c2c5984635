package bailiff.wire;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a connection whose other end takes too long. Safe for any thread. */
final class Patience implements AutoCloseable {

    private static final long NO_END = Long.MAX_VALUE;
    private static final long LOOK_NANOS = 250_000_000;
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.wire");

    private final SocketChannel connection;
    private volatile long begun = System.nanoTime();
    private volatile long allowed = NO_END;
    private volatile boolean over;

    Patience(SocketChannel connection) {
        this.connection = connection;
        Thread.ofVirtual().name("wire-patience").start(this::watch);
    }

    /** From now on the other end has that long. */
    void allow(long millis) {
        allowed = NO_END;
        begun = System.nanoTime();
        allowed = millis * 1_000_000;
    }

    /** The other end is waiting for us. */
    void waitForEver() {
        allowed = NO_END;
    }

    private void watch() {
        while (!over) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (!over && System.nanoTime() - begun > allowed) {
                LOG.debug("A client of the fail2ban socket took too long.");
                shut();
            }
        }
    }

    private void shut() {
        over = true;
        try {
            connection.close();
        } catch (IOException e) {
            LOG.trace("The client was gone already.", e);
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
