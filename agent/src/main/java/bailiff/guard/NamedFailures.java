package bailiff.guard;

import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import bailiff.line.Printable;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures of hosts that a log calls by name, until the addresses of the names are known: fail2ban's {@code usedns}. The
 * jail reads on meanwhile.
 *
 * <p>At most 1,000 wait, each for half a minute at most; others blame nobody. Those that wait when the guard ends are
 * lost. Not thread-safe: the jail's thread owns it.
 */
final class NamedFailures {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final Set<String> LOOKED_UP = Set.of("yes", "warn");
    private static final int MOST_WAITING = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /* Whoever can write names into a log must not be able to fill ours. */
    private static final int MOST_WARNINGS = 10;
    private static final Duration WARNINGS_EVERY = Duration.ofMinutes(10);

    /** A failure and whoever will say whose. */
    private record Waiting(
            Sighting sighting, String line, boolean live, Instant since, CompletableFuture<List<IpAddress>> answer) {}

    /** Takes a failure once it is known whose it is. */
    @FunctionalInterface
    interface Receiver {

        /** Takes the failure of one address of the host. */
        void blame(Sighting sighting, IpAddress address, LogLine line, boolean live);
    }

    private final String jail;
    private final String usedns;
    private final HostNames names;
    private final InstantSource clock;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private Instant warningsSince = Instant.MIN;
    private int warnings;

    /**
     * @param usedns {@code yes} and {@code warn} have names looked up; otherwise they blame nobody
     */
    NamedFailures(String jail, String usedns, HostNames names, InstantSource clock) {
        this.jail = jail;
        this.usedns = usedns;
        this.names = names;
        this.clock = clock;
    }

    /** Takes a failure in; false when nobody can be blamed for it. */
    boolean add(Sighting sighting, LogLine line, boolean live) {
        if (!LOOKED_UP.contains(usedns) || waiting.size() >= MOST_WAITING) {
            return false;
        }
        CompletableFuture<List<IpAddress>> answer = names.lookUp(sighting.host());
        if (answer.isCompletedExceptionally()) {
            return false;
        }
        waiting.add(new Waiting(sighting, line.text(), live, clock.instant(), answer));
        return true;
    }

    /**
     * Hands over the failures whose addresses are known by now, in the order in which they came in.
     *
     * @return how many nobody could be blamed for, since their names have no address or there was no answer in time
     */
    int settle(Receiver receiver) {
        int lost = 0;
        for (int left = waiting.size(); left > 0; left--) {
            Waiting one = waiting.remove();
            if (one.answer().isDone()) {
                List<IpAddress> addresses =
                        one.answer().exceptionally(_ -> List.of()).join();
                lost += addresses.isEmpty() ? 1 : 0;
                tell(one.sighting().host(), addresses);
                LogLine line = LogLine.of(one.line());
                addresses.forEach(address -> receiver.blame(one.sighting(), address, line, one.live()));
            } else if (clock.instant().isAfter(one.since().plus(PATIENCE))) {
                lost++;
            } else {
                waiting.add(one);
            }
        }
        return lost;
    }

    /** Whether some failures wait for addresses. */
    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    private void tell(String name, List<IpAddress> addresses) {
        if (!usedns.equals("warn") || addresses.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        if (now.isAfter(warningsSince.plus(WARNINGS_EVERY))) {
            warningsSince = now;
            warnings = 0;
        }
        if (warnings < MOST_WARNINGS) {
            warnings++;
            LOG.warn("[{}] Determined IP using DNS Lookup: {} = {}", jail, Printable.text(name, 253), addresses);
        }
    }
}
