package bailiff.guard;

import bailiff.ledger.Enforcement;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * The thread of one jail: has its keeper read when the logs grow, end bans in time, and answer questions.
 *
 * <p>Safe for any thread. A defect ends the thread: it goes to the process's handler of uncaught exceptions, and
 * whoever asks something afterwards is told that the jail does not run.
 */
final class JailLoop {

    private static final int MOST_QUESTIONS = 1_000;

    /* As many as there are changes that may wait for the firewall. */
    private static final int MOST_OUTCOMES = 16_384;
    private static final long STACK_BYTES = 64L << 20;

    /** Something that the jail's thread is asked. */
    private record Question<T>(Function<JailKeeper, T> question, CompletableFuture<T> answer) {

        /** Works the answer out; running what this gives hands it over. */
        Runnable answered(JailKeeper keeper) {
            try {
                T found = question.apply(keeper);
                return () -> answer.complete(found);
            } catch (RuntimeException e) {
                return () -> answer.completeExceptionally(e);
            }
        }
    }

    /** What became of a ban at the firewall, and who tells others of it. */
    private record Outcome(Cidr subject, Enforcement enforcement, Runnable telling) {}

    private final String name;
    private final JailKeeper keeper;
    private final ArrayBlockingQueue<Question<?>> questions = new ArrayBlockingQueue<>(MOST_QUESTIONS);
    private final LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>(MOST_OUTCOMES);
    private final Thread thread;
    private volatile boolean woken = true;
    private volatile boolean stopped;
    private volatile Exempt exempt;
    private volatile boolean idle;

    /**
     * A loop that has not begun.
     *
     * @param keeper belongs to the loop from now on
     * @param exempt whom the jail must not ban
     */
    JailLoop(String name, JailKeeper keeper, Exempt exempt) {
        this.name = name;
        this.keeper = keeper;
        this.exempt = exempt;
        // The stack is for regular expressions that recurse over an 8 KiB line; only what is used of it costs memory.
        this.thread =
                Thread.ofPlatform().name("jail-" + name).stackSize(STACK_BYTES).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** The jail's name. */
    String name() {
        return name;
    }

    /** There may be something to read. */
    void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** Lets the jail read no lines for now, or read again; its bans still end in time. */
    void idle(boolean rest) {
        idle = rest;
        wake();
    }

    /** Whether the jail reads no lines for now. */
    boolean isIdle() {
        return idle;
    }

    /** Whom the jail must not ban, from the next block of lines on. */
    void spare(Exempt others) {
        exempt = others;
        wake();
    }

    /** The verified service that the address is one of, where the jail spares it for that. */
    Optional<String> service(IpAddress address) {
        return exempt.service(address);
    }

    /** Whom the jail must not ban. */
    CidrSet never() {
        return exempt.all();
    }

    /** Has the jail's thread answer a question; fails when a thousand others wait, or the loop has ended. */
    <T> CompletableFuture<T> ask(Function<JailKeeper, T> question) {
        Question<T> asked = new Question<>(question, new CompletableFuture<>());
        boolean queued = questions.offer(asked);
        if (!queued || (stopped && questions.remove(asked))) {
            refuse(asked);
        }
        wake();
        return asked.answer();
    }

    /**
     * Has the jail write down what became of its ban, together with the ban itself if that is not written yet.
     *
     * @param telling is run afterwards, on the jail's thread
     * @return false when it cannot, since the loop has ended or too many wait
     */
    boolean enforced(Cidr subject, Enforcement enforcement, Runnable telling) {
        Outcome outcome = new Outcome(subject, enforcement, telling);
        boolean taken = outcomes.offer(outcome) && !(stopped && outcomes.remove(outcome));
        wake();
        return taken;
    }

    private void refuse(Question<?> asked) {
        String why = stopped ? "does not run any more" : "has too many questions to answer";
        asked.answer().completeExceptionally(new IllegalStateException("Jail " + name + " " + why + "."));
    }

    /** Ends the loop after what it is reading has been decided and written down; waits for that. */
    void stop() {
        stopped = true;
        wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (keeper) {
            while (!stopped) {
                woken = false;
                round();
                rest();
            }
            round();
        } finally {
            stopped = true;
            for (Question<?> left = questions.poll(); left != null; left = questions.poll()) {
                refuse(left);
            }
        }
    }

    private void round() {
        boolean more;
        do {
            more = step();
        } while (more && !stopped);
        if (!more) {
            keeper.tidy();
        }
    }

    private boolean step() {
        List<Runnable> answers = new ArrayList<>();
        boolean sound = false;
        boolean more = false;
        try {
            keeper.spare(exempt);
            more = !idle && keeper.read();
            for (Outcome one = outcomes.poll(); one != null; one = outcomes.poll()) {
                keeper.enforced(one.subject(), one.enforcement(), one.telling());
            }
            for (Question<?> asked = questions.poll(); asked != null; asked = questions.poll()) {
                answers.add(asked.answered(keeper));
            }
            keeper.bans().expire();
            sound = true;
            return more;
        } finally {
            try {
                // Also after a defect: the line that brought it about must not do so again at the next start.
                keeper.settle(!sound || stopped || !answers.isEmpty(), more);
            } finally {
                // Only now: whoever is told of a change finds it in the ledger.
                answers.forEach(Runnable::run);
            }
        }
    }

    private void rest() {
        Duration rest = keeper.rest();
        if (!woken && !stopped && rest.isPositive()) {
            LockSupport.parkNanos(rest.toNanos());
        }
    }
}
