package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.net.Cidr;

/**
 * Is told every moment that matters in the guard's life. Called on the guard's threads: must be quick and never throw.
 */
public interface GuardListener {

    /** A jail understood a line. Not called for lines that mean nothing. */
    default void seen(String jail, Event event) {}

    /** A ban was decided, by evidence or by hand, and is about to be enforced. */
    default void banned(Ban ban) {}

    /** The firewall has the ban. */
    default void inForce(String jail, Cidr subject) {}

    /** The firewall does not have the ban, for that reason; unless bans are only observed it will be asked again. */
    default void notEnforced(String jail, Cidr subject, String reason) {}

    /** A ban of an earlier run stands again. */
    default void restored(Ban ban) {}

    /** A ban that stands ends later than was said; this is the longer one. */
    default void prolonged(Ban ban) {}

    /** What the jail decided last, its bans among it, is in the ledger. */
    default void settled(String jail) {}

    /** A ban is over: its time was up, or somebody ended it. */
    default void unbanned(Ban ban) {}

    /** The same moments for both, the first one first. */
    default GuardListener and(GuardListener other) {
        return new Listeners(this, other);
    }
}
