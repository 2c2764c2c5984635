package bailiff.guard;

import bailiff.enforce.Change;
import bailiff.enforce.EnforcerListener;
import bailiff.ledger.Batch;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the ledger what became of each ban at the firewall, and tells the firewall which bans there should be.
 *
 * <p>Not thread-safe: the enforcer's thread owns it. The listener may be told on the jail's thread.
 */
final class EnforcementRecord implements EnforcerListener {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private final Ledger ledger;
    private final StandingBans standing;
    private final Enforcement success;
    private final GuardListener listener;
    private final Jailers jailers;

    /** The jails that run. */
    @FunctionalInterface
    interface Jailers {

        /**
         * Has the jail write down what became of its ban, see {@link JailLoop#enforced}.
         *
         * @return false when it cannot
         */
        boolean enforced(Change change, Enforcement enforcement, Runnable telling);
    }

    /*
     * A restart brings back bans that the ledger already knows to be in force: 100,000 of them must not become as many
     * transactions. So these are remembered until the firewall confirms them; what it confirms besides is written down.
     */
    private final Set<Change> settled = new HashSet<>();

    /**
     * A record that writes into this ledger.
     *
     * @param success what is true of a ban that the firewall took: in force, or not where it only watches
     * @param jailers what they cannot write is written here
     */
    EnforcementRecord(
            Ledger ledger, StandingBans standing, Enforcement success, GuardListener listener, Jailers jailers) {
        this.jailers = jailers;
        this.ledger = ledger;
        this.standing = standing;
        this.success = success;
        this.listener = listener;
    }

    @Override
    public void inForce(Change change) {
        if (!(change instanceof Change.Add) || settled.remove(change)) {
            return;
        }
        write(change, success);
    }

    @Override
    public void failed(Change change, String why) {
        if (change instanceof Change.Add) {
            settled.remove(change);
            write(change, new Enforcement.NotEnforced(why));
        }
    }

    /* A jail's bans are enforced before they are written, so only the jail knows when their outcome can be. */
    private void write(Change change, Enforcement enforcement) {
        long since = System.nanoTime();
        if (jailers.enforced(change, enforcement, () -> tell(change, enforcement, since))) {
            return;
        }
        try {
            ledger.commit(new Batch().enforced(change.jail(), change.subject(), enforcement));
        } catch (LedgerException e) {
            LOG.debug("What became of the ban of {} could not be written down.", change.subject(), e);
        }
        tell(change, enforcement, since);
    }

    private void tell(Change change, Enforcement enforcement, long since) {
        switch (enforcement) {
            case Enforcement.InForce _ -> listener.inForce(change.jail(), change.subject(), since);
            case Enforcement.NotEnforced(String why) -> listener.notEnforced(change.jail(), change.subject(), why);
            case Enforcement.Pending _ -> {}
        }
    }

    @Override
    public Collection<Change.Add> active() {
        settled.clear();
        List<Change.Add> changes = new ArrayList<>();
        for (StandingBans.Standing ban : standing.now(success)) {
            changes.add(ban.change());
            if (ban.enforcement().equals(success)) {
                settled.add(ban.change());
            }
        }
        return changes;
    }
}
