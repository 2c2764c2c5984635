package bailiff.enforce;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Opens sockets in another network namespace: on a thread that goes there and ends. */
final class ForeignNetwork {

    private static final int CLONE_NEWNET = 0x4000_0000;

    private ForeignNetwork() {}

    /** A socket of the namespace of that name under {@code /run/netns}. */
    static NetlinkChannel open(String name) throws IOException {
        CompletableFuture<NetlinkChannel> opened = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                enter("/run/netns/" + name);
                opened.complete(NativeSocket.open());
            } catch (Throwable e) {
                opened.completeExceptionally(e);
            }
        });
        try {
            return opened.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
    }

    private static void enter(String path) throws Throwable {
        MethodHandle open = function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        MethodHandle setns = function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        MethodHandle close = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int file = (int) open.invokeExact(arena.allocateFrom(path), 0);
            int result = (int) setns.invokeExact(file, CLONE_NEWNET);
            int closed = (int) close.invokeExact(file);
            if (file < 0 || result != 0 || closed != 0) {
                throw new IOException("cannot enter " + path);
            }
        }
    }
}
