package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Bantime;
import bailiff.ban.Event;
import bailiff.evidence.site.CampaignNews;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;

/**
 * Is told every moment that matters in the guard's life. Called on the guard's threads: must be quick and never throw.
 */
public interface GuardListener {

    /** A jail understood a line. Not called for lines that mean nothing. */
    default void seen(String jail, Event event) {}

    /**
     * A failure was ignored.
     *
     * @param reason why, in fail2ban's words: {@code ip}, {@code dns}, {@code ignoreself rule} or {@code command}
     */
    default void ignored(String jail, IpAddress address, String reason) {}

    /** A ban was decided, by evidence or by hand, and is about to be enforced. */
    default void banned(Ban ban) {}

    /** The ban, of which {@link #banned} has told, lasts longer than the jail's first bans, since it is not the first. */
    default void increased(Ban ban) {}

    /** A standing ban ends later now, and is about to be enforced so. */
    default void prolonged(Ban ban) {}

    /**
     * The firewall has the ban. Told once that is written down, so perhaps a while later.
     *
     * @param since when the firewall had it, in {@link System#nanoTime}
     */
    default void inForce(String jail, Cidr subject, long since) {}

    /** The firewall does not have the ban, for that reason; unless bans are only observed it will be asked again. */
    default void notEnforced(String jail, Cidr subject, String reason) {}

    /** A ban of an earlier run stands again. */
    default void restored(Ban ban) {}

    /** What the jail decided last, its bans among it, is in the ledger. */
    default void settled(String jail) {}

    /** A ban is over: its time was up, or somebody ended it. */
    default void unbanned(Ban ban) {}

    /** An attack by many addresses has begun: what looks like it is refused from now on. Told within seconds. */
    default void campaignOpened(CampaignNews campaign) {}

    /** An attack by many addresses is over, with what it came to. */
    default void campaignClosed(CampaignNews campaign) {}

    /**
     * A jail is being put together, and is about to tell of the bans that stand again.
     *
     * @param shield whether whom it bans is refused by WordPress and the web server as well
     */
    default void jailBegins(String jail, boolean shield) {}

    /**
     * A jail is about to read its logs.
     *
     * @param usual how long its bans last where nothing makes them longer
     * @param maxretry the failures that are a ban
     */
    default void jailStarted(String jail, Bantime usual, int maxretry) {}

    /** A jail has ended; its bans stand. */
    default void jailStopped(String jail) {}

    /** The same moments for both, the first one first. */
    default GuardListener and(GuardListener other) {
        return new Listeners(this, other);
    }
}
