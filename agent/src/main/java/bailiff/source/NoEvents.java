package bailiff.source;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands in where the system has no inotify instance left: nothing ever happens, so that only the poll is left. */
final class NoEvents implements WatchService {

    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public @Nullable WatchKey poll() {
        return null;
    }

    @Override
    public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
        if (closed.await(timeout, unit)) {
            throw new ClosedWatchServiceException();
        }
        return null;
    }

    @Override
    public WatchKey take() throws InterruptedException {
        closed.await();
        throw new ClosedWatchServiceException();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
