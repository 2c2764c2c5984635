package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.enforce.Change;
import bailiff.enforce.EnforcerListener;
import bailiff.ledger.Batch;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the ledger what became of each ban at the firewall, and tells the firewall which bans there should be.
 *
 * <p>Called by the enforcer's thread, and {@link #expect} by the jails'.
 */
final class EnforcementRecord implements EnforcerListener {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private final Ledger ledger;
    private final Predicate<String> runs;
    private final GuardListener listener;
    private final InstantSource clock;

    /*
     * A restart brings back bans that the ledger already knows to be in force: 100,000 of them must not become as many
     * transactions. So only changes that were submitted since are written down; the enforcer bounds how many wait.
     */
    private final Set<Change> expected = ConcurrentHashMap.newKeySet();

    /**
     * A record that writes into this ledger.
     *
     * @param runs whether the jail of that name runs: bans of others are remembered, but not enforced
     */
    EnforcementRecord(Ledger ledger, Predicate<String> runs, GuardListener listener, InstantSource clock) {
        this.ledger = ledger;
        this.runs = runs;
        this.listener = listener;
        this.clock = clock;
    }

    /** The outcome of this change is to be written down. */
    void expect(Change change) {
        expected.add(change);
    }

    @Override
    public void inForce(Change change) {
        if (expected.remove(change) && change instanceof Change.Add) {
            write(change, Enforcement.IN_FORCE);
            listener.inForce(change.jail(), change.subject());
        }
    }

    @Override
    public void failed(Change change, String why) {
        if (change instanceof Change.Add) {
            write(change, new Enforcement.NotEnforced(why));
            listener.notEnforced(change.jail(), change.subject(), why);
        }
    }

    private void write(Change change, Enforcement enforcement) {
        try {
            ledger.commit(new Batch().enforced(change.jail(), change.subject(), enforcement));
        } catch (LedgerException e) {
            LOG.debug("What became of the ban of {} could not be written down.", change.subject(), e);
        }
    }

    @Override
    public Collection<Change.Add> active() {
        try {
            return ledger.active(clock.instant()).stream()
                    .map(record -> record.ban())
                    .filter(ban -> runs.test(ban.jail()))
                    .map(EnforcementRecord::change)
                    .toList();
        } catch (LedgerException e) {
            LOG.error("The ledger's bans could not be read, so they are not restored.", e);
            return List.of();
        }
    }

    private static Change.Add change(Ban ban) {
        return new Change.Add(ban.jail(), ban.subject(), ban.until());
    }
}
