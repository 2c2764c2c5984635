package bailiff.door;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
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

    /* What the mode of a file says it is: <sys/stat.h>. */
    private static final int KIND = 0170000;
    private static final int SOCKET = 0140000;

    private static final int LOOKS = 10;
    private static final long PAUSE_NANOS = 100_000_000;
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.door");

    private final Path path;

    /* Tells our socket from one that somebody else has put in its place. */
    private final @Nullable Object key;

    private final String name;
    private final ServerSocketChannel socket;
    private final Host host;
    private final Semaphore room = new Semaphore(MOST_VISITORS);

    private Door(Path path, @Nullable Object key, String name, ServerSocketChannel socket, Host host) {
        this.path = path;
        this.key = key;
        this.name = name;
        this.socket = socket;
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
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        clear(path, taken);
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            Door door = new Door(path, key(path), name, socket, host);
            Thread.ofPlatform().daemon().name(name + "-socket").start(door::letIn);
            return door;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw new IOException("cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    private static void clear(Path path, String taken) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & KIND) != SOCKET) {
            throw new IOException(path + " is no socket, and is left alone; expected a free name for the socket");
        }
        if (isTaken(path)) {
            throw new IOException(taken + " at " + path);
        }
        Files.delete(path);
    }

    /*
     * Java lets a program that is being started inherit its sockets, and closes them a moment later. A guard that is
     * killed in that moment leaves a process behind that seems to answer, for as long as that moment lasts.
     */
    private static boolean isTaken(Path path) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            try (SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                connection.connect(UnixDomainSocketAddress.of(path));
            } catch (ConnectException _) {
                // The one answer of which it is certain that nobody holds the socket.
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    private void letIn() {
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

    /** Tells one file of that name from another; null where there is none. */
    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    /**
     * Lets nobody in any more and removes the socket file, unless another has taken its name; who is inside stays.
     */
    @Override
    public void close() throws IOException {
        try {
            // As long as the socket answers nobody else takes the name.
            if (Objects.equals(key, key(path))) {
                Files.deleteIfExists(path);
            }
        } finally {
            socket.close();
        }
    }
}
