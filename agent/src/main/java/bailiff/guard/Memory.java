package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Jail;
import bailiff.ban.Past;
import bailiff.ban.PastBan;
import bailiff.evidence.RateCount;
import bailiff.ledger.BanRecord;
import bailiff.ledger.Batch;
import bailiff.ledger.Failure;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.ledger.Success;
import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one jail writes to the ledger: gathered line by line, kept in one transaction with how far the log was read, so
 * that after a crash every line counts exactly once.
 *
 * <p>When the ledger cannot be written (a full disk) the guard goes on: what is due is kept and tried again, at most
 * {@value #MOST_DUE} entries of it. Not thread-safe: the jail's thread owns it. Under load it has a thread write for it
 * while it reads on: one transaction at a time, in their order.
 */
final class Memory implements Past {

    static final int MOST_DUE = 20_000;

    /* A log that grows without failures would cost a transaction for every wake-up; only its position changes. */
    private static final Duration POSITION_EVERY = Duration.ofSeconds(1);

    /*
     * Under an attack many lines share a transaction: what a commit costs, it then costs ten times a second. After a
     * pause the first commit does not wait. Reckoned in System.nanoTime(), since clocks are set.
     */
    private static final Duration COMMIT_EVERY = Duration.ofMillis(100);
    private static final Duration TRY_EVERY = Duration.ofSeconds(1);
    static final int COMMIT_AT = MOST_DUE / 4;

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private final String jail;
    private final Ledger ledger;
    private final int matches;
    private final ThreadFactory threads;
    private Batch due = new Batch();
    private ArrayDeque<Consumer<Batch>> essential = new ArrayDeque<>();
    private int entries;
    private @Nullable Writing writing;
    private long lost;
    private String problem = "";
    private boolean hasSuccesses;
    private Instant positionSaved = Instant.MIN;
    private long turn = System.nanoTime();
    private Map<String, String> savedPosition = Map.of();

    /** What a thread of its own is writing, and what to do about it should that fail. */
    private record Writing(Batch batch, ArrayDeque<Consumer<Batch>> essential, int entries, AsideCommit commit) {}

    /**
     * The memory of the jail with that name.
     *
     * @param matches lines that it keeps as a ban's evidence, at most
     */
    Memory(String jail, Ledger ledger, int matches) {
        this(jail, ledger, matches, Thread.ofPlatform().name("ledger-" + jail).factory());
    }

    /** The same, with those threads to write on under load. */
    Memory(String jail, Ledger ledger, int matches, ThreadFactory threads) {
        this.jail = jail;
        this.ledger = ledger;
        this.matches = matches;
        this.threads = threads;
    }

    /** Puts the jail back where it was when the last transaction was written; gives the bans that stand. */
    List<Ban> restore(Jail into, Instant now) throws LedgerException {
        // The bans first: each makes the jail look through the failures that it knows.
        List<Ban> standing =
                ledger.active(jail, now).stream().map(BanRecord::ban).toList();
        standing.forEach(into::hold);
        ledger.successes(jail, success -> {
            hasSuccesses = true;
            String account = success.site() + ' ' + success.account();
            into.recallSuccess(success.subject(), account, success.time(), success.forgave());
        });
        ledger.openFailures(jail, Instant.EPOCH, failure -> recall(into, failure));
        return standing;
    }

    /** What was counted by rate is the last count; what was counted exactly is the failures themselves. */
    private static void recall(Jail into, Failure failure) {
        RateCount count = failure.count();
        if (count == null) {
            into.recall(failure.subject(), failure.time(), failure.attempts());
        } else {
            into.recall(failure.subject(), count);
        }
    }

    /** How far the jail's files had been read. */
    Map<String, String> bookmarks() throws LedgerException {
        return ledger.bookmarks(jail);
    }

    /** How often the subject was banned before; 0 when the ledger cannot be read. */
    @Override
    public int bans(Cidr subject) {
        try {
            return ledger.banCount(jail, subject);
        } catch (LedgerException e) {
            return 0;
        }
    }

    /** The same; nothing when the ledger cannot be read: then the ban is as long as the first. */
    @Override
    public Optional<PastBan> last(Cidr subject) {
        try {
            return ledger.lastBan(jail, subject);
        } catch (LedgerException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<PastBan> everywhere(Cidr subject) {
        try {
            return ledger.lastBans(subject);
        } catch (LedgerException e) {
            return Optional.empty();
        }
    }

    /** Adds something to what is due; it is the first to go when too much is. */
    void add(Consumer<Batch> entry) {
        if (writing != null && entries + writing.entries() >= MOST_DUE) {
            // Attackers are faster than the disk: then reading waits for it.
            finish();
        }
        if (entries >= MOST_DUE) {
            dropAllButBans();
        }
        entry.accept(due);
        entries++;
    }

    /** Adds a success to what is due. */
    void success(Success success) {
        hasSuccesses = true;
        add(batch -> batch.success(success));
    }

    /** Adds a ban to what is due. */
    void ban(Ban ban) {
        addForCertain(batch -> batch.ban(ban, matches));
    }

    /** Adds a change to bans to what is due: without it they would be others after a restart. */
    void addForCertain(Consumer<Batch> entry) {
        add(entry);
        essential.add(entry);
    }

    private void dropAllButBans() {
        while (essential.size() > MOST_DUE / 2) {
            essential.removeFirst();
            lost++;
        }
        due = new Batch();
        essential.forEach(entry -> entry.accept(due));
        lost += entries - essential.size();
        entries = essential.size();
    }

    /** Whether anything waits to be written or is being written, apart from the position. */
    boolean isDue() {
        return entries > 0 || writing != null;
    }

    /** Whether a transaction is under way. */
    boolean isWriting() {
        return writing != null && !writing.commit().isDone();
    }

    /** How long {@link #commit} should wait, at that {@link System#nanoTime}; not at all where it is zero or less. */
    Duration pause(long nanos) {
        boolean full = entries >= COMMIT_AT && problem.isEmpty();
        return full ? Duration.ZERO : Duration.ofNanos(turn - nanos);
    }

    /** Writes what is due, with the position up to which the log has been read; what is under way comes first. */
    void commit(Map<String, String> position, Instant now) {
        finish();
        boolean moved = !position.equals(savedPosition);
        boolean waited = !now.isBefore(positionSaved.plus(POSITION_EVERY));
        if (entries == 0 && !(moved && waited)) {
            return;
        }
        try {
            ledger.commit(due.bookmarks(jail, position));
            due = new Batch();
            essential.clear();
            entries = 0;
            written(position, now);
        } catch (LedgerException e) {
            failed(e);
        }
    }

    /**
     * Has a thread write what is due, and returns at once. Whether that went well turns out with the next call or with
     * {@link #commit}; until then nobody may be told. Like {@link #commit} where the last transaction failed.
     */
    void commitAside(Map<String, String> position, Instant now) {
        finish();
        if (!problem.isEmpty() || entries == 0) {
            commit(position, now);
            return;
        }
        Batch batch = due.bookmarks(jail, position);
        writing = new Writing(batch, essential, entries, AsideCommit.begin(ledger, batch, threads));
        due = new Batch();
        essential = new ArrayDeque<>();
        entries = 0;
        written(position, now);
    }

    /** Waits for what is under way; what could not be written is due again, before all that came since. */
    private void finish() {
        Writing last = writing;
        if (last == null) {
            return;
        }
        writing = null;
        boolean written = false;
        try {
            last.commit().await();
            written = true;
        } catch (LedgerException e) {
            failed(e);
        } finally {
            if (!written) {
                due = last.batch().append(due);
                last.essential().addAll(essential);
                essential = last.essential();
                entries += last.entries();
                savedPosition = Map.of();
            }
        }
    }

    private void written(Map<String, String> position, Instant now) {
        positionSaved = now;
        savedPosition = Map.copyOf(position);
        problem = "";
        turn = System.nanoTime() + COMMIT_EVERY.toNanos();
    }

    private void failed(LedgerException e) {
        if (problem.isEmpty()) {
            LOG.error(
                    "[{}] {} Bans go on; what they rest on is kept in memory until the ledger can be written.",
                    jail,
                    String.valueOf(e.getMessage()));
        }
        problem = String.valueOf(e.getMessage());
        turn = System.nanoTime() + TRY_EVERY.toNanos();
    }

    /** Drops failures of before that time, in the log's clock: they can no longer lead to a ban. */
    void forget(Instant before) {
        try {
            ledger.forget(jail, before);
        } catch (LedgerException e) {
            LOG.debug("[{}] Old failures could not be dropped.", jail, e);
        }
    }

    /** Drops successes of before that time, in the log's clock: they give no credit any more. */
    void forgetSuccesses(Instant before) {
        if (!hasSuccesses) {
            return;
        }
        try {
            ledger.forgetSuccesses(jail, before);
        } catch (LedgerException e) {
            LOG.debug("[{}] Old successes could not be dropped.", jail, e);
        }
    }

    /** What keeps the ledger from being written, and what was lost by that; empty when all is well. */
    String problem() {
        String loss = lost == 0 ? "" : lost + " entries for the ledger were lost while it could not be written.";
        return (problem + " " + loss).strip();
    }
}
