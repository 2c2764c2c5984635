package bailiff.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers fail2ban's clients on a Unix socket that only root and the guard's own user may use.
 *
 * <p>The socket's permissions keep others out, and the kernel's word on who is at the other end (SO_PEERCRED) is asked
 * besides. At most {@value #MOST_CLIENTS} clients at once; a command is at most {@value #LONGEST_COMMAND} bytes, has
 * {@value #COMMAND_MILLIS} ms to arrive and its answer as long to be taken. A client may stay and send several.
 */
public final class WireServer implements Closeable {

    static final int MOST_CLIENTS = 16;

    /* A reload carries the client's whole configuration: 230 KB for fail2ban's 99 stock jails. */
    static final int LONGEST_COMMAND = 1 << 20;

    static final long COMMAND_MILLIS = 10_000;

    /* Exporters ask every minute or so, and some keep their connection. */
    private static final long IDLE_MILLIS = 600_000;
    private static final long LAST_ANSWERS_MILLIS = 2_000;
    private static final int LOOKS = 10;
    private static final long LOOK_PAUSE_NANOS = 100_000_000;
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.wire");

    private final Path path;
    private final ServerSocketChannel socket;
    private final Commands commands;
    private final Semaphore room = new Semaphore(MOST_CLIENTS);
    private final ReentrantReadWriteLock busy = new ReentrantReadWriteLock();
    private final String owner = System.getProperty("user.name");

    private WireServer(Path path, ServerSocketChannel socket, Commands commands) {
        this.path = path;
        this.socket = socket;
        this.commands = commands;
    }

    /**
     * Opens the socket and answers on it until closed. A socket that a dead server left is replaced, a living one's
     * never, and nothing else that has the name.
     *
     * @throws IOException when it cannot be opened, or somebody answers there already
     */
    public static WireServer open(Path path, Commands commands) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        clear(path);
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw new IOException("cannot open " + path + ": " + e.getMessage(), e);
        }
        WireServer server = new WireServer(path, socket, commands);
        Thread.ofPlatform().daemon().name("wire").start(server::accept);
        return server;
    }

    private static void clear(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean special = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
        if (!special) {
            throw new IOException(path + " is no socket, and is left alone; expected a free name for the socket");
        }
        if (isTaken(path)) {
            throw new IOException("somebody answers at " + path + " already: is fail2ban running?");
        }
        Files.delete(path);
    }

    /* A process that a killed guard was about to start holds its socket for a moment; a living server stays. */
    private static boolean isTaken(Path path) {
        for (int look = 0; look < LOOKS; look++) {
            try (SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                connection.connect(UnixDomainSocketAddress.of(path));
            } catch (IOException e) {
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
                    Thread.ofVirtual().name("wire-client").start(() -> serve(client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                if (socket.isOpen()) {
                    LOG.warn("The fail2ban socket could not take a client: {}.", e.getMessage());
                }
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                Patience patience = new Patience(client)) {
            if (isAdmitted(client)) {
                converse(client, patience);
            }
        } catch (IOException e) {
            LOG.debug("A client of the fail2ban socket went away: {}.", e.getMessage());
        } finally {
            room.release();
        }
    }

    private boolean isAdmitted(SocketChannel client) throws IOException {
        String user = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        return user.equals("root") || user.equals(owner);
    }

    private void converse(SocketChannel client, Patience patience) throws IOException {
        Frames frames = new Frames(client, LONGEST_COMMAND);
        while (true) {
            Optional<byte[]> frame = next(frames, patience);
            if (frame.isEmpty() || Arrays.equals(frame.get(), Frames.CLOSE)) {
                return;
            }
            patience.waitForEver();
            busy.readLock().lock();
            try {
                byte[] answer = answer(frame.get());
                patience.allow(COMMAND_MILLIS);
                Frames.send(client, answer);
            } finally {
                busy.readLock().unlock();
            }
        }
    }

    private static Optional<byte[]> next(Frames frames, Patience patience) throws IOException {
        patience.allow(frames.hasBegun() ? COMMAND_MILLIS : IDLE_MILLIS);
        Optional<byte[]> frame = frames.next();
        while (frame.isEmpty()) {
            boolean idle = !frames.hasBegun();
            if (!frames.more()) {
                return Optional.empty();
            }
            if (idle) {
                patience.allow(COMMAND_MILLIS);
            }
            frame = frames.next();
        }
        return frame;
    }

    /** As in fail2ban, what is no pickle gets a text instead of an answer. */
    private byte[] answer(byte[] frame) {
        try {
            return Pickler.write(commands.carryOut(Unpickler.read(frame)));
        } catch (PickleException e) {
            LOG.warn("A client of the fail2ban socket sent no pickle of plain values: {}", e.getMessage());
            return Pickler.write(Value.of("ERROR: " + e.getMessage()));
        }
    }

    /**
     * Stops taking clients, removes the socket file, and waits a little until those being answered have their answers:
     * the one that asked the guard to stop is among them.
     */
    @Override
    public void close() throws IOException {
        socket.close();
        Files.deleteIfExists(path);
        try {
            if (busy.writeLock().tryLock(LAST_ANSWERS_MILLIS, TimeUnit.MILLISECONDS)) {
                busy.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
