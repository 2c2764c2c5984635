package bailiff.evidence.score;

import bailiff.evidence.site.Attempt;
import bailiff.net.Cidr;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** How one rule fared: what became of each source's attempts. Unbounded: for past logs. Not thread-safe. */
public final class Score {

    private static final class Tally {
        private long through;
        private long refused;
        private long banned;
        private long first = Long.MAX_VALUE;
        private long stopped = Long.MAX_VALUE;
    }

    /**
     * Some sources together.
     *
     * @param sources how many they are
     * @param flagged how many of them had an attempt stopped
     * @param banned how many of them met a ban
     * @param attempts what they tried
     * @param through how many of those were served
     * @param delay from a source's first attempt to the first that was stopped, in seconds, at the median of those
     *     flagged; 0 when none was
     */
    public record Sum(long sources, long flagged, long banned, long attempts, long through, long delay) {}

    private final Rule rule;
    private final Map<Cidr, Tally> tallies = new HashMap<>();

    public Score(Rule rule) {
        this.rule = rule;
    }

    /** The rule. */
    public Rule rule() {
        return rule;
    }

    /** Lets the rule meet the attempt; gives what became of that. */
    public Rule.Fate meet(Attempt attempt) {
        Tally tally = tallies.computeIfAbsent(attempt.source(), _ -> new Tally());
        long now = attempt.time().getEpochSecond();
        tally.first = Math.min(tally.first, now);
        Rule.Fate fate = rule.meet(attempt);
        switch (fate) {
            case THROUGH -> tally.through++;
            case REFUSED -> {
                tally.refused++;
                tally.stopped = Math.min(tally.stopped, now);
            }
            case BANNED -> {
                tally.banned++;
                tally.stopped = Math.min(tally.stopped, now);
            }
        }
        return fate;
    }

    /** What became of the sources that are meant. */
    public Sum sum(Predicate<Cidr> meant) {
        Collection<Tally> those = tallies.entrySet().stream()
                .filter(entry -> meant.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        long[] delays = those.stream()
                .filter(tally -> tally.stopped != Long.MAX_VALUE)
                .mapToLong(tally -> tally.stopped - tally.first)
                .sorted()
                .toArray();
        return new Sum(
                those.size(),
                delays.length,
                those.stream().filter(tally -> tally.banned > 0).count(),
                those.stream()
                        .mapToLong(tally -> tally.through + tally.refused + tally.banned)
                        .sum(),
                those.stream().mapToLong(tally -> tally.through).sum(),
                delays.length == 0 ? 0 : delays[delays.length / 2]);
    }
}
