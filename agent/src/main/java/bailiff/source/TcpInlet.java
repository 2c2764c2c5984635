package bailiff.source;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives syslog over TCP, from {@value #MOST_SENDERS} senders at once; the next one takes the place of the one that was
 * silent longest. A message that its sender has not ended when it goes is dropped. One thread pours; any may close.
 */
final class TcpInlet implements Inlet {

    /** Machines that send to one agent: more go through a daemon that collects. */
    static final int MOST_SENDERS = 16;

    private static final int AT_ONCE = 8 << 10;
    private static final long PAUSE_NANOS = 100_000_000;
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.source");

    private final ServerSocketChannel server;

    /* The one that was silent longest comes first. */
    private final Deque<SocketChannel> senders = new ArrayDeque<>();

    private TcpInlet(ServerSocketChannel server) {
        this.server = server;
    }

    static TcpInlet open(InetSocketAddress address) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, MOST_SENDERS);
            return new TcpInlet(server);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void pour(Receiver receiver) {
        while (server.isOpen()) {
            try {
                SocketChannel sender = server.accept();
                admit(sender);
                Thread.ofVirtual().name("syslog-sender").start(() -> hear(sender, receiver));
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.warn("No connection could be taken for syslog: {}.", e.getMessage());
                    // Most likely there are too many open files, and the next attempt would fail as fast.
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void admit(SocketChannel sender) throws IOException {
        SocketChannel silent = null;
        synchronized (senders) {
            if (senders.size() == MOST_SENDERS) {
                silent = senders.poll();
            }
            senders.add(sender);
        }
        if (silent != null) {
            silent.close();
        }
    }

    private void hear(SocketChannel sender, Receiver receiver) {
        try (sender) {
            SyslogFrames frames = new SyslogFrames();
            ByteBuffer buffer = ByteBuffer.allocate(AT_ONCE);
            while (sender.read(buffer) >= 0) {
                synchronized (senders) {
                    if (senders.remove(sender)) {
                        senders.add(sender);
                    }
                }
                frames.take(buffer.array(), 0, buffer.position(), receiver);
                buffer.clear();
            }
        } catch (IOException e) {
            LOG.debug("A sender of syslog went away: {}.", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (senders) {
                senders.remove(sender);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Deque<SocketChannel> left;
        synchronized (senders) {
            left = new ArrayDeque<>(senders);
            senders.clear();
        }
        for (SocketChannel sender : left) {
            sender.close();
        }
    }
}
