package bailiff.door;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who came in by a {@link Door}. Its connection is closed when it takes longer than allowed. Safe for any thread. */
public final class Visitor implements AutoCloseable {

    /** Whom a visitor must be to be admitted, besides root: the user that this program runs as. */
    public static final String OWNER = System.getProperty("user.name");

    private static final long NO_END = Long.MAX_VALUE;
    private static final long LOOK_NANOS = 250_000_000;
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.door");

    private final SocketChannel connection;
    private final String user;
    private volatile long begun = System.nanoTime();
    private volatile long allowed = NO_END;
    private volatile boolean over;

    Visitor(SocketChannel connection) throws IOException {
        this.connection = connection;
        // The kernel's word.
        this.user =
                connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        Thread.ofVirtual().name("visitor-patience").start(this::watch);
    }

    /** The connection, to be read and written; the door closes it. */
    public SocketChannel connection() {
        return connection;
    }

    /** As which user of this machine it came. */
    public String user() {
        return user;
    }

    /** Whether it is root, or the guard's own user. */
    public boolean isAdmitted() {
        return user.equals("root") || user.equals(OWNER);
    }

    /** From now on the visitor has that long. */
    public void allow(long millis) {
        allowed = NO_END;
        begun = System.nanoTime();
        allowed = millis * 1_000_000;
    }

    /** The visitor is waiting for us. */
    public void waitForEver() {
        allowed = NO_END;
    }

    private void watch() {
        while (!over) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (!over && System.nanoTime() - begun > allowed) {
                LOG.debug("A client of a socket took too long.");
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

    /** Nobody waits for it any more. */
    @Override
    public void close() {
        over = true;
    }
}
