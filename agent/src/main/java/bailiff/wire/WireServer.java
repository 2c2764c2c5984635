package bailiff.wire;

import bailiff.door.Door;
import bailiff.door.Visitor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers fail2ban's clients on a socket of its own, to which only root and the guard's own user have access.
 *
 * <p>A command is at most {@value #LONGEST_COMMAND} bytes, has {@value #COMMAND_MILLIS} ms to arrive and its answer as
 * long to be taken. A client may stay and send several.
 */
public final class WireServer implements Closeable {

    /* A reload carries the client's whole configuration: 230 KB for fail2ban's 99 stock jails. */
    static final int LONGEST_COMMAND = 1 << 20;

    static final long COMMAND_MILLIS = 10_000;

    /* Exporters ask every minute or so, and some keep their connection. */
    private static final long IDLE_MILLIS = 600_000;
    private static final long LAST_ANSWERS_MILLIS = 2_000;
    private static final String TAKEN = "is fail2ban running? Somebody answers";
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.wire");

    private final Commands commands;
    private final ReentrantReadWriteLock busy = new ReentrantReadWriteLock();
    private final Door door;

    private WireServer(Path path, Commands commands) throws IOException {
        this.commands = commands;
        this.door = Door.open(path, "fail2ban", TAKEN, this::receive);
    }

    /**
     * Opens the socket and answers on it until closed.
     *
     * @throws IOException when it cannot be opened, or somebody answers there already
     */
    public static WireServer open(Path path, Commands commands) throws IOException {
        return new WireServer(path, commands);
    }

    private void receive(Visitor client) throws IOException {
        if (client.isAdmitted()) {
            converse(client);
        }
    }

    private void converse(Visitor client) throws IOException {
        Frames frames = new Frames(client.connection(), LONGEST_COMMAND);
        while (true) {
            Optional<byte[]> frame = next(frames, client);
            if (frame.isEmpty() || Arrays.equals(frame.get(), Frames.CLOSE)) {
                return;
            }
            client.waitForEver();
            busy.readLock().lock();
            try {
                byte[] answer = answer(frame.get());
                client.allow(COMMAND_MILLIS);
                Frames.send(client.connection(), answer);
            } finally {
                busy.readLock().unlock();
            }
        }
    }

    private static Optional<byte[]> next(Frames frames, Visitor client) throws IOException {
        client.allow(frames.hasBegun() ? COMMAND_MILLIS : IDLE_MILLIS);
        Optional<byte[]> frame = frames.next();
        while (frame.isEmpty()) {
            boolean idle = !frames.hasBegun();
            if (!frames.more()) {
                return Optional.empty();
            }
            if (idle) {
                client.allow(COMMAND_MILLIS);
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

    /** Opens the socket again where somebody has removed its file; to be called now and then. */
    public void look() {
        door.look();
    }

    /**
     * Stops taking clients, removes the socket file, and waits a little until those being answered have their answers:
     * the one that asked the guard to stop is among them.
     */
    @Override
    public void close() throws IOException {
        door.close();
        try {
            if (busy.writeLock().tryLock(LAST_ANSWERS_MILLIS, TimeUnit.MILLISECONDS)) {
                busy.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
