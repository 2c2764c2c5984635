package bailiff.door;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A Unix socket that takes connections, with its {@linkplain SocketName name} in the file system. Safe for any thread.
 */
public final class SocketFile implements Closeable {

    private final SocketName name;
    private final ServerSocketChannel channel;

    private SocketFile(SocketName name, ServerSocketChannel channel) {
        this.name = name;
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
    public static SocketFile bind(Path path, SocketName.Access access, int backlog, String taken) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            String permissions = access == SocketName.Access.OWNER ? "rwx------" : "rwx--x--x";
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        }
        SocketName.free(path, access, SocketFile::isAlive, taken);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), backlog);
            return new SocketFile(SocketName.of(path, access), channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    private static boolean isAlive(Path path) throws IOException {
        try (SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            connection.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException _) {
            // The one answer of which it is certain that nobody holds the socket.
            return false;
        }
    }

    /** Whether its name still leads to it: somebody may have removed the file, or put another in its place. */
    public boolean isThere() {
        return name.isThere();
    }

    /** Its name. */
    public Path path() {
        return name.path();
    }

    /** The socket that listens; closed with this. */
    public ServerSocketChannel channel() {
        return channel;
    }

    /** Lets nobody in any more and removes the file, unless another has taken its name. */
    @Override
    public void close() throws IOException {
        try {
            name.remove();
        } finally {
            channel.close();
        }
    }
}
