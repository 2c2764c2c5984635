package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ledger.BanRecord;
import bailiff.ledger.Batch;
import bailiff.ledger.Ending;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Bans of an earlier run that must not stand again when a guard starts. Not thread-safe: used before anything runs. */
final class Leftovers {

    private static final int MOST_AT_ONCE = 10_000;

    private final Ledger ledger;
    private final GuardListener listener;
    private final InstantSource clock;

    Leftovers(Ledger ledger, GuardListener listener, InstantSource clock) {
        this.ledger = ledger;
        this.listener = listener;
        this.clock = clock;
    }

    /** Ends the bans whose time was up while no guard ran. */
    void endOver() throws LedgerException {
        Instant now = clock.instant();
        List<BanRecord> over;
        do {
            over = ledger.over(now, MOST_AT_ONCE);
            Batch batch = new Batch();
            for (BanRecord ended : over) {
                batch.expired(ended.ban().jail(), ended.ban().subject(), now);
                listener.unbanned(ended.ban());
            }
            ledger.commit(batch);
        } while (over.size() == MOST_AT_ONCE);
    }

    /** Ends the bans of that jail whose time was up while it did not run. */
    void endOver(String jail) throws LedgerException {
        Instant now = clock.instant();
        Batch batch = new Batch();
        for (BanRecord ended : ledger.over(now, MOST_AT_ONCE)) {
            if (ended.ban().jail().equals(jail)) {
                batch.expired(jail, ended.ban().subject(), now);
                listener.unbanned(ended.ban());
            }
        }
        if (!batch.isEmpty()) {
            ledger.commit(batch);
        }
    }

    /**
     * Ends the bans with that mark. Whoever looks first and then guards, perhaps with other limits, wants nobody banned
     * for what was only a rehearsal. Bans that were taken over from another program are none.
     *
     * @param why what the ledger gives as the reason
     */
    void endMarked(Enforcement mark, String why) throws LedgerException {
        Instant now = clock.instant();
        Batch batch = new Batch();
        for (BanRecord standing : ledger.activeLike(now, mark)) {
            Ban ban = standing.ban();
            if (!ban.evidence().equals(Ban.TAKEN_OVER)) {
                batch.lifted(ban.jail(), ban.subject(), new Ending.Lifted(now, "the guard", why));
                listener.unbanned(ban);
            }
        }
        ledger.commit(batch);
    }
}
