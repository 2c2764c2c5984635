package bailiff.guard;

import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Judgement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Attempts that the shield refused, and that were counted then, until a line tells of them. Not thread-safe.
 */
final class RefusedAttempts {

    /** Refusals that wait for their lines; of more than that the line counts again, a little. */
    static final int MOST = 4_096;

    /** For how long a line may be on its way, in seconds. */
    private static final long KEPT = 600;

    private record Refused(Instant time, Judgement judgement) {}

    private final Map<String, Refused> refused = new LinkedHashMap<>(16, 0.75f, true);

    /** Such an attempt was refused and counted, and that is what it came to. */
    void note(String site, Attempt attempt, Judgement judgement) {
        refused.put(key(site, attempt), new Refused(attempt.time(), judgement));
        if (refused.size() > MOST) {
            refused.remove(refused.keySet().iterator().next());
        }
    }

    /** What the refused attempt came to of which a line tells now; nothing where none was noted of late. */
    Optional<Judgement> confirm(String site, Attempt attempt) {
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(refused.get(key(site, attempt)))
                .filter(noted -> attempt.time().getEpochSecond() - noted.time().getEpochSecond() <= KEPT)
                .map(Refused::judgement);
    }

    /** The lines of refusals do not tell the door. Text, so that a table of them keeps its speed whatever is asked. */
    private static String key(String site, Attempt attempt) {
        return site + ' ' + attempt.source() + ' ' + attempt.login().user();
    }
}
