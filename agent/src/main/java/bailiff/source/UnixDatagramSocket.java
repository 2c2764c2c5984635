package bailiff.source;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A Unix socket that receives datagrams, of which Java has none. One platform thread receives; any may call
 * {@link #shut}, which ends its waiting, and must {@link #close} after that thread is done.
 */
final class UnixDatagramSocket implements Closeable {

    /*
     * The numbers are those of Linux on every machine that Java 25 runs on. The shapes of the functions are those that
     * netlink's socket has, so that the virtual machine makes its stubs for both once.
     */
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int SHUT_RDWR = 2;
    private static final int MSG_TRUNC = 0x20;
    private static final int PATH_AT = 2;
    private static final int LONGEST_PATH = 107;
    private static final int EINTR = 4;
    private static final int ECONNREFUSED = 111;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = arena.allocate(Functions.STATE);
    private final MemorySegment inbox;
    private final int descriptor;

    private UnixDatagramSocket(int descriptor, int longest) {
        this.descriptor = descriptor;
        this.inbox = arena.allocate(longest);
    }

    /** The functions of the C library. Looked up when the first socket is opened. */
    @SuppressWarnings("restricted")
    private static final class Functions {

        private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERROR =
                Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final FunctionDescriptor NUMBERS =
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        private static final FunctionDescriptor NAMED = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

        private static final MethodHandle SOCKET = find("socket", NUMBERS);
        private static final MethodHandle CONNECT = find("connect", NAMED);
        private static final MethodHandle BIND = find("bind", NAMED);
        private static final MethodHandle RECV =
                find("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        private static final MethodHandle SHUTDOWN =
                find("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

        private Functions() {}

        private static MethodHandle find(String name, FunctionDescriptor shape) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().find(name).orElseThrow(), shape, Linker.Option.captureCallState("errno"));
        }
    }

    /** Something that is done in C. */
    private interface Call {
        long run() throws Throwable;
    }

    private static long call(Call call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("A function of the C library cannot be called.", e);
        }
    }

    /**
     * A socket of that path, where nothing may be.
     *
     * @param longest how many bytes of a datagram are taken at most
     */
    static UnixDatagramSocket bind(Path path, int longest) throws IOException {
        try {
            UnixDatagramSocket socket = open(longest);
            boolean good = false;
            try {
                int error = socket.name(Functions.BIND, path);
                if (error != 0) {
                    throw new IOException("the system refuses it (error " + error + ")");
                }
                good = true;
                return socket;
            } finally {
                if (!good) {
                    socket.close();
                }
            }
        } catch (LinkageError | IllegalCallerException | UnsupportedOperationException e) {
            throw new IOException("this Java does not allow calls of the system: " + e.getMessage(), e);
        }
    }

    /** Whether it is certain that nobody holds the socket of that path. */
    static boolean isDead(Path path) throws IOException {
        try (UnixDatagramSocket socket = open(1)) {
            return socket.name(Functions.CONNECT, path) == ECONNREFUSED;
        } catch (LinkageError | IllegalCallerException | UnsupportedOperationException e) {
            throw new IOException("this Java does not allow calls of the system: " + e.getMessage(), e);
        }
    }

    private static UnixDatagramSocket open(int longest) throws IOException {
        try (Arena here = Arena.ofConfined()) {
            MemorySegment state = here.allocate(Functions.STATE);
            int opened = (int) call(() -> (int) Functions.SOCKET.invokeExact(state, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0));
            if (opened < 0) {
                throw new IOException("the system has no socket for it (error " + error(state) + ")");
            }
            return new UnixDatagramSocket(opened, longest);
        }
    }

    private static int error(MemorySegment state) {
        return (int) Functions.ERROR.get(state, 0L);
    }

    /** Gives the socket, or its other end, that path; the error number, 0 for none. */
    private int name(MethodHandle function, Path path) throws IOException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IOException("the path is longer than " + LONGEST_PATH + " bytes");
        }
        try (Arena here = Arena.ofConfined()) {
            MemorySegment address = here.allocate(PATH_AT + LONGEST_PATH + 1L);
            address.set(JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, PATH_AT, name.length);
            int length = (int) address.byteSize();
            long result = call(() -> (int) function.invokeExact(state, descriptor, address, length));
            return result == 0 ? 0 : error(state);
        }
    }

    /**
     * Waits for the next datagram and puts its beginning into the buffer.
     *
     * @return how long it is, perhaps longer than what was put there; 0 also after {@link #shut}
     */
    int receive(byte[] into) throws IOException {
        while (true) {
            long length = call(() -> (long) Functions.RECV.invokeExact(
                    state, descriptor, inbox, inbox.byteSize(), MSG_TRUNC));
            if (length >= 0) {
                int taken = (int) Math.min(Math.min(length, inbox.byteSize()), into.length);
                MemorySegment.copy(inbox, JAVA_BYTE, 0, into, 0, taken);
                return (int) length;
            }
            int error = error(state);
            if (error != EINTR) {
                throw new IOException("the system does not let it receive (error " + error + ")");
            }
        }
    }

    /** Ends waiting, for good; what was sent and not received is lost. */
    void shut() {
        try (Arena here = Arena.ofConfined()) {
            MemorySegment own = here.allocate(Functions.STATE);
            call(() -> (int) Functions.SHUTDOWN.invokeExact(own, descriptor, SHUT_RDWR));
        }
    }

    /** Gives the socket back; nobody may be receiving. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            call(() -> (int) Functions.CLOSE.invokeExact(state, descriptor));
            arena.close();
        }
    }
}
