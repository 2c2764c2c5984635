package bailiff.enforce;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The functions of the C library that a netlink socket takes. Each keeps the system's error number in {@code state}.
 *
 * <p>Safe for any thread, as long as each uses a {@code state} of its own.
 */
final class NativeCalls {

    /** How {@code state} is laid out: the error number of the call that was made last. */
    static final StructLayout STATE = Linker.Option.captureStateLayout();

    private static final VarHandle ERROR = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle socket;
    private final MethodHandle connect;
    private final MethodHandle setsockopt;
    private final MethodHandle send;
    private final MethodHandle recv;
    private final MethodHandle close;

    /**
     * Finds the functions.
     *
     * @throws IOException where this Java or this system does not allow them to be called
     */
    NativeCalls() throws IOException {
        try {
            FunctionDescriptor transfer = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
            socket = find("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
            connect = find("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
            setsockopt = find(
                    "setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
            send = find("send", transfer);
            recv = find("recv", transfer);
            close = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        } catch (IllegalCallerException | UnsupportedOperationException | LinkageError e) {
            throw new IOException("this Java does not allow calls of the system: " + e.getMessage(), e);
        }
    }

    /** The error number that the last call left. */
    static int error(MemorySegment state) {
        return (int) ERROR.get(state, 0L);
    }

    int socket(MemorySegment state, int domain, int type, int protocol) {
        try {
            return (int) socket.invokeExact(state, domain, type, protocol);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    int connect(MemorySegment state, int socket, MemorySegment address, int length) {
        try {
            return (int) connect.invokeExact(state, socket, address, length);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    int setsockopt(MemorySegment state, int socket, int level, int name, MemorySegment value) {
        try {
            return (int) setsockopt.invokeExact(state, socket, level, name, value, (int) value.byteSize());
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    long send(MemorySegment state, int socket, MemorySegment bytes, long length, int flags) {
        try {
            return (long) send.invokeExact(state, socket, bytes, length, flags);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    long recv(MemorySegment state, int socket, MemorySegment buffer, int flags) {
        try {
            return (long) recv.invokeExact(state, socket, buffer, buffer.byteSize(), flags);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    void close(MemorySegment state, int socket) {
        try {
            int _ = (int) close.invokeExact(state, socket);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Error numbers are kept with the call: the virtual machine may make calls of its own before we look. */
    @SuppressWarnings("restricted")
    private static MethodHandle find(String name, FunctionDescriptor descriptor) throws IOException {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new IOException("this system's C library has no function " + name));
        return linker.downcallHandle(address, descriptor, Linker.Option.captureCallState("errno"));
    }
}
