package bailiff.evidence.score;

import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Kind;
import bailiff.evidence.site.SiteEvidence;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The evidence of a site as a rule, with bans that double each time. Unbounded: for past logs. Not thread-safe. */
public final class EvidenceRule implements Rule {

    private static final Duration FIRST = Duration.ofDays(1);

    /** Bans double up to 32 days. */
    private static final int MOST_DOUBLINGS = 5;

    private final SiteEvidence evidence;
    private final Bans bans = new Bans();
    private final Map<Kind, Integer> refusals = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> banned = new EnumMap<>(Kind.class);

    /**
     * @param evidence is asked and told of every attempt
     */
    public EvidenceRule(SiteEvidence evidence) {
        this.evidence = evidence;
    }

    @Override
    public String name() {
        return "Bailiff";
    }

    @Override
    public Fate meet(Attempt attempt) {
        long now = attempt.time().getEpochSecond();
        if (bans.holds(attempt.source(), now)) {
            return Fate.BANNED;
        }
        Judgement before = evidence.judge(attempt);
        boolean refused = before instanceof Judgement.Refuse;
        if (before instanceof Judgement.Refuse(Kind kind, String _)) {
            refusals.merge(kind, 1, Integer::sum);
        }
        if (evidence.record(refused ? attempt.shielded() : attempt) instanceof Judgement.Ban ban) {
            banned.merge(ban.kind(), 1, Integer::sum);
            int doublings = Math.min(MOST_DOUBLINGS, bans.count(attempt.source()));
            bans.ban(attempt.source(), now, FIRST.multipliedBy(1L << doublings));
        }
        return refused ? Fate.REFUSED : Fate.THROUGH;
    }

    /** Attempts refused so far, by what refused them. */
    public Map<Kind, Integer> refusals() {
        return new EnumMap<>(refusals);
    }

    /** Bans so far, by what led to them. */
    public Map<Kind, Integer> bans() {
        return new EnumMap<>(banned);
    }
}
