package bailiff.evidence.score;

import bailiff.net.Cidr;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Which sources a rule has banned, and until when. Unbounded: for past logs, whose sources end. Not thread-safe. */
final class Bans {

    private final Map<Cidr, Long> until = new HashMap<>();
    private final Map<Cidr, Integer> counts = new HashMap<>();

    boolean holds(Cidr source, long now) {
        Long end = until.get(source);
        return end != null && now < end;
    }

    void ban(Cidr source, long now, Duration time) {
        until.put(source, now + time.toSeconds());
        counts.merge(source, 1, Integer::sum);
    }

    /** How often the source was banned so far. */
    int count(Cidr source) {
        return counts.getOrDefault(source, 0);
    }
}
