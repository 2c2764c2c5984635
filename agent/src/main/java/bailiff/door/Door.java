package bailiff.door;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix socket that only root and the guard's own user may use: its permissions keep others out, and each
 * {@link Visitor} tells who it is besides. At most {@value #MOST_VISITORS} at once, each received on a thread of its own;
 * further ones are turned away.
 */
public final class Door implements Closeable {

    /** Visitors at once: people and exporters, each asking for a moment. */
    public static final int MOST_VISITORS = 16;

    /** Receives those who come in. Safe for any thread. */
    @FunctionalInterface
    public interface Host {

        /**
         * Talks to a visitor, whose connection is closed afterwards. Whether it {@link Visitor#isAdmitted} is to be
         * asked first.
         *
         * @throws IOException when the visitor goes away
         */
        void receive(Visitor visitor) throws IOException;
    }

    /* As many as Java lets wait where nobody says otherwise. */
    private static final int BACKLOG = 50;
    private static final long PAUSE_NANOS = 100_000_000;
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.door");

    private final String name;
    private final String taken;
    private final Host host;
    private final Semaphore room = new Semaphore(MOST_VISITORS);
    private SocketFile file;
    private String trouble = "";
    private boolean closed;

    private Door(String name, String taken, SocketFile file, Host host) {
        this.name = name;
        this.taken = taken;
        this.file = file;
        this.host = host;
    }

    /**
     * Opens the socket and lets in whoever comes until it is closed. A socket that a dead server left is replaced, a
     * living one's never, and nothing else that has the name.
     *
     * @param name what the socket is called in the log
     * @param taken the beginning of a sentence that ends in {@code at PATH}, for when somebody answers there already
     * @throws IOException when it cannot be opened, or somebody answers there already
     */
    public static Door open(Path path, String name, String taken, Host host) throws IOException {
        Door door = new Door(name, taken, bind(path, taken), host);
        door.listen(door.file.channel());
        return door;
    }

    private static SocketFile bind(Path path, String taken) throws IOException {
        return SocketFile.bind(path, SocketName.Access.OWNER, BACKLOG, taken);
    }

    /**
     * Opens the socket again where somebody has removed its file, so that nobody could come in any more; to be called now
     * and then. What keeps it from being opened is logged, and tried again the next time.
     */
    public synchronized void look() {
        if (closed || file.isThere()) {
            return;
        }
        try {
            SocketFile removed = file;
            file = bind(removed.path(), taken);
            listen(file.channel());
            removed.close();
            trouble = "";
            LOG.warn("The {} socket {} had been removed, and is there again.", name, file.path());
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(trouble)) {
                LOG.error("The {} socket has been removed, and cannot be opened again: {}.", name, reason);
            }
            trouble = reason;
        }
    }

    private void listen(ServerSocketChannel socket) {
        Thread.ofPlatform().daemon().name(name + "-socket").start(() -> letIn(socket));
    }

    private void letIn(ServerSocketChannel socket) {
        while (socket.isOpen()) {
            try {
                SocketChannel connection = socket.accept();
                if (room.tryAcquire()) {
                    Thread.ofVirtual().name(name + "-visitor").start(() -> receive(connection));
                } else {
                    connection.close();
                }
            } catch (IOException e) {
                if (socket.isOpen()) {
                    LOG.warn("The {} socket could not take a client: {}.", name, e.getMessage());
                    // Most likely there are too many open files, and the next attempt would fail as fast.
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void receive(SocketChannel connection) {
        try (connection;
                Visitor visitor = new Visitor(connection)) {
            host.receive(visitor);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("A client of the {} socket went away: {}.", name, e.getMessage());
        } finally {
            room.release();
        }
    }

    /**
     * Lets nobody in any more and removes the socket file, unless another has taken its name; who is inside stays.
     */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
    }
}
