package bailiff.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Receives syslog on a Unix socket that every user of this machine may send to, as {@code /dev/log}. One thread pours; any
 * may close.
 */
final class UnixInlet implements Inlet {

    /* What the mode of a file says it is: <sys/stat.h>. */
    private static final int KIND = 0170000;
    private static final int SOCKET = 0140000;

    /* Those who may write to a directory besides its owner, and that they may not remove what is others'. */
    private static final int WRITABLE = 022;
    private static final int STICKY = 01000;

    private static final int LOOKS = 10;
    private static final long PAUSE_NANOS = 100_000_000;
    private static final long PATIENCE_SECONDS = 10;
    private static final int LONGEST = LogFollower.LONGEST_LINE + SyslogMessage.PRIORITY;

    private final Path path;

    /* Tells our socket from one that somebody else has put in its place. */
    private final @Nullable Object key;

    private final UnixDatagramSocket socket;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile boolean pouring;

    private UnixInlet(Path path, @Nullable Object key, UnixDatagramSocket socket) {
        this.path = path;
        this.key = key;
        this.socket = socket;
    }

    /** Opens it. A socket that a dead program left is replaced; a living one's never, and nothing else of that name. */
    static UnixInlet open(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null && Files.isDirectory(directory)) {
            distrust(directory);
        }
        clear(path);
        UnixDatagramSocket socket = UnixDatagramSocket.bind(path, LONGEST);
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
            return new UnixInlet(path, key(path), socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /*
     * Whoever may replace files there could put a link in the new socket's place, just before root opens what has that
     * name to everybody.
     */
    private static void distrust(Path directory) throws IOException {
        int mode = (int) Files.getAttribute(directory, "unix:mode");
        int owner = (int) Files.getAttribute(directory, "unix:uid");
        int self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        boolean isOthers = owner != 0 && owner != self;
        boolean isShared = (mode & WRITABLE) != 0 && (mode & STICKY) == 0;
        if (isOthers || isShared) {
            throw new IOException("others than root may replace files in " + directory
                    + ", and the socket with them; expected a directory that root owns and nobody else may write to");
        }
    }

    private static void clear(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & KIND) != SOCKET) {
            throw new IOException(path + " is no socket, and is left alone; expected a free name for the socket");
        }
        // A program that is being started by a killed one may hold its sockets, for a moment.
        for (int look = 0; !UnixDatagramSocket.isDead(path); look++) {
            if (look == LOOKS) {
                throw new IOException("another program receives at " + path);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        Files.delete(path);
    }

    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    @Override
    public void pour(Receiver receiver) throws IOException, InterruptedException {
        pouring = true;
        byte[] bytes = new byte[LONGEST];
        try {
            while (!closed) {
                int length = socket.receive(bytes);
                int taken = Math.min(length, bytes.length);
                Optional<SyslogMessage> message = SyslogMessage.of(bytes, 0, taken, length == taken);
                if (message.isPresent()) {
                    receiver.take(message.get());
                }
            }
        } finally {
            over.countDown();
        }
    }

    @Override
    public boolean isThere() {
        try {
            return key != null && key.equals(key(path));
        } catch (IOException _) {
            return false;
        }
    }

    /** Removes the socket file, unless another has taken its name, and ends receiving. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            // As long as the socket receives nobody else takes the name.
            if (Objects.equals(key, key(path))) {
                Files.deleteIfExists(path);
            }
        } finally {
            socket.shut();
            if (awaitEnd()) {
                socket.close();
            }
        }
    }

    /* The memory of one that still receives must not be given back. */
    private boolean awaitEnd() {
        try {
            return !pouring || over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
