package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Bantime;
import bailiff.ban.Jail;
import bailiff.enforce.Change;
import bailiff.ledger.Ending;
import bailiff.net.Cidr;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The bans of a jail: how they begin, are prolonged and end, in the jail, at the firewall and in the ledger. Not
 * thread-safe: the {@link JailKeeper} owns it.
 */
final class JailBans {

    private final Jail jail;
    private final Memory memory;
    private final Settling settling;
    private final GuardListener listener;
    private final InstantSource clock;

    JailBans(Jail jail, Memory memory, Settling settling, GuardListener listener, InstantSource clock) {
        this.jail = jail;
        this.memory = memory;
        this.settling = settling;
        this.listener = listener;
        this.clock = clock;
    }

    /** Begins a ban that the jail has decided. */
    void begin(Ban decided) {
        Ban ban = decided;
        if (ban.since().isAfter(clock.instant())) {
            // The log's clock is ahead of ours; the ban must not become longer by that.
            ban = ban.from(clock.instant());
            jail.hold(ban);
        }
        impose(ban);
    }

    /** Begins a ban that a person ordered. */
    Ban imposeByHand(Cidr subject, Bantime bantime, String reason) {
        Instant now = clock.instant();
        int bancount = jail.nextBancount(subject);
        Ban ban = new Ban(jail.name(), subject, now, bantime.endOf(now), bancount, 0, Ban.BY_HAND, reason);
        jail.hold(ban);
        impose(ban);
        return ban;
    }

    /**
     * First the firewall: the ledger and the log take a millisecond, which attackers use. Should the guard be killed in
     * between, the next one takes the ban out of the kernel, reads the lines again, and decides it again.
     */
    private void impose(Ban ban) {
        settling.enforce(StandingBans.change(ban));
        memory.ban(ban);
        listener.banned(ban);
        if (ban.isByEvidence() && !ban.until().equals(jail.bantime().endOf(ban.since()))) {
            listener.increased(ban);
        }
    }

    /** Has the later end of a ban that the jail has prolonged take effect. */
    void prolong(Ban ban) {
        settling.enforce(StandingBans.change(ban));
        memory.addForCertain(batch -> batch.prolonged(ban));
        listener.prolonged(ban);
    }

    /**
     * Ends a ban before its time, and lets the failures of its subject no longer count.
     *
     * @param by who wants it so, for the ledger
     */
    void lift(Ban ban, String by) {
        Ending.Lifted ending = new Ending.Lifted(clock.instant(), by, "");
        memory.addForCertain(batch -> batch.lifted(jail.name(), ban.subject(), ending));
        forgive(ban.subject());
        settling.enforce(new Change.Remove(jail.name(), ban.subject()));
        listener.unbanned(ban);
    }

    /** Lets the failures of that subject no longer count. */
    void forgive(Cidr subject) {
        jail.release(subject);
        memory.add(batch -> batch.forgiven(jail.name(), subject));
    }

    /** Ends the bans whose time is up; the kernel ends them by itself. */
    void expire() {
        Instant now = clock.instant();
        for (Ban ban : jail.expireUntil(now)) {
            memory.add(batch -> batch.expired(jail.name(), ban.subject(), now));
            listener.unbanned(ban);
        }
    }

    /** Those that are not over, in the order of their ends. */
    List<Ban> all() {
        return List.copyOf(jail.bans());
    }

    /** How many are not over. */
    int count() {
        return jail.bans().size();
    }

    /** Whether exactly that subject is banned. */
    boolean isBanned(Cidr subject) {
        return jail.banOf(subject).isPresent();
    }

    /** Those that have an address in common with the network, in the order of their ends. */
    List<Ban> in(Cidr network) {
        return jail.bansIn(network);
    }

    /** How long they last where nobody says otherwise. */
    Bantime bantime() {
        return jail.bantime();
    }
}
