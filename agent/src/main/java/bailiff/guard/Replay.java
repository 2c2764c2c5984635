package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.ban.Jail;
import bailiff.evidence.Limits;
import bailiff.line.LogLine;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Jails over past logs, in the logs' own time: whom they would have banned, and when those bans would have ended.
 *
 * <p>Nobody is spared but those whom {@code ignoreip} lists by address: what this machine's own addresses are today says
 * nothing about the log. Not thread-safe.
 */
public final class Replay {

    /** Is told of each ban and of its end. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Takes one moment of the log's time.
         *
         * @param event {@code ban} or {@code unban}
         */
        void event(String event, Instant time, Ban ban);
    }

    /**
     * What came of it.
     *
     * @param lines lines read
     * @param failures lines that some jail took for a failure
     * @param bans bans decided
     * @param addresses addresses that failed
     */
    public record Summary(long lines, long failures, long bans, long addresses) {}

    /** Addresses that are told apart; beyond, the summary's number stands still. */
    private static final int MOST_ADDRESSES = 2_000_000;

    private final Listener listener;
    private final List<Jail> jails = new ArrayList<>();
    private final Map<String, Map<Cidr, Integer>> bancounts = new HashMap<>();
    private final PriorityQueue<Ban> running = new PriorityQueue<>(Comparator.comparing(Ban::until));
    private final Set<Object> addresses = new HashSet<>();
    private long lines;
    private long failures;
    private long bans;

    /** A replay of these jails, which belong to it from now on. */
    public Replay(List<Plan.Compiled> plan, Listener listener) {
        this.listener = listener;
        for (Plan.Compiled compiled : plan) {
            var definition = compiled.definition();
            var limits = definition.limits();
            Map<Cidr, Integer> before = bancounts.computeIfAbsent(definition.name(), _ -> new HashMap<>());
            Jail jail = new Jail(
                    definition.name(),
                    compiled.filter()::apply,
                    new Limits(limits.maxretry(), limits.findtime(), limits.ipv6Prefix()),
                    limits.bantime(),
                    subject -> before.getOrDefault(subject, 0));
            jail.spare(new CidrSet(definition.exemptions().ignoreip().stream()
                    .flatMap(entry -> Cidr.parse(entry).stream())
                    .toList()));
            jails.add(jail);
        }
    }

    /**
     * Takes in one line.
     *
     * @param reference completes dates without a year or a day
     * @param whole false for a line that was too long and is cut: it is counted, and nobody is blamed for it
     */
    public void line(LogLine line, Instant reference, boolean whole) {
        lines++;
        for (Jail jail : whole ? jails : List.<Jail>of()) {
            switch (jail.see(line, reference, false)) {
                case Event.Found found ->
                    failure(found.address(), found.sighting().time());
                case Event.StillBanned still ->
                    failure(still.ban().subject(), still.sighting().time());
                case Event.Banned banned -> {
                    failure(banned.address(), banned.ban().since());
                    bancounts
                            .computeIfAbsent(jail.name(), _ -> new HashMap<>())
                            .merge(banned.ban().subject(), 1, Integer::sum);
                    bans++;
                    running.add(banned.ban());
                    listener.event("ban", banned.ban().since(), banned.ban());
                }
                case Event.Spared _, Event.Ignored _, Event.Doubted _, Event.Nothing _ -> {}
            }
        }
    }

    private void failure(Object who, Instant time) {
        failures++;
        if (addresses.size() < MOST_ADDRESSES) {
            addresses.add(who);
        }
        while (!running.isEmpty() && running.peek().isOver(time)) {
            Ban over = running.remove();
            listener.event("unban", over.until(), over);
        }
    }

    /** What came of the lines so far. */
    public Summary summary() {
        return new Summary(lines, failures, bans, addresses.size());
    }
}
