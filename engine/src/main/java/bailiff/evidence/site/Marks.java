package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Attempts that somebody told of and that access logs are expected to have as well.
 *
 * <p>Not thread-safe.
 */
final class Marks {

    /** Looked for at once; more in a minute are an attack, of which a part is as good. */
    private static final int ROOM = 1_024;

    /** Looked for at once of one site, so that others have their turn. */
    private static final int OF_ONE_SITE = 16;

    /** In seconds: a log line comes with the answer, and some servers write theirs in blocks. */
    private static final long PATIENCE = 60;

    private record Mark(String site, Attempt attempt, long since, List<String> logs) {}

    private final ArrayDeque<Mark> waiting = new ArrayDeque<>();
    private final Map<Cidr, List<Mark>> bySource = new TreeMap<>();
    private final Map<String, Integer> bySite = new TreeMap<>();

    /** Looks for an attempt from now on. */
    void add(String site, Attempt attempt, long now) {
        int ofSite = bySite.getOrDefault(site, 0);
        if (waiting.size() >= ROOM || ofSite >= OF_ONE_SITE) {
            return;
        }
        Mark mark = new Mark(site, attempt, now, new ArrayList<>(1));
        waiting.add(mark);
        bySource.computeIfAbsent(attempt.source(), _ -> new ArrayList<>(1)).add(mark);
        bySite.put(site, ofSite + 1);
    }

    /** A log has this attempt. */
    void found(String log, Attempt attempt, long now) {
        for (Mark mark : bySource.getOrDefault(attempt.source(), List.of())) {
            boolean sameTime = Math.abs(mark.attempt.second() - attempt.second()) <= PATIENCE;
            boolean sameMoment = Math.abs(mark.since - now) <= HeldBack.SECONDS;
            boolean sameDoor =
                    mark.attempt.request().door() == attempt.request().door();
            if (sameDoor && (sameTime || sameMoment) && !mark.logs.contains(log)) {
                mark.logs.add(log);
            }
        }
    }

    /** Ends the search for those that were looked for long enough; tells in which logs those of each site were found. */
    void end(long now, BiConsumer<String, List<String>> looked) {
        while (!waiting.isEmpty() && Math.abs(now - waiting.element().since()) >= PATIENCE) {
            Mark mark = waiting.remove();
            bySite.computeIfPresent(mark.site, (_, count) -> count > 1 ? count - 1 : null);
            bySource.computeIfPresent(mark.attempt.source(), (_, marks) -> {
                marks.remove(mark);
                return marks.isEmpty() ? null : marks;
            });
            looked.accept(mark.site, mark.logs);
        }
    }
}
