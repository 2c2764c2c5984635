package bailiff.door;

import java.io.Closeable;
import java.io.IOException;
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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A Unix socket and its name in the file system. A socket that a dead server left is replaced, a living one's never, and
 * nothing else that has the name. Safe for any thread.
 */
public final class SocketFile implements Closeable {

    /** Who may connect. */
    public enum Access {
        /** Its owner, and root. */
        OWNER("rw-------", "rwx------"),

        /** Every user of this machine. */
        EVERYBODY("rw-rw-rw-", "rwx--x--x");

        private final String socket;
        private final String directory;

        Access(String socket, String directory) {
            this.socket = socket;
            this.directory = directory;
        }
    }

    /* What the mode of a file says it is: <sys/stat.h>. */
    private static final int KIND = 0170000;
    private static final int SOCKET = 0140000;

    /* Those who may write to a directory besides its owner, and that they may not remove what is others'. */
    private static final int WRITABLE = 022;
    private static final int STICKY = 01000;

    private static final int LOOKS = 10;
    private static final long PAUSE_NANOS = 100_000_000;

    private final Path path;

    /* Tells our socket from one that somebody else has put in its place. */
    private final @Nullable Object key;

    private final ServerSocketChannel channel;

    private SocketFile(Path path, @Nullable Object key, ServerSocketChannel channel) {
        this.path = path;
        this.key = key;
        this.channel = channel;
    }

    /**
     * Opens the socket; its directory is made when missing.
     *
     * @param backlog how many connections may wait to be taken
     * @param taken the beginning of a sentence that ends in {@code at PATH}, for when somebody answers there already
     * @throws IOException when it cannot be opened, or somebody answers there already, or a socket for everybody would
     *     lie where others than root may replace it
     */
    public static SocketFile bind(Path path, Access access, int backlog, String taken) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(access.directory)));
        }
        if (directory != null && access == Access.EVERYBODY) {
            distrust(directory);
        }
        clear(path, taken);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), backlog);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(access.socket));
            return new SocketFile(path, key(path), channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("cannot open " + path + ": " + e.getMessage(), e);
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

    /** Tells one file of that name from another; null where there is none. */
    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    /** Whether its name still leads to it: somebody may have removed the file, or put another in its place. */
    public boolean isThere() {
        try {
            return key != null && key.equals(key(path));
        } catch (IOException _) {
            return false;
        }
    }

    /** Its name. */
    public Path path() {
        return path;
    }

    /** The socket that listens; closed with this. */
    public ServerSocketChannel channel() {
        return channel;
    }

    /** Lets nobody in any more and removes the file, unless another has taken its name. */
    @Override
    public void close() throws IOException {
        try {
            // As long as the socket answers nobody else takes the name.
            if (Objects.equals(key, key(path))) {
                Files.deleteIfExists(path);
            }
        } finally {
            channel.close();
        }
    }
}
