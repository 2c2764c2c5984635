package bailiff.guard;

import bailiff.control.Commands;
import bailiff.control.ControlException;
import bailiff.control.Request;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Where requests wait until the guard has started, and are turned away when it ends. Safe for any thread.
 *
 * <p>So the control socket can be opened before anything else is touched: that it could be shows that no other guard
 * runs here.
 */
final class Reception implements Commands {

    private final CompletableFuture<Commands> started = new CompletableFuture<>();
    private volatile boolean closed;

    @Override
    public void carryOut(Request request, Consumer<Map<String, Object>> row) throws ControlException {
        Commands commands = await();
        if (closed) {
            throw ending();
        }
        commands.carryOut(request, row);
    }

    private Commands await() throws ControlException {
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw ending();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ending();
        }
    }

    private static ControlException ending() {
        return new ControlException(ControlException.FAILED, "The guard is ending.");
    }

    /** From now on these answer. */
    void open(Commands commands) {
        started.complete(commands);
    }

    /** Nobody answers any more. */
    void close() {
        closed = true;
        started.completeExceptionally(ending());
    }
}
