package bailiff.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A netlink socket that hears of each committed change of the kernel's packet filter, in the network namespace of the
 * thread that opens it. Not thread-safe, but may be handed from one thread to another.
 */
final class KernelNews {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_NETFILTER = 12;
    private static final int NFNLGRP_NFTABLES = 7;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;

    /* Room for what 100,000 bans at once have to say: what does not fit, the kernel drops, and a ban would be missed. */
    private static final int ROOM = 256 << 20;
    private static final int LONGEST = 1 << 20;

    private final MethodHandle receive;
    private final MemorySegment inbox;
    private final int socket;

    /** Listens from now on. */
    @SuppressWarnings("restricted")
    KernelNews() throws IOException {
        Linker linker = Linker.nativeLinker();
        receive = function(linker, "recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        MethodHandle open = function(linker, "socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        MethodHandle bind = function(linker, "bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        MethodHandle set = function(
                linker, "setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        inbox = Arena.global().allocate(LONGEST);
        try (Arena arena = Arena.ofConfined()) {
            socket = (int) open.invokeExact(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_NETFILTER);
            MemorySegment room = arena.allocateFrom(JAVA_INT, ROOM);
            MemorySegment group = arena.allocate(12, 4);
            group.set(JAVA_SHORT, 0, (short) AF_NETLINK);
            group.set(JAVA_INT, 8, 1 << (NFNLGRP_NFTABLES - 1));
            if (socket < 0
                    || (int) set.invokeExact(socket, SOL_SOCKET, SO_RCVBUFFORCE, room, 4) != 0
                    || (int) bind.invokeExact(socket, group, 12) != 0) {
                throw new IOException("the kernel's news cannot be heard");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(Linker linker, String name, FunctionDescriptor descriptor) {
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
    }

    /** Waits for the next messages; gives their length, or a number below 0 when some were lost. */
    int receive(byte[] buffer) {
        try {
            long length = (long) receive.invokeExact(socket, inbox, (long) Math.min(buffer.length, LONGEST), 0);
            if (length > 0) {
                MemorySegment.copy(inbox, JAVA_BYTE, 0, buffer, 0, (int) length);
            }
            return (int) length;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
