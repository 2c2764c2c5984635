package bailiff.guard;

import bailiff.ledger.Batch;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

/**
 * A transaction that is written on a thread of its own. Nobody may touch its batch until {@link #await} has returned or
 * thrown. The methods are for the thread that began it.
 */
final class AsideCommit {

    private final FutureTask<Boolean> task;

    private AsideCommit(Ledger ledger, Batch batch) {
        this.task = new FutureTask<>(() -> {
            ledger.commit(batch);
            return true;
        });
    }

    /** Begins to write the batch; where no thread is to be had, it is written when this returns. */
    static AsideCommit begin(Ledger ledger, Batch batch, ThreadFactory threads) {
        AsideCommit commit = new AsideCommit(ledger, batch);
        try {
            threads.newThread(commit.task).start();
        } catch (OutOfMemoryError _) {
            // Java's word for a machine that has as many threads as it may: nothing is lost but time.
            commit.task.run();
        }
        return commit;
    }

    /** Whether it has ended, well or not. */
    boolean isDone() {
        return task.isDone();
    }

    /**
     * Waits for its end, also when interrupted.
     *
     * @throws LedgerException when nothing of the batch was written; a defect is thrown as what it is
     */
    void await() throws LedgerException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw cause(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static LedgerException cause(ExecutionException e) {
        return switch (e.getCause()) {
            case LedgerException known -> known;
            case RuntimeException defect -> throw defect;
            case Error defect -> throw defect;
            case null, default -> throw new IllegalStateException(e);
        };
    }
}
