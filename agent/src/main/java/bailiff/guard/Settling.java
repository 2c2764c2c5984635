package bailiff.guard;

import bailiff.enforce.Change;
import bailiff.ledger.Enforcement;
import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The way of a jail's decisions: at once to the firewall, then into the ledger, and only then to those who are told.
 * Not thread-safe: the {@link JailKeeper} owns it.
 */
final class Settling {

    /* While attackers keep the jail busy, others hear of its bans in the ledger's time, and not later than this. */
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    /* Where commands alone enforce its bans they must not wait for that. */
    private static final Duration TELL_AT_ONCE = Duration.ZERO;
    static final int MOST_UNTOLD = 16_384;

    private final String jail;
    private final Memory memory;
    private final Consumer<List<Change>> enforcement;
    private final GuardListener listener;
    private final Duration tellEvery;

    /* Who waits to be told what became of a ban, until that is written down. */
    private final List<Runnable> untold = new ArrayList<>();

    /* Changes that the firewall was told of and that are not written yet; reckoned in System.nanoTime(). */
    private final List<Change> unwritten = new ArrayList<>();
    private long unwrittenSince;
    private long told = System.nanoTime();

    /**
     * The way of that jail's decisions.
     *
     * @param nativelyEnforced whether the firewall enforces its bans, rather than those alone who are told of them
     */
    Settling(
            String jail,
            Memory memory,
            Consumer<List<Change>> enforcement,
            GuardListener listener,
            boolean nativelyEnforced) {
        this.tellEvery = nativelyEnforced ? TELL_EVERY : TELL_AT_ONCE;
        this.jail = jail;
        this.memory = memory;
        this.enforcement = enforcement;
        this.listener = listener;
    }

    /** Tells the firewall of a change to the bans. */
    void enforce(Change change) {
        if (unwritten.isEmpty()) {
            unwrittenSince = System.nanoTime();
        }
        unwritten.add(change);
        enforcement.accept(List.of(change));
    }

    /**
     * Tells the firewall once more what was written late, since a command kept the jail waiting. Whoever compared the
     * firewall's bans with the jail's meanwhile had no answer from it and went by the ledger, so he has undone it.
     */
    private void enforceAgain() {
        if (System.nanoTime() - unwrittenSince >= Jails.PATIENCE.toNanos()) {
            unwritten.forEach(change -> enforcement.accept(List.of(change)));
        }
        unwritten.clear();
    }

    /**
     * Takes in what became of a ban at the firewall.
     *
     * @param telling tells others, once it is written down
     */
    void enforced(Cidr subject, Enforcement outcome, Runnable telling) {
        memory.add(batch -> batch.enforced(jail, subject, outcome));
        untold.add(telling);
    }

    /** Whether others have waited long enough to be told, or there is much to tell. */
    boolean isDue() {
        return System.nanoTime() - told >= tellEvery.toNanos() || unwritten.size() >= MOST_UNTOLD;
    }

    /** Writes down what was decided, with how far the logs were read, and then tells of it. */
    void settle(Map<String, String> bookmarks, Instant now) {
        memory.commit(bookmarks, now);
        told = System.nanoTime();
        enforceAgain();
        listener.settled(jail);
        List.copyOf(untold).forEach(Runnable::run);
        untold.clear();
    }
}
