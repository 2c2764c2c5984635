package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.ban.Jail;
import bailiff.enforce.Change;
import bailiff.filter.Sighting;
import bailiff.ledger.Ending;
import bailiff.ledger.Failure;
import bailiff.line.LogLine;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import bailiff.source.LogFollower;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns one jail: reads its logs when they grow, decides, writes down, has it enforced, ends what is over.
 *
 * <p>Everything but {@link #wake}, {@link #ask}, {@link #spare} and {@link #stop} happens on that thread.
 */
final class JailLoop {

    /** What the loop works with. */
    record Parts(
            Jail jail,
            LogFollower follower,
            Memory memory,
            Consumer<List<Change>> enforcement,
            GuardListener listener,
            InstantSource clock) {}

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final int READ_AT_ONCE = 256 << 10;
    private static final int MOST_TASKS = 1_000;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
    private static final long STACK_BYTES = 64L << 20;

    /* Failures that were on their way when the ban began say nothing about whether it works. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Parts parts;
    private final Jail jail;
    private final JailCounts counts = new JailCounts();
    private final ArrayBlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(MOST_TASKS);
    private final List<Change> changes = new ArrayList<>();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean woken = true;
    private volatile boolean stopped;
    private volatile CidrSet never;
    private CidrSet spared = new CidrSet(List.of());
    private Instant forgotten = Instant.MIN;

    JailLoop(Parts parts, CidrSet never) {
        this.parts = parts;
        this.jail = parts.jail();
        this.never = never;
        // The stack is for regular expressions that recurse over an 8 KiB line; only what is used of it costs memory.
        this.thread = Thread.ofPlatform()
                .name("jail-" + jail.name())
                .stackSize(STACK_BYTES)
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** There may be something to read. */
    void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** Whom the jail must not ban, from its next line on. */
    void spare(CidrSet networks) {
        never = networks;
        wake();
    }

    /** Completed when the backlog has been read once. */
    CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    /** Has the jail's thread answer a question; fails when a thousand others wait, or the loop has ended. */
    <T> CompletableFuture<T> ask(Function<JailLoop, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean queued = !stopped
                && tasks.offer(() -> {
                    try {
                        answer.complete(question.apply(this));
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        if (!queued) {
            answer.completeExceptionally(new IllegalStateException("jail " + jail.name() + " takes no questions now"));
        }
        wake();
        return answer;
    }

    /** Ends the loop after what it is reading has been decided and written down; waits for it. */
    void stop() throws InterruptedException {
        stopped = true;
        wake();
        thread.join();
    }

    private void run() {
        try (LogFollower follower = parts.follower()) {
            while (!stopped) {
                woken = false;
                spareNow();
                round(follower);
                caughtUp.complete(null);
                rest();
            }
            round(follower);
        } catch (RuntimeException e) {
            LOG.error("[{}] The jail's thread ends: this is a defect, please report it.", jail.name(), e);
            caughtUp.completeExceptionally(e);
        }
        stopped = true;
    }

    /** Takes over whom to spare, and ends the bans that this forbids: the owner may have come back from a banned address. */
    private void spareNow() {
        if (spared != never) {
            spared = never;
            jail.spare(spared);
            jail.bans().stream()
                    .filter(ban -> spared.overlaps(ban.subject()))
                    .toList()
                    .forEach(ban -> lift(ban, "the guard, since it must never be banned"));
        }
    }

    private void round(LogFollower follower) {
        boolean more;
        do {
            more = follower.read(READ_AT_ONCE, this::line);
            answerQuestions();
            expire(parts.clock().instant());
            settle();
        } while (more && !stopped);
    }

    private void rest() {
        Instant now = parts.clock().instant();
        Duration untilEnd = Duration.between(now, jail.nextEnd().equals(Instant.MAX) ? now.plus(TICK) : jail.nextEnd());
        Duration wait = untilEnd.compareTo(TICK) < 0 ? untilEnd : TICK;
        if (!woken && !stopped && wait.isPositive()) {
            LockSupport.parkNanos(wait.toNanos());
        }
    }

    private void answerQuestions() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void line(Path file, LogLine line, boolean live, boolean whole) {
        if (!whole) {
            counts.overlong++;
            return;
        }
        Event event = jail.see(line, parts.clock().instant(), live);
        if (event instanceof Event.Nothing) {
            return;
        }
        parts.listener().seen(jail.name(), event);
        switch (event) {
            case Event.Found found -> found(found, line);
            case Event.Banned banned -> banned(banned, line);
            case Event.StillBanned still -> stillBanned(still, live);
            case Event.Spared _ -> counts.spared++;
            case Event.Doubted _ -> counts.doubted++;
            case Event.Ignored _, Event.Nothing _ -> {}
        }
    }

    private void found(Event.Found found, LogLine line) {
        count(found.sighting());
        remember(found.sighting(), found.address(), line);
    }

    private void banned(Event.Banned banned, LogLine line) {
        count(banned.sighting());
        Ban ban = banned.ban();
        if (ban.isOver(parts.clock().instant())) {
            // An old line of the backlog: its ban would be over by now.
            jail.release(ban.subject());
            parts.memory().add(batch -> batch.forgiven(jail.name(), ban.subject()));
            return;
        }
        remember(banned.sighting(), banned.address(), line);
        impose(ban);
    }

    private void count(Sighting sighting) {
        counts.found++;
        counts.behind = Duration.between(sighting.time(), parts.clock().instant());
    }

    private void remember(Sighting sighting, IpAddress address, LogLine line) {
        Failure failure = new Failure(
                jail.name(),
                jail.sourceOf(address),
                address,
                sighting.time(),
                sighting.attempts(),
                sighting.user().orElse(""),
                line.text());
        parts.memory().add(batch -> batch.failure(failure));
    }

    private void stillBanned(Event.StillBanned still, boolean live) {
        if (live && parts.clock().instant().isAfter(still.ban().since().plus(GRACE))) {
            counts.leaked++;
            counts.leakedBy = still.ban().subject().toString();
        }
    }

    /** Begins a ban by hand. On the jail's thread: to be used in {@link #ask}. */
    void imposeByHand(Ban ban) {
        jail.hold(ban);
        impose(ban);
    }

    private void impose(Ban ban) {
        counts.bans++;
        parts.memory().add(batch -> batch.ban(ban));
        changes.add(new Change.Add(jail.name(), ban.subject(), ban.until()));
        parts.listener().banned(ban);
    }

    /** Ends a ban by hand. On the jail's thread: to be used in {@link #ask}. */
    void lift(Ban ban, String by) {
        jail.release(ban.subject());
        Instant now = parts.clock().instant();
        parts.memory()
                .add(batch -> batch.lifted(jail.name(), ban.subject(), new Ending.Lifted(now, by, ""))
                        .forgiven(jail.name(), ban.subject()));
        changes.add(new Change.Remove(jail.name(), ban.subject()));
        parts.listener().unbanned(ban);
    }

    /** Ends the bans whose time is up; the kernel ends them by itself. */
    private void expire(Instant now) {
        for (Ban ban : jail.expireUntil(now)) {
            parts.memory().add(batch -> batch.expired(jail.name(), ban.subject(), now));
            parts.listener().unbanned(ban);
        }
        if (now.isAfter(forgotten.plus(FORGET_EVERY))) {
            forgotten = now;
            Instant logNow = now.minus(counts.behind);
            jail.forget(logNow);
            parts.memory().forget(logNow.minus(jail.findtime()).minus(FORGET_EVERY));
        }
    }

    /** First the ledger, then the firewall: a ban that the kernel has and nobody remembers could not be explained. */
    private void settle() {
        parts.memory().commit(parts.follower().bookmarks(), parts.clock().instant());
        if (!changes.isEmpty()) {
            parts.enforcement().accept(List.copyOf(changes));
            changes.clear();
        }
    }

    /** The jail itself. On the jail's thread: to be used in {@link #ask}. */
    Jail jail() {
        return jail;
    }

    /** What it has counted. On the jail's thread: to be used in {@link #ask}. */
    JailCounts counts() {
        return counts;
    }

    /** Lets the failures of that subject no longer count. On the jail's thread: to be used in {@link #ask}. */
    void forgive(Cidr subject) {
        jail.release(subject);
        parts.memory().add(batch -> batch.forgiven(jail.name(), subject));
    }

    /** Whom the jail must not ban. Any thread. */
    CidrSet never() {
        return never;
    }

    /** The jail's name. Any thread. */
    String name() {
        return jail.name();
    }

    LogFollower follower() {
        return parts.follower();
    }

    Memory memory() {
        return parts.memory();
    }
}
