package bailiff.log;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sends datagrams to a Unix socket, such as {@code /dev/log}; never waits. Not thread-safe. */
final class UnixDatagrams implements Closeable {

    /*
     * Java's own channels know Unix sockets for streams only, so these are the C library's four functions. The numbers
     * are those of Linux on every machine that Java 25 runs on (x86-64, AArch64, RISC-V).
     */
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
    private static final int PATH_AT = 2;
    private static final int LONGEST_PATH = 107;
    private static final int NONE = -1;

    private final Path path;
    private int descriptor = NONE;

    UnixDatagrams(Path path) {
        this.path = path;
    }

    /** The functions, looked up when the first datagram is sent: few installations ever do. */
    @SuppressWarnings("restricted")
    private static final class Functions {

        private static final MethodHandle SOCKET = find(
                "socket",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        private static final MethodHandle CONNECT = find(
                "connect",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        private static final MethodHandle SEND = find(
                "send",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT));
        private static final MethodHandle CLOSE =
                find("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        private Functions() {}

        private static MethodHandle find(String name, FunctionDescriptor shape) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), shape);
        }
    }

    /** Something that is done in C. */
    private interface Call {
        long run() throws Throwable;
    }

    /** Sends one datagram, and once more over a new connection when the daemon was started anew. */
    void send(byte[] bytes) throws IOException {
        boolean wasConnected = descriptor != NONE;
        if (trySend(bytes)) {
            return;
        }
        close();
        if (!wasConnected || !trySend(bytes)) {
            close();
            throw new IOException(path + " does not take it");
        }
    }

    private boolean trySend(byte[] bytes) throws IOException {
        if (descriptor == NONE) {
            descriptor = connect();
        }
        int open = descriptor;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            return call(() ->
                            (long) Functions.SEND.invokeExact(open, memory, (long) bytes.length, MSG_DONTWAIT_NOSIGNAL))
                    == bytes.length;
        }
    }

    private int connect() throws IOException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IOException("the path of the socket " + path + " is too long");
        }
        int opened = (int) call(() -> (int) Functions.SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(PATH_AT + LONGEST_PATH + 1L);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, PATH_AT, name.length);
            int length = (int) address.byteSize();
            if (opened < 0 || call(() -> (int) Functions.CONNECT.invokeExact(opened, address, length)) != 0) {
                release(opened);
                throw new IOException("nobody listens at " + path);
            }
        }
        return opened;
    }

    private static void release(int open) {
        if (open >= 0) {
            call(() -> (int) Functions.CLOSE.invokeExact(open));
        }
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

    @Override
    public void close() {
        release(descriptor);
        descriptor = NONE;
    }
}
