package bailiff.guard;

import bailiff.ban.ActiveBans;
import bailiff.ban.Ban;
import bailiff.ban.Jail;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bans that run at the moment of a replay, of all its jails; at most {@link Jail#MOST_BANS} of each, of whose first
 * ends nothing is said beyond that. Not thread-safe.
 */
final class RunningBans {

    private final Map<String, ActiveBans> byJail = new LinkedHashMap<>();
    private final long seed;
    private Instant next = Instant.MAX;

    /**
     * No bans.
     *
     * @param seed a number that nobody who is banned can know
     */
    RunningBans(long seed) {
        this.seed = seed;
    }

    /** Puts the ban in; gives that of the same jail and subject which ran until now, if one did. */
    Optional<Ban> put(Ban ban) {
        ActiveBans bans = byJail.computeIfAbsent(ban.jail(), _ -> new ActiveBans(Jail.MOST_BANS, seed));
        Optional<Ban> before = bans.remove(ban.subject());
        bans.add(ban);
        // Too early, where the one before was the next to end: then one look finds nothing.
        next = ban.until().isBefore(next) ? ban.until() : next;
        return before;
    }

    /** Takes out the bans that end next, where that is not after {@code now}: all that end in one moment, if ever. */
    List<Ban> takeNext(Instant now) {
        while (next.isBefore(Instant.MAX) && !next.isAfter(now)) {
            Instant moment = next;
            List<Ban> over = byJail.values().stream()
                    .flatMap(bans -> bans.expireUntil(moment).stream())
                    .toList();
            next = byJail.values().stream()
                    .map(ActiveBans::nextEnd)
                    .min(Instant::compareTo)
                    .orElse(Instant.MAX);
            if (!over.isEmpty()) {
                return over;
            }
        }
        return List.of();
    }
}
