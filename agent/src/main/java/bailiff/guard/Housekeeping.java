package bailiff.guard;

import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a guard does now and then: asks anew who must not be banned, and keeps the ledger's files and the heap small. Not
 * thread-safe: a thread of its own runs it.
 */
final class Housekeeping implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    /* Seldom enough to cost nothing, often enough that no ban has to fold the ledger's log in while attackers wait. */
    private static final Duration SETTLE_EVERY = Duration.ofSeconds(10);

    /* How soon somebody is spared whom a file of ignoreip lists: as soon as in fail2ban. Only where there are such. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Duration REFRESH_EVERY = Duration.ofMinutes(1);
    private static final Duration PURGE_EVERY = Duration.ofDays(1);

    /** For how long ended bans are remembered. */
    static final Duration HISTORY = Duration.ofDays(365);

    private final Jails jails;
    private final Ledger ledger;
    private final Runnable keep;
    private final Campaigns campaigns;
    private final Runnable sockets;
    private final InstantSource clock;
    private final Nap nap;
    private final GivingBack givingBack = GivingBack.ofThisProcess();
    private Instant refreshed;
    private Instant purged = Instant.MIN;
    private long settled = System.nanoTime();

    /**
     * Housekeeping that has not begun.
     *
     * @param keep writes down, where that is due, what was learnt
     * @param sockets opens those again whose files were removed
     * @param nap to be cut short when jails may have come to list others to be spared; its end ends this
     */
    Housekeeping(
            Jails jails,
            Ledger ledger,
            Runnable keep,
            Campaigns campaigns,
            Runnable sockets,
            InstantSource clock,
            Nap nap) {
        this.jails = jails;
        this.ledger = ledger;
        this.keep = keep;
        this.campaigns = campaigns;
        this.sockets = sockets;
        this.clock = clock;
        this.nap = nap;
        this.refreshed = clock.instant();
    }

    @Override
    public void run() {
        try {
            while (nap.take(jails.mayListOthers() ? LOOK_EVERY : SETTLE_EVERY)) {
                jails.refreshListed();
                campaigns.followInAHurry();
                if (System.nanoTime() - settled < SETTLE_EVERY.toNanos()) {
                    continue;
                }
                settle();
                settled = System.nanoTime();
                keep.run();
                campaigns.follow();
                givingBack.look(settled);
                Instant now = clock.instant();
                refresh(now);
                purge(now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refresh(Instant now) {
        if (now.isBefore(refreshed.plus(REFRESH_EVERY))) {
            return;
        }
        refreshed = now;
        jails.refreshSanctuary();
        sockets.run();
    }

    private void settle() {
        try {
            ledger.settle();
        } catch (LedgerException e) {
            LOG.debug("The ledger's log could not be folded in.", e);
        }
    }

    private void purge(Instant now) {
        if (now.isBefore(purged.plus(PURGE_EVERY))) {
            return;
        }
        purged = now;
        try {
            ledger.purge(now.minus(HISTORY));
            ledger.forgetCampaigns(now.minus(HISTORY));
        } catch (LedgerException e) {
            LOG.warn("Old history could not be dropped from the ledger.", e);
        }
    }
}
