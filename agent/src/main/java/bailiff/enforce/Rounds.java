package bailiff.enforce;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The enforcer's work, one round after another: raise, look after, apply, try again. The enforcer's thread owns it. */
final class Rounds {

    /*
     * Two sources of work: fresh changes, tried at once, and owed ones, refused before and tried again together when
     * the pause is over. The pause doubles from one second to one minute while anything fails.
     *
     * Whatever cannot be worked off change by change (the start, a table that somebody removed, more changes than
     * there is room for) is settled by comparing what the listener says should be banned with what the kernel holds.
     * So no queue here need be longer than convenient: the list of bans is the ledger's, and a change is only the news
     * of it.
     */
    static final Duration LOOK_EVERY = Duration.ofSeconds(15);

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Bans of the ledger that are given to the firewall together. */
    private static final int MOST_AT_ONCE = 4_096;

    /** Bans that nobody wants and that are ended together; were there more, all is compared once more. */
    static final int MOST_STRAYS = 100_000;

    /** A ban that ends sooner may be gone before all is compared, so it does not help to count. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final Firewall firewall;
    private final EnforcerListener listener;
    private final InstantSource clock;
    private final int room;
    private final RandomGenerator seeds;
    private final Map<Place, Change> owed = new LinkedHashMap<>();
    private List<Fence> fences = List.of();
    private boolean raised;
    private boolean comparing;
    private Instant nextLook = Instant.MIN;
    private Instant nextTry = Instant.MIN;
    private Duration pause = SHORTEST_PAUSE;
    private long done;
    private long failures;
    private EnforcerState.Health health = new EnforcerState.Sound();

    Rounds(Firewall firewall, EnforcerListener listener, InstantSource clock, RandomGenerator seeds, int room) {
        this.firewall = firewall;
        this.listener = listener;
        this.clock = clock;
        this.seeds = seeds;
        this.room = room;
    }

    /** One round: what has come in, and whatever is due. */
    void turn(Inbox.Delivery delivery) {
        comparing |= delivery.overflowed();
        boolean refenced = !delivery.fences().equals(fences);
        if (refenced) {
            fences = delivery.fences();
            raised = false;
        }
        if (delivery.changes().isEmpty() || isLookOverdue()) {
            look();
        }
        boolean due = refenced || !clock.instant().isBefore(nextTry);
        Map<Place, Change> batch = new LinkedHashMap<>();
        if (due && raise()) {
            due = compare();
        }
        if (due && raised) {
            forgetEnded();
            owed.forEach(batch::putIfAbsent);
        }
        delivery.changes().forEach(change -> batch.put(Place.of(change), change));
        make(new ArrayList<>(batch.values()));
        settle();
    }

    /** How long nothing is due, if nothing comes in. */
    Duration rest() {
        boolean working = !raised || comparing || !owed.isEmpty();
        Instant next = working && nextTry.isBefore(nextLook) ? nextTry : nextLook;
        Duration rest = Duration.between(clock.instant(), next);
        return rest.isNegative() ? Duration.ZERO : rest.compareTo(LOOK_EVERY) > 0 ? LOOK_EVERY : rest;
    }

    EnforcerState state(int waiting) {
        boolean verified = raised && firewall.enforces();
        return new EnforcerState(firewall.backend(), verified, owed.size() + waiting, done, failures, health);
    }

    /** Takes the fences down. */
    void end() {
        try {
            firewall.lower();
        } catch (FirewallException e) {
            LOG.warn("The firewall's table could not be removed: {}", e.why());
        }
    }

    /** A ban does not wait for a look, which starts a program; but a look does not wait for bans for ever. */
    private boolean isLookOverdue() {
        return clock.instant().isAfter(nextLook.plus(LOOK_EVERY));
    }

    private void look() {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(LOOK_EVERY);
        if (raised && !firewall.standing()) {
            LOG.warn("Somebody has removed the firewall's table, it is put up again.");
            raised = false;
            nextTry = Instant.MIN;
        }
    }

    private boolean raise() {
        if (raised) {
            return true;
        }
        try {
            firewall.raise(fences);
            raised = true;
            comparing = true;
        } catch (FirewallException e) {
            fail(e.why());
        }
        return raised;
    }

    /**
     * Sees to it that what should be banned is, and that nothing else is; false when that has to be tried again later.
     * What should be banned comes first.
     */
    private boolean compare() {
        if (!comparing) {
            return true;
        }
        comparing = false;
        Collection<Change.Add> active = listener.active();
        Places wanted = new Places(active.size(), seeds.nextLong());
        long before = failures;
        Instant soon = clock.instant().plus(SOON);
        if (!restore(active, wanted, soon)) {
            comparing = true;
            return false;
        }
        try {
            sweep(wanted, failures == before && clock.instant().isBefore(soon));
            owed.values()
                    .removeIf(
                            change -> change instanceof Change.Add != wanted.contains(change.jail(), change.subject()));
            return true;
        } catch (FirewallException e) {
            fail(e.why());
            comparing = true;
            return false;
        }
    }

    /**
     * In parts, so that a million bans need no more memory than the few that are under way; false when the firewall took
     * nothing at all of one, so that the others are better tried later.
     */
    private boolean restore(Collection<Change.Add> active, Places wanted, Instant soon) {
        Set<String> jails = fences.stream().map(Fence::jail).collect(Collectors.toSet());
        List<Change> part = new ArrayList<>();
        for (Change.Add ban : active) {
            if (jails.contains(ban.jail())) {
                wanted.add(ban.jail(), ban.subject(), ban.until().isAfter(soon));
                part.add(ban);
            }
            if (part.size() == MOST_AT_ONCE) {
                if (make(part) == MOST_AT_ONCE) {
                    return false;
                }
                part = new ArrayList<>();
            }
        }
        make(part);
        return true;
    }

    /** Ends what is banned and should not be. */
    private void sweep(Places wanted, boolean applied) throws FirewallException {
        Map<Place, Change> strays = new LinkedHashMap<>();
        firewall.strays(wanted, applied, (jail, subject) -> {
            if (strays.size() < MOST_STRAYS) {
                strays.put(new Place(jail, subject), new Change.Remove(jail, subject));
            }
        });
        comparing |= strays.size() == MOST_STRAYS;
        make(new ArrayList<>(strays.values()));
    }

    /** Makes these changes, as far as the firewall allows; gives how many it does not. */
    private int make(List<Change> changes) {
        if (changes.isEmpty()) {
            return 0;
        }
        if (!raised) {
            owe(changes, health instanceof EnforcerState.Failing failing ? failing.why() : "No fence is up.");
            return changes.size();
        }
        try {
            firewall.apply(changes);
            succeed(changes);
            return 0;
        } catch (FirewallException e) {
            Set<Place> refused = e.failed().stream().map(Place::of).collect(Collectors.toSet());
            List<Change> made = new ArrayList<>(changes);
            made.removeIf(change -> refused.contains(Place.of(change)));
            List<Change> left = new ArrayList<>(changes);
            left.removeIf(change -> !refused.contains(Place.of(change)));
            succeed(made);
            owe(left, e.why());
            fail(e.why());
            // Perhaps the table has gone: look at once.
            nextLook = Instant.MIN;
            return left.size();
        }
    }

    private void succeed(List<Change> changes) {
        for (Change change : changes) {
            owed.remove(Place.of(change));
            done++;
            listener.inForce(change);
        }
    }

    private void owe(List<Change> changes, String why) {
        for (Change change : changes) {
            boolean known = change.equals(owed.get(Place.of(change)));
            failures++;
            if (owed.size() < room || owed.containsKey(Place.of(change))) {
                owed.put(Place.of(change), change);
            } else {
                comparing = true;
            }
            if (!known) {
                listener.failed(change, why);
            }
        }
    }

    private void fail(String why) {
        Instant now = clock.instant();
        if (!now.isBefore(nextTry)) {
            nextTry = now.plus(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
        EnforcerState.Failing last =
                health instanceof EnforcerState.Failing failing ? failing : new EnforcerState.Failing(now, "");
        if (!last.why().equals(why)) {
            LOG.warn("Bans are not enforced: {}", why);
        }
        health = new EnforcerState.Failing(last.since(), why);
    }

    private void settle() {
        if (raised && !comparing && owed.isEmpty() && health instanceof EnforcerState.Failing) {
            LOG.info("Bans are enforced again.");
            health = new EnforcerState.Sound();
            pause = SHORTEST_PAUSE;
            nextTry = Instant.MIN;
        }
    }

    /** Bans that ended while they were owed are no longer worth a try. */
    private void forgetEnded() {
        Instant now = clock.instant();
        owed.values()
                .removeIf(change ->
                        change instanceof Change.Add add && !add.until().isAfter(now));
    }
}
