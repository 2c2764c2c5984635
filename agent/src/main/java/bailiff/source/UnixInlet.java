package bailiff.source;

import bailiff.door.SocketName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Receives syslog on a Unix socket that every user of this machine may send to, as {@code /dev/log}. One thread pours; any
 * may close.
 */
final class UnixInlet implements Inlet {

    private static final long PATIENCE_SECONDS = 10;
    private static final int LONGEST = LogFollower.LONGEST_LINE + SyslogMessage.PRIORITY;

    private final SocketName name;
    private final UnixDatagramSocket socket;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile boolean pouring;

    private UnixInlet(SocketName name, UnixDatagramSocket socket) {
        this.name = name;
        this.socket = socket;
    }

    /** Opens it. A socket that a dead program left is replaced; a living one's never, and nothing else of that name. */
    static UnixInlet open(Path path) throws IOException {
        SocketName.free(
                path,
                SocketName.Access.EVERYBODY,
                held -> !UnixDatagramSocket.isDead(held),
                "another program receives");
        UnixDatagramSocket socket = UnixDatagramSocket.bind(path, LONGEST);
        try {
            return new UnixInlet(SocketName.of(path, SocketName.Access.EVERYBODY), socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
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
        return name.isThere();
    }

    /** Removes the socket file, unless another has taken its name, and ends receiving. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            name.remove();
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
