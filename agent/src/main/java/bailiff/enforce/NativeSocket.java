package bailiff.enforce;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * A netlink socket of this process, in the network namespace of the thread that opens it.
 *
 * <p>Not thread-safe, but may be handed from one thread to another. Its calls enter the kernel: for platform threads.
 */
final class NativeSocket implements NetlinkChannel {

    /*
     * The numbers are those of asm-generic/socket.h and linux/netlink.h; processors whose Linux has others are turned
     * away. The socket is connected to the kernel (port 0), which makes the kernel refuse what other processes send
     * to it (netlink_getsockbyportid in net/netlink/af_netlink.c): what we read comes from the kernel.
     *
     * The timeouts are for waits in the socket. The lock of nf_tables itself, which another program may hold while it
     * changes the packet filter, knows no timeout.
     */
    private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64", "riscv64", "s390x", "loongarch64");

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_NETFILTER = 12;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;

    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int EMSGSIZE = 90;
    private static final int ENOBUFS = 105;

    private static final long PATIENCE_SECONDS = 5;

    /** One transaction; the kernel's own bound without the right to force another is some 200 KB. */
    private static final int SEND_ROOM = 4 << 20;

    /** What the kernel may have to say about one transaction: each complaint takes it a kilobyte or less. */
    private static final int RECEIVE_ROOM = 1 << 20;

    /** What is sent from the memory that is kept; more gets memory for that one time. */
    private static final int KEPT = 16 << 10;

    /** Interruptions by signals in a row. */
    private static final int MOST_INTERRUPTIONS = 100;

    private final NativeCalls calls;
    private final Arena arena;
    private final MemorySegment state;
    private final MemorySegment outbox;
    private final MemorySegment inbox;
    private int socket = -1;

    private NativeSocket(NativeCalls calls) {
        this.calls = calls;
        this.arena = Arena.ofShared();
        this.state = arena.allocate(NativeCalls.STATE);
        this.outbox = arena.allocate(KEPT);
        this.inbox = arena.allocate(NetlinkWire.LONGEST_ANSWER);
    }

    /**
     * A socket to nf_tables.
     *
     * @throws IOException where there is none to be had; one line says why
     */
    static NetlinkChannel open() throws IOException {
        String system = System.getProperty("os.name", "");
        String processor = System.getProperty("os.arch", "");
        if (!system.equals("Linux") || !PROCESSORS.contains(processor)) {
            throw new IOException("netlink is not spoken on " + system + " " + processor);
        }
        NativeSocket opened = new NativeSocket(Functions.here());
        boolean good = false;
        try {
            opened.connect();
            good = true;
            return opened;
        } finally {
            if (!good) {
                opened.close();
            }
        }
    }

    @Override
    public int send(byte[] bytes, int length) throws IOException {
        if (length <= KEPT) {
            return send(outbox, bytes, length);
        }
        try (Arena once = Arena.ofConfined()) {
            return send(once.allocate(length), bytes, length);
        }
    }

    private int send(MemorySegment memory, byte[] bytes, int length) throws IOException {
        MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, 0, length);
        for (int i = 0; i < MOST_INTERRUPTIONS; i++) {
            long sent = calls.send(state, socket, memory, length, 0);
            int error = NativeCalls.error(state);
            if (sent == length) {
                return length;
            }
            if (sent < 0 && error == EMSGSIZE) {
                return TOO_LONG;
            }
            if (sent >= 0 || error != EINTR) {
                throw failed("send", error);
            }
        }
        throw failed("send", EINTR);
    }

    @Override
    public int receive(byte[] buffer, boolean wait) throws IOException {
        int flags = MSG_TRUNC | (wait ? 0 : MSG_DONTWAIT);
        for (int i = 0; i < MOST_INTERRUPTIONS; i++) {
            long length = calls.recv(state, socket, inbox, flags);
            if (length > inbox.byteSize() || length > buffer.length) {
                throw new IOException("the kernel's answer of " + length + " bytes is too long");
            }
            if (length >= 0) {
                MemorySegment.copy(inbox, JAVA_BYTE, 0, buffer, 0, (int) length);
                return (int) length;
            }
            int error = NativeCalls.error(state);
            if (error == EAGAIN && !wait) {
                return NOTHING;
            }
            if (error == ENOBUFS) {
                return OVERRUN;
            }
            if (error != EINTR) {
                throw failed("receive", error);
            }
        }
        throw failed("receive", EINTR);
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            if (socket >= 0) {
                calls.close(state, socket);
                socket = -1;
            }
            arena.close();
        }
    }

    private void connect() throws IOException {
        socket = calls.socket(state, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_NETFILTER);
        if (socket < 0) {
            throw failed("socket", NativeCalls.error(state));
        }
        MemorySegment number = arena.allocate(JAVA_INT);
        option(SOL_NETLINK, NETLINK_CAP_ACK, number, 1);
        option(SOL_NETLINK, NETLINK_EXT_ACK, number, 1);
        MemorySegment time = arena.allocate(16, 8);
        time.set(JAVA_LONG, 0, PATIENCE_SECONDS);
        require(calls.setsockopt(state, socket, SOL_SOCKET, SO_RCVTIMEO, time));
        require(calls.setsockopt(state, socket, SOL_SOCKET, SO_SNDTIMEO, time));
        // Refused without CAP_NET_ADMIN in the first user namespace: then transactions are smaller.
        number.set(JAVA_INT, 0, SEND_ROOM);
        calls.setsockopt(state, socket, SOL_SOCKET, SO_SNDBUFFORCE, number);
        number.set(JAVA_INT, 0, RECEIVE_ROOM);
        calls.setsockopt(state, socket, SOL_SOCKET, SO_RCVBUFFORCE, number);
        MemorySegment kernel = arena.allocate(12, 4);
        kernel.set(JAVA_SHORT, 0, (short) AF_NETLINK);
        require(calls.connect(state, socket, kernel, (int) kernel.byteSize()));
    }

    private void option(int level, int name, MemorySegment number, int value) throws IOException {
        number.set(JAVA_INT, 0, value);
        require(calls.setsockopt(state, socket, level, name, number));
    }

    private void require(int result) throws IOException {
        if (result != 0) {
            throw failed("set up", NativeCalls.error(state));
        }
    }

    private static IOException failed(String what, int error) {
        return new IOException("netlink " + what + ": " + NetlinkRefusal.name(error));
    }

    /** Found once; a system that refuses them is asked again with the next socket. */
    private static final class Functions {

        private static volatile @org.jspecify.annotations.Nullable NativeCalls found;

        static NativeCalls here() throws IOException {
            NativeCalls known = found;
            if (known == null) {
                known = new NativeCalls();
                found = known;
            }
            return known;
        }
    }
}
