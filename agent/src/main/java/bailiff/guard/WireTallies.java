package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many failures and bans each jail has had since the guard started, as fail2ban counts them: a jail that is begun
 * anew goes on counting. Safe for any thread.
 */
final class WireTallies implements GuardListener {

    private record Tally(LongAdder failures, LongAdder bans) {}

    /* As many as there are jails in the configurations that were read. */
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private volatile boolean started;

    private Tally of(String jail) {
        return tallies.computeIfAbsent(jail, _ -> new Tally(new LongAdder(), new LongAdder()));
    }

    @Override
    public void seen(String jail, Event event) {
        boolean failure =
                event instanceof Event.Found || event instanceof Event.Banned || event instanceof Event.StillBanned;
        if (failure) {
            of(jail).failures().increment();
        }
    }

    @Override
    public void banned(Ban ban) {
        of(ban.jail()).bans().increment();
    }

    /* fail2ban counts the bans that it restores, but only once; ours are restored whenever a jail is begun anew. */
    @Override
    public void restored(Ban ban) {
        if (!started) {
            of(ban.jail()).bans().increment();
        }
    }

    /** All jails have begun for the first time. */
    void start() {
        started = true;
    }

    long failures(String jail) {
        return of(jail).failures().sum();
    }

    long bans(String jail) {
        return of(jail).bans().sum();
    }
}
