package bailiff.ledger;

import bailiff.ban.PastBan;
import bailiff.evidence.RateCount;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.Closeable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one list of bans, with the evidence that led to them, the failures that still count, and how far each log was
 * read. What is committed is there after a restart or a crash; a commit that fails leaves nothing.
 *
 * <p>Safe for any thread; calls take their turn. A call may wait for the disk, and as long as {@link Bounds#patience}
 * allows for another program that holds the database locked. Every method throws {@link LedgerException} when the
 * database cannot be used; the next call tries again, on a new connection where the old one is of no use.
 */
public final class Ledger implements Closeable {

    private static final int PURGED_AT_ONCE = 100;

    private static final String PURGE_BANS = """
        DELETE FROM ban WHERE id IN (
            SELECT id FROM ban WHERE ending <> 'running' AND ended < ? ORDER BY ended LIMIT ?)\
        """;

    private static final String PURGE_SURPLUS = """
        DELETE FROM ban WHERE id IN (
            SELECT id FROM ban WHERE ending <> 'running' ORDER BY ended DESC LIMIT ? OFFSET ?)\
        """;

    private static final String PURGE_FAILURES = """
        DELETE FROM failure WHERE id IN (
            SELECT id FROM failure AS old WHERE jail = ? AND time < ?
                AND (rate_last IS NULL OR rate_last < ? OR EXISTS (
                    SELECT 1 FROM failure AS young WHERE young.jail = old.jail AND young.first = old.first
                        AND young.last = old.last AND young.id > old.id)) LIMIT ?)\
        """;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final LedgerFile file;
    private final Bounds bounds;
    private final Writes writes;
    private @Nullable Session session;
    private boolean closed;

    /** Whether anything may have been committed since the last settling; what an earlier process left counts too. */
    private final AtomicBoolean isUnsettled = new AtomicBoolean(true);

    /** Whether pages of the file may be in memory that nobody has needed since. */
    private final AtomicBoolean isCached = new AtomicBoolean();

    private Ledger(LedgerFile file, Bounds bounds) {
        this.file = file;
        this.bounds = bounds;
        this.writes = new Writes(bounds);
    }

    /** The ledger in that file, with {@link Bounds#DEFAULT}. */
    public static Ledger open(Path file, InstantSource clock) throws LedgerException {
        return open(file, clock, Bounds.DEFAULT);
    }

    /**
     * The ledger in that file. A file or directory that is missing is created, for its owner's eyes only. A file that
     * is damaged is moved aside and an empty one begun, since a guard that does not start protects nobody: see
     * {@link #recovery}. A file of a newer version, or of another program, is refused.
     *
     * <p>Reads the whole file to check it: 4 ms for each megabyte.
     */
    public static Ledger open(Path file, InstantSource clock, Bounds bounds) throws LedgerException {
        Ledger ledger = new Ledger(new LedgerFile(file, clock, bounds), bounds);
        ledger.ask(session -> session.number("SELECT 1"));
        return ledger;
    }

    /** The last time that this ledger was found damaged and begun anew, at the start or since then. */
    public Optional<Recovery> recovery() {
        turn.lock();
        try {
            return file.recovery();
        } finally {
            turn.unlock();
        }
    }

    /** Keeps all of the batch, or throws and keeps nothing; then the same batch may be tried again. */
    public void commit(Batch batch) throws LedgerException {
        if (batch.isEmpty()) {
            return;
        }
        change(session -> {
            writes.apply(session, batch);
            return 0;
        });
    }

    /**
     * Takes in bans that another program decided, all of them or none, and says of each whether it was. It is not when
     * the ledger has a ban of the same jail, subject and beginning, whatever became of it, so that the same bans may be
     * handed over again; nor when it runs and the ledger has one that runs as long and is not only observed. Failures
     * that count stay as they are.
     */
    public List<Boolean> take(List<ForeignBan> bans) throws LedgerException {
        return change(session -> {
            List<Boolean> taken = new ArrayList<>();
            for (ForeignBan ban : bans) {
                taken.add(writes.take(session, ban));
            }
            return taken;
        });
    }

    /**
     * Shows the jail's open failures from that time on, in the order in which they were committed, so that its counters
     * can be rebuilt. The visitor must not come back to the ledger.
     */
    public void openFailures(String jail, Instant since, Consumer<Failure> visitor) throws LedgerException {
        ask(session -> {
            Reads.openFailures(session, jail, since, visitor);
            return 0;
        });
    }

    /** The open failures, in all jails, whose subject overlaps the network: the latest {@code most}, latest first. */
    public List<Failure> openFailures(Cidr network, int most) throws LedgerException {
        return ask(session -> Reads.openFailures(session, network, most));
    }

    /**
     * Shows who has logged in from where, by what the jail's filter saw, the earliest first. The visitor must not come
     * back to the ledger.
     */
    public void successes(String jail, Consumer<Success> visitor) throws LedgerException {
        ask(session -> {
            Successes.each(session, jail, visitor);
            return 0;
        });
    }

    /** Who has logged in from the address, by what any jail's filter saw: the latest {@code most}, latest first. */
    public List<Success> successes(IpAddress address, int most) throws LedgerException {
        return ask(session -> Successes.of(session, address, most));
    }

    /**
     * Drops the jail's successes of before that time, by the log's clock, and the oldest beyond {@value Successes#MOST};
     * says how many.
     */
    public int forgetSuccesses(String jail, Instant before) throws LedgerException {
        return repeat(session -> Successes.purge(session, jail, before, PURGED_AT_ONCE));
    }

    /** Writes down what campaigns have come to, all or none; what is known of one of the same name is replaced. */
    public void keep(Collection<CampaignRecord> campaigns) throws LedgerException {
        if (campaigns.isEmpty()) {
            return;
        }
        change(session -> {
            for (CampaignRecord campaign : campaigns) {
                CampaignRows.keep(session, campaign);
            }
            return 0;
        });
    }

    /** The campaigns that go on, then those that are over; of both the one seen last first, at most so many. */
    public List<CampaignRecord> campaigns(int most) throws LedgerException {
        return ask(session -> CampaignRows.all(session, most));
    }

    /** The campaigns of which nobody has written down that they are over. */
    public List<CampaignRecord> openCampaigns() throws LedgerException {
        return ask(CampaignRows::open);
    }

    /**
     * Drops campaigns that were over before that moment, and beyond {@value CampaignRows#MOST} those that are over and
     * were seen longest ago; says how many.
     */
    public int forgetCampaigns(Instant overBefore) throws LedgerException {
        return repeat(session -> CampaignRows.purge(session, overBefore, PURGED_AT_ONCE))
                + repeat(session -> CampaignRows.purgeSurplus(session, PURGED_AT_ONCE));
    }

    /** How far the jail had read, by file. */
    public Map<String, String> bookmarks(String jail) throws LedgerException {
        return ask(session -> Bookmarks.read(session, jail));
    }

    /** The bans that are not over at that moment, in the order of their ends. */
    public List<BanRecord> active(Instant now) throws LedgerException {
        return ask(session -> Reads.active(session, now));
    }

    /** The jail's bans that are not over at that moment, in the order of their ends. */
    public List<BanRecord> active(String jail, Instant now) throws LedgerException {
        return ask(session -> Reads.active(session, jail, now));
    }

    /** The bans of all other jails that are not over at that moment, in the order of their ends. */
    public List<BanRecord> activeElsewhere(Instant now, Collection<String> jails) throws LedgerException {
        return ask(session -> Reads.activeElsewhere(session, now, jails));
    }

    /** The bans that are not over at that moment and stand in another way with the firewall; in no order. */
    public List<BanRecord> activeOtherThan(Instant now, Enforcement known) throws LedgerException {
        return ask(session -> Reads.activeOtherThan(session, now, known));
    }

    /** The bans that are not over at that moment and stand just so with the firewall; in no order. */
    public List<BanRecord> activeLike(Instant now, Enforcement mark) throws LedgerException {
        return ask(session -> Reads.activeLike(session, now, mark));
    }

    /**
     * At most so many bans whose time is up but of which {@link Batch#expired} has not yet told, in the order of their
     * ends: after a restart, those that ended in between.
     */
    public List<BanRecord> over(Instant now, int most) throws LedgerException {
        return ask(session -> Reads.over(session, now, most));
    }

    /**
     * The bans, running or over, in all jails, whose subject overlaps the network, inside it or around it: the latest
     * {@code most}, latest first.
     */
    public List<BanRecord> history(Cidr network, int most) throws LedgerException {
        return ask(session -> Reads.history(session, network, most));
    }

    /** The failures that led to a ban, in the order in which they were seen; see {@link Bounds#evidence}. */
    public List<Failure> evidence(long ban) throws LedgerException {
        return ask(session -> Reads.evidence(session, ban));
    }

    /**
     * How often exactly that subject has been banned in the jail, the running ban with it, lifted ones without; where
     * those bans were counted on from another program's, or older ones are purged, as they were counted.
     */
    public int banCount(String jail, Cidr subject) throws LedgerException {
        return ask(session -> Reads.banCount(session, jail, subject));
    }

    /** What each jail has seen, by its name; jails that never saw a failure or ban are missing. */
    public Map<String, Totals> totals() throws LedgerException {
        return ask(Reads::totals);
    }

    /** The jail's last ban of exactly that subject; nothing when it was lifted, which forgives those before it. */
    public Optional<PastBan> lastBan(String jail, Cidr subject) throws LedgerException {
        return ask(session -> Reads.lastBan(session, jail, subject));
    }

    /** What {@link #lastBan} gives of all jails together: the sum of the bans' numbers, and when the latest began. */
    public Optional<PastBan> lastBans(Cidr subject) throws LedgerException {
        return ask(session -> Reads.lastBans(session, subject));
    }

    /**
     * Drops the jail's open failures of before that time, by the log's clock; says how many. Of a source that is
     * counted by rate the last stays for as long as the counter has not been silent since then.
     */
    public int forget(String jail, Instant before) throws LedgerException {
        long time = Millis.of(before);
        return repeat(session ->
                writes.delete(session, jail, PURGE_FAILURES, jail, time, RateCount.seconds(before), PURGED_AT_ONCE));
    }

    /**
     * Drops bans that ended before that moment, and the oldest of those beyond {@link Bounds#endedBans}, with their
     * evidence; says how many. Bans that run stay. The file does not shrink, its room is used again.
     */
    public int purge(Instant endedBefore) throws LedgerException {
        return repeat(session -> session.update(PURGE_BANS, Millis.of(endedBefore), PURGED_AT_ONCE))
                + repeat(session -> session.update(PURGE_SURPLUS, PURGED_AT_ONCE, bounds.endedBans()));
    }

    /**
     * Moves what was committed from the write-ahead log into the file itself, without making commits wait. Left undone,
     * a commit does it, for some milliseconds, whenever the log has grown to 16 MB, some 170 bans: call it every few
     * seconds. Costs nothing where nothing was committed since the call before the last; where nothing was since the
     * last, memory that commits took is given back.
     */
    public void settle() throws LedgerException {
        if (isUnsettled.get() || !isOpen()) {
            ask(session -> session.number("SELECT 1"));
        }
        if (isUnsettled.getAndSet(false)) {
            file.settle();
            isCached.set(true);
        } else if (isCached.getAndSet(false)) {
            ask(session -> {
                session.run("PRAGMA shrink_memory");
                return 0;
            });
        }
    }

    private boolean isOpen() {
        turn.lock();
        try {
            return session != null;
        } finally {
            turn.unlock();
        }
    }

    /** Ends the use of the file; every later call fails. */
    @Override
    public void close() throws LedgerException {
        turn.lock();
        try {
            closed = true;
            if (session != null) {
                session.close();
            }
        } catch (SQLException e) {
            throw file.failure("cannot be closed", e);
        } finally {
            session = null;
            turn.unlock();
        }
    }

    /** Deletes in small transactions, so that a commit never waits for a large one. */
    private int repeat(Session.Work<Integer> deletion) throws LedgerException {
        int all = 0;
        int some;
        do {
            some = change(deletion);
            all += some;
        } while (some == PURGED_AT_ONCE);
        return all;
    }

    private <T> T change(Session.Work<T> work) throws LedgerException {
        return use("cannot be written", session -> {
            boolean kept = false;
            try {
                T result = session.transact(work);
                kept = true;
                isUnsettled.set(true);
                return result;
            } finally {
                if (!kept) {
                    writes.forget();
                }
            }
        });
    }

    private <T> T ask(Session.Work<T> work) throws LedgerException {
        return use("cannot be read", work);
    }

    private <T> T use(String failed, Session.Work<T> work) throws LedgerException {
        turn.lock();
        try {
            return work.with(session());
        } catch (SQLException e) {
            abandon(e);
            throw file.failure(failed, e);
        } finally {
            turn.unlock();
        }
    }

    private Session session() throws LedgerException {
        if (closed) {
            throw new LedgerException("The ledger is closed.");
        }
        if (session == null) {
            session = file.open();
            writes.forget();
        }
        return session;
    }

    private void abandon(SQLException failure) {
        Session failed = session;
        if (failed == null) {
            return;
        }
        failed.discardStatements();
        if (!LedgerFile.isPassing(failure)) {
            session = null;
            failed.abort();
        }
    }
}
