package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.ban.Jail;
import bailiff.config.JailDefinition;
import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
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
 * <p>Hosts that a log calls by name are blamed by nobody: what a name means today says nothing about the log.
 *
 * <p>Nobody is spared but those whom {@code ignoreip} lists by address: what this machine's own addresses are today
 * says nothing about the log. Not thread-safe.
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

    /** Addresses that are told apart; beyond, the summary's number and the counts of bans stand still. */
    private static final int MOST_ADDRESSES = 2_000_000;

    private final Listener listener;
    private final List<Jail> jails = new ArrayList<>();
    private final Map<String, Map<Cidr, Integer>> bancounts = new HashMap<>();
    private final PriorityQueue<Ban> running = new PriorityQueue<>(Comparator.comparing(Ban::until));
    private final Set<IpAddress> addresses = new HashSet<>();
    private long lines;
    private long failures;
    private long bans;

    /** A replay of these jails, which belong to it from now on. */
    public Replay(List<Plan.Compiled> plan, Listener listener) {
        this.listener = listener;
        for (Plan.Compiled compiled : plan) {
            JailDefinition definition = compiled.definition();
            Map<Cidr, Integer> before = bancounts.computeIfAbsent(definition.name(), _ -> new HashMap<>());
            Jail jail = new Jail(
                    definition.name(),
                    (line, reference) ->
                            compiled.filter().apply(compiled.encoding().read(line), reference),
                    compiled.limits(),
                    definition.limits().bantime(),
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
                case Event.Found found -> failure(found.sighting());
                case Event.StillBanned still -> failure(still.sighting());
                case Event.Banned banned -> {
                    failure(banned.sighting());
                    begin(banned.ban());
                }
                case Event.Spared _, Event.Ignored _, Event.Named _, Event.Doubted _, Event.Nothing _ -> {}
            }
        }
    }

    private void failure(Sighting sighting) {
        failures++;
        if (addresses.size() < MOST_ADDRESSES) {
            sighting.address().ifPresent(addresses::add);
        }
        while (!running.isEmpty() && running.peek().isOver(sighting.time())) {
            Ban over = running.remove();
            listener.event("unban", over.until(), over);
        }
    }

    private void begin(Ban ban) {
        bans++;
        running.add(ban);
        Map<Cidr, Integer> before = bancounts.computeIfAbsent(ban.jail(), _ -> new HashMap<>());
        if (before.size() < MOST_ADDRESSES || before.containsKey(ban.subject())) {
            before.merge(ban.subject(), 1, Integer::sum);
        }
        listener.event("ban", ban.since(), ban);
    }

    /** What came of the lines so far. */
    public Summary summary() {
        return new Summary(lines, failures, bans, addresses.size());
    }
}
