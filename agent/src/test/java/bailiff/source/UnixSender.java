package bailiff.source;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sends datagrams to a Unix socket as PHP and the C library do, without ever waiting. */
final class UnixSender implements AutoCloseable {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int ADDRESS_LENGTH = 110;

    private static final MethodHandle SOCKET =
            find("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CONNECT =
            find("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SEND =
            find("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final int descriptor;

    UnixSender(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            descriptor = (int) SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM, 0);
            MemorySegment address = arena.allocate(ADDRESS_LENGTH);
            address.set(JAVA_SHORT, 0, (short) AF_UNIX);
            byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
            if ((int) CONNECT.invokeExact(descriptor, address, ADDRESS_LENGTH) != 0) {
                throw new AssertionError("nobody receives at " + path);
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle find(String name, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), shape);
    }

    /** Sends one; false when there is no room for it. */
    boolean send(String text) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            MemorySegment memory = arena.allocateFrom(JAVA_BYTE, bytes);
            return (long) SEND.invokeExact(descriptor, memory, (long) bytes.length, MSG_DONTWAIT) == bytes.length;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            int _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
