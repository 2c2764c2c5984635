package bailiff.shield;

import bailiff.door.SocketFile;
import bailiff.door.SocketName;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions on a Unix socket that every user of this machine may ask: a line for a line, as often as the client
 * likes. Safe for any thread.
 */
public final class ShieldSocket implements Closeable {

    /*
     * One thread serves all, so that a client costs a thousand bytes and no thread. Each has one question answered before
     * the next has its turn; so whoever sends questions without end delays the others by one answer. A client that is
     * taken in has mostly sent its question already and is answered at once; one that says nothing is the first to go
     * when there are too many. Whoever is sent away goes on unhindered: the plugin takes silence for "proceed".
     */

    /** Clients at once: as many as web servers have workers. */
    public static final int MOST_CLIENTS = 256;

    /** Who asks nothing for so many milliseconds is sent away. */
    static final long IDLE_MILLIS = 60_000;

    /* New clients before the others have their turn. */
    private static final int MOST_AT_ONCE = 16;

    /* Connections that may wait to be taken, beyond which a client waits with them. */
    private static final int BACKLOG = 1_024;
    private static final long LOOK_MILLIS = 5_000;
    private static final long PAUSE_NANOS = 100_000_000;
    private static final String TAKEN = "another guard seems to run: somebody answers";
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.shield");

    /* A first answer takes Java a tenth of a second, for which nobody would wait. So the first one is given to nobody. */
    private volatile Shield shield = Shield.rehearsal();

    private final SocketFile file;
    private final ServerSocketChannel socket;
    private final Selector selector;
    private final Thread thread;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Client.ROOM);

    /* Those whose last question is longest ago come first. */
    private final LinkedHashSet<Client> clients = new LinkedHashSet<>();

    /* Those that have sent more than the question that was answered. */
    private final ArrayDeque<Client> waiting = new ArrayDeque<>();

    private ShieldSocket(SocketFile file, Selector selector) throws IOException {
        this.file = file;
        this.socket = file.channel();
        this.selector = selector;
        socket.configureBlocking(false);
        socket.register(selector, SelectionKey.OP_ACCEPT);
        this.thread = Thread.ofPlatform().daemon().name("shield").unstarted(this::serve);
    }

    /**
     * Opens the socket and answers on it until closed.
     *
     * @throws IOException when it cannot be opened, or somebody answers there already
     */
    public static ShieldSocket open(Path path, Shield shield) throws IOException {
        SocketFile file = SocketFile.bind(path, SocketName.Access.EVERYBODY, BACKLOG, TAKEN);
        try {
            ShieldSocket opened = new ShieldSocket(file, Selector.open());
            opened.thread.start();
            opened.rehearse();
            opened.shield = shield;
            return opened;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void rehearse() {
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(file.path()))) {
            connection.write(ByteBuffer.wrap("ask ip=192.0.2.1 user=a key=0000\n".getBytes(StandardCharsets.US_ASCII)));
            connection.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            LOG.debug("The shield did not answer its own question: {}.", e.getMessage());
        }
    }

    /** Whether those who ask still find it: somebody may have removed its file. */
    public boolean isThere() {
        return file.isThere();
    }

    /** Where it answers. */
    public Path path() {
        return file.path();
    }

    private void serve() {
        try (selector) {
            while (socket.isOpen()) {
                if (waiting.isEmpty()) {
                    selector.select(this::turn, clients.isEmpty() ? 0 : LOOK_MILLIS);
                } else {
                    selector.selectNow(this::turn);
                }
                for (int left = waiting.size(); left > 0; left--) {
                    serve(waiting.remove());
                }
                sendIdleAway();
            }
            clients.forEach(ShieldSocket::close);
        } catch (IOException e) {
            LOG.error("The shield's socket does not answer any more: {}.", e.getMessage());
        }
    }

    private void turn(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof Client client) {
            serve(client);
        } else {
            letIn();
        }
    }

    private void letIn() {
        try {
            for (int taken = 0; taken < MOST_AT_ONCE; taken++) {
                SocketChannel connection = socket.accept();
                if (connection == null) {
                    return;
                }
                letIn(connection);
            }
        } catch (IOException e) {
            if (socket.isOpen()) {
                LOG.warn("The shield's socket could not take a client: {}.", e.getMessage());
                // Most likely there are too many open files, and the next attempt would fail as fast.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void letIn(SocketChannel connection) throws IOException {
        Client client = new Client(connection, System.nanoTime());
        if (clients.size() >= MOST_CLIENTS) {
            sendAway(clients.getFirst());
        }
        clients.add(client);
        connection.configureBlocking(false);
        connection.register(selector, SelectionKey.OP_READ, client);
        serve(client);
    }

    /** Answers one question, if there is a whole one. */
    private void serve(Client client) {
        if (!clients.contains(client)) {
            return;
        }
        try {
            switch (client.answer(shield, buffer)) {
                case OVER -> sendAway(client);
                case ANSWERED -> {
                    clients.remove(client);
                    client.asked(System.nanoTime());
                    clients.add(client);
                    if (client.hasMore()) {
                        waiting.add(client);
                    }
                }
                case NOTHING -> {
                    // The rest of its question is still to come.
                }
            }
        } catch (IOException e) {
            LOG.debug("A client of the shield went away: {}.", e.getMessage());
            sendAway(client);
        }
    }

    private void sendIdleAway() {
        long now = System.nanoTime();
        Iterator<Client> longest = clients.iterator();
        while (longest.hasNext()) {
            Client client = longest.next();
            if (client.isIdle(now, IDLE_MILLIS)) {
                longest.remove();
                close(client);
            } else {
                return;
            }
        }
    }

    private void sendAway(Client client) {
        clients.remove(client);
        close(client);
    }

    private static void close(Client client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.trace("The client was gone already.", e);
        }
    }

    /** Answers nobody any more and removes the socket file, unless another has taken its name. */
    @Override
    public void close() throws IOException {
        file.close();
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
