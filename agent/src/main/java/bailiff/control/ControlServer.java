package bailiff.control;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests on a Unix socket that only root and the guard's own user may use.
 *
 * <p>The socket's permissions keep others out, and the kernel's word on who is at the other end (SO_PEERCRED) is asked
 * besides. At most {@value #MOST_CLIENTS} clients at once; a request is at most {@value #LONGEST_REQUEST} bytes and has
 * ten seconds to arrive.
 */
public final class ControlServer implements Closeable {

    static final int MOST_CLIENTS = 16;
    static final int LONGEST_REQUEST = 4 << 20;
    private static final long PATIENCE_MILLIS = 10_000;
    private static final int LOOKS = 10;
    private static final long LOOK_PAUSE_NANOS = 100_000_000;
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.control");

    private final Path path;
    private final ServerSocketChannel socket;
    private final Commands commands;
    private final Semaphore room = new Semaphore(MOST_CLIENTS);
    private final String owner;

    private ControlServer(Path path, ServerSocketChannel socket, Commands commands) {
        this.path = path;
        this.socket = socket;
        this.commands = commands;
        this.owner = System.getProperty("user.name");
    }

    /**
     * Opens the socket and answers on it until closed. A socket file that a dead guard left is replaced.
     *
     * @throws IOException when it cannot be opened, or a living guard answers there already
     */
    public static ControlServer open(Path path, Commands commands) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (Files.exists(path)) {
            if (isTaken(path)) {
                throw new IOException("a guard is running already: it answers at " + path);
            }
            Files.delete(path);
        }
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw new IOException("cannot open " + path + ": " + e.getMessage(), e);
        }
        ControlServer server = new ControlServer(path, socket, commands);
        Thread.ofPlatform().daemon().name("control").start(server::accept);
        return server;
    }

    /*
     * Java lets a program that is being started inherit its sockets, and closes them a moment later. A guard that is
     * killed in that moment leaves a process behind that seems to answer, for as long as that moment lasts.
     */
    private static boolean isTaken(Path path) {
        for (int look = 0; look < LOOKS; look++) {
            if (!ControlClient.answers(path)) {
                return false;
            }
            LockSupport.parkNanos(LOOK_PAUSE_NANOS);
        }
        return true;
    }

    private void accept() {
        while (socket.isOpen()) {
            try {
                SocketChannel client = socket.accept();
                if (room.tryAcquire()) {
                    Thread.ofVirtual().name("control-client").start(() -> serve(client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                if (socket.isOpen()) {
                    LOG.warn("The control socket could not take a client: {}.", e.getMessage());
                }
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            Channel channel = new Channel(client);
            Optional<String> line = readInTime(client, channel);
            if (line.isPresent()) {
                channel.write(Json.line(answer(client, channel, line.get())));
                channel.flush();
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("A client of the control socket went away: {}.", e.getMessage());
        } finally {
            room.release();
        }
    }

    private static Optional<String> readInTime(SocketChannel client, Channel channel) throws IOException {
        AtomicBoolean arrived = new AtomicBoolean();
        Thread patience = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(PATIENCE_MILLIS);
                if (!arrived.get()) {
                    client.close();
                }
            } catch (InterruptedException | IOException e) {
                LOG.trace("The request arrived, or its sender is gone.", e);
            }
        });
        Optional<String> line = channel.read(LONGEST_REQUEST);
        arrived.set(true);
        patience.interrupt();
        return line;
    }

    private Map<String, Object> answer(SocketChannel client, Channel channel, String line) throws IOException {
        try {
            admit(client);
            commands.carryOut(Request.of(line), row(channel));
            return Json.of("exit", 0);
        } catch (ControlException e) {
            return Json.of("exit", e.exit(), "message", e.words());
        }
    }

    private void admit(SocketChannel client) throws IOException, ControlException {
        String user = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        if (!user.equals("root") && !user.equals(owner)) {
            throw new ControlException(
                    ControlException.FAILED, "Only root and " + owner + " may do that, and you are " + user + ".");
        }
    }

    private static Consumer<Map<String, Object>> row(Channel channel) {
        return object -> {
            try {
                channel.write(Json.line(Json.of("row", object)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** Stops answering and removes the socket file. */
    @Override
    public void close() throws IOException {
        socket.close();
        Files.deleteIfExists(path);
    }
}
