package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Jail;
import bailiff.ledger.Batch;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one jail writes to the ledger: gathered line by line, kept in one transaction with how far the log was read, so
 * that after a crash every line counts exactly once.
 *
 * <p>When the ledger cannot be written (a full disk) the guard goes on: what is due is kept and tried again, at most
 * {@value #MOST_DUE} entries of it. Not thread-safe: the jail's thread owns it.
 */
final class Memory {

    static final int MOST_DUE = 20_000;

    /* A log that grows without failures would cost a transaction for every wake-up; only its position changes. */
    private static final Duration POSITION_EVERY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private final String jail;
    private final Ledger ledger;
    private Batch due = new Batch();
    private int entries;
    private long lost;
    private String problem = "";
    private Instant positionSaved = Instant.MIN;
    private Map<String, String> savedPosition = Map.of();

    Memory(String jail, Ledger ledger) {
        this.jail = jail;
        this.ledger = ledger;
    }

    /** Puts the jail back where it was when the last transaction was written; gives the bans that stand. */
    List<Ban> restore(Jail into, Instant now) throws LedgerException {
        ledger.openFailures(
                jail, Instant.EPOCH, failure -> into.recall(failure.address(), failure.time(), failure.attempts()));
        List<Ban> standing =
                ledger.active(jail, now).stream().map(record -> record.ban()).toList();
        standing.forEach(into::hold);
        return standing;
    }

    /** How far the jail's files had been read. */
    Map<String, String> bookmarks() throws LedgerException {
        return ledger.bookmarks(jail);
    }

    /** How often the subject was banned before; 0 when the ledger cannot be read. */
    int bansBefore(Cidr subject) {
        try {
            return ledger.banCount(jail, subject);
        } catch (LedgerException e) {
            return 0;
        }
    }

    /** Adds something to what is due. */
    void add(Consumer<Batch> entry) {
        if (entries >= MOST_DUE) {
            lost += entries;
            entries = 0;
            due = new Batch();
        }
        entry.accept(due);
        entries++;
    }

    /** Writes what is due, with the position up to which the log has been read. */
    void commit(Map<String, String> position, Instant now) {
        boolean moved = !position.equals(savedPosition);
        boolean waited = !now.isBefore(positionSaved.plus(POSITION_EVERY));
        if (entries == 0 && !(moved && waited)) {
            return;
        }
        try {
            ledger.commit(due.bookmarks(jail, position));
            due = new Batch();
            entries = 0;
            positionSaved = now;
            savedPosition = Map.copyOf(position);
            problem = "";
        } catch (LedgerException e) {
            if (problem.isEmpty()) {
                LOG.error(
                        "[{}] {} Bans go on; what they rest on is kept in memory until the ledger can be written.",
                        jail,
                        String.valueOf(e.getMessage()));
            }
            problem = String.valueOf(e.getMessage());
        }
    }

    /** Drops failures of before that time, in the log's clock: they can no longer lead to a ban. */
    void forget(Instant before) {
        try {
            ledger.forget(jail, before);
        } catch (LedgerException e) {
            LOG.debug("[{}] Old failures could not be dropped.", jail, e);
        }
    }

    /** What keeps the ledger from being written, or nothing. */
    String problem() {
        return lost == 0 ? problem : problem + " " + lost + " entries were lost.";
    }
}
