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

    /* One line must not vouch for a hundred questions, which anybody may have asked: at least half have to have theirs. */
    private static final int QUESTIONS_A_LINE = 2;

    /**
     * Refusals of one source, without a pause.
     *
     * @param asked how many there were
     * @param told of how many of them a line told
     */
    private record Refused(Instant time, Judgement judgement, int asked, int told) {

        boolean isOf(Attempt attempt) {
            return attempt.time().getEpochSecond() - time.getEpochSecond() <= KEPT;
        }
    }

    private final Map<String, Refused> refused = new LinkedHashMap<>(16, 0.75f, true);

    /** Such an attempt was refused and counted, and that is what it came to. */
    void note(String site, Attempt attempt, Judgement judgement) {
        String key = key(site, attempt);
        Refused before = refused.get(key);
        Refused now = before != null && before.isOf(attempt)
                ? new Refused(attempt.time(), judgement, before.asked() + 1, before.told())
                : new Refused(attempt.time(), judgement, 1, 0);
        refused.put(key, now);
        if (refused.size() > MOST) {
            refused.remove(refused.keySet().iterator().next());
        }
    }

    /**
     * What the refused attempts came to of one of which a line tells now: nothing yet while lines tell of less than half
     * of them.
     *
     * @return empty where no line is missing
     */
    Optional<Judgement> confirm(String site, Attempt attempt) {
        Refused noted = refused.isEmpty() ? null : refused.get(key(site, attempt));
        if (noted == null || !noted.isOf(attempt) || noted.told() >= noted.asked()) {
            return Optional.empty();
        }
        Refused now = new Refused(noted.time(), noted.judgement(), noted.asked(), noted.told() + 1);
        refused.put(key(site, attempt), now);
        boolean isVouched = now.told() * QUESTIONS_A_LINE >= now.asked();
        return Optional.of(isVouched ? now.judgement() : Judgement.NOTHING);
    }

    /** The lines of refusals do not tell the door. Text, so that a table of them keeps its speed whatever is asked. */
    private static String key(String site, Attempt attempt) {
        return site + ' ' + attempt.source();
    }
}
