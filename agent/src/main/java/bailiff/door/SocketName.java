package bailiff.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The name of a Unix socket in the file system, whatever kind of socket it is: made free before the socket is bound,
 * known again afterwards, and taken away at its end. Safe for any thread.
 */
public final class SocketName {

    /** Who may connect. */
    public enum Access {
        /** Its owner, and root. */
        OWNER("rw-------"),

        /** Every user of this machine. */
        EVERYBODY("rw-rw-rw-");

        private final String permissions;

        Access(String permissions) {
            this.permissions = permissions;
        }
    }

    /** Tells whether a program holds a socket. */
    @FunctionalInterface
    public interface Holder {

        /** Whether somebody answers at that name. */
        boolean isAlive(Path path) throws IOException;
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

    private SocketName(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    /**
     * Makes the name free for a new socket: takes away a socket that a dead program left, never a living one's, and
     * nothing else that has the name.
     *
     * @param taken the beginning of a sentence that ends in {@code at PATH}, for when somebody answers there already
     * @throws IOException when it cannot be made free, or a socket for everybody would lie where others than root may
     *     replace it
     */
    public static void free(Path path, Access access, Holder holder, String taken) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (access == Access.EVERYBODY && directory != null && Files.isDirectory(directory)) {
            distrust(directory);
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & KIND) != SOCKET) {
            throw new IOException(path + " is no socket, and is left alone; expected a free name for the socket");
        }
        if (isTaken(path, holder)) {
            throw new IOException(taken + " at " + path);
        }
        Files.delete(path);
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

    /*
     * Java lets a program that is being started inherit its sockets, and closes them a moment later. A guard that is
     * killed in that moment leaves a process behind that seems to answer, for as long as that moment lasts.
     */
    private static boolean isTaken(Path path, Holder holder) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            if (!holder.isAlive(path)) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /** The name of a socket that has just been bound to it; from now on, those may connect. */
    public static SocketName of(Path path, Access access) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(access.permissions));
        return new SocketName(path, key(path));
    }

    /** Lets every user of this machine through a directory, to the sockets in it, which have permissions of their own. */
    public static void letThrough(Path directory) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.addAll(List.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE))) {
            Files.setPosixFilePermissions(directory, permissions);
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

    /** Whether it still leads to the socket: somebody may have removed the file, or put another in its place. */
    public boolean isThere() {
        try {
            return key != null && key.equals(key(path));
        } catch (IOException _) {
            return false;
        }
    }

    /** Where it stands. */
    public Path path() {
        return path;
    }

    /**
     * Removes the file, unless another has taken its name. To be called while the socket still answers: as long as it does,
     * nobody else takes the name.
     */
    public void remove() throws IOException {
        if (isThere()) {
            Files.deleteIfExists(path);
        }
    }
}
