package bailiff.evidence.score;

import bailiff.evidence.site.AccessSensor;
import bailiff.evidence.site.Allowance;
import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Campaign;
import bailiff.evidence.site.SiteEvidence;
import bailiff.line.AccessRecord;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lets the evidence of a site and the classic rules meet the same past requests, each as if it had been there alone.
 *
 * <p>Unbounded in the sources of the log. Not thread-safe.
 */
public final class Scoring {

    private static final int FOUND = 302;

    /**
     * A day.
     *
     * @param attempts all, whoever made them
     * @param through those that the evidence let through
     */
    public record Day(long attempts, long through) {}

    private final CidrSet verified;
    private final SiteEvidence evidence;
    private final AccessSensor sensor;
    private final EvidenceRule rule;
    private final List<Score> scores = new ArrayList<>();
    private final Set<Cidr> succeeded = new HashSet<>();
    private final SortedMap<LocalDate, Day> days = new TreeMap<>();
    private Instant last = Instant.MIN;

    /**
     * Nothing met yet.
     *
     * @param verified services that are known by their addresses
     */
    public Scoring(Allowance allowance, CidrSet verified) {
        this.verified = verified;
        evidence = new SiteEvidence(allowance, verified);
        sensor = new AccessSensor(evidence);
        rule = new EvidenceRule(evidence);
        scores.add(new Score(rule));
        ClassicRules.all().forEach(each -> scores.add(new Score(each)));
    }

    /** Takes a request, in the order of the log. */
    public void read(AccessRecord request) {
        Optional<Attempt> attempt = sensor.read(request);
        if (attempt.isEmpty()) {
            return;
        }
        last = last.isBefore(attempt.get().time()) ? attempt.get().time() : last;
        if (request.status() == FOUND) {
            succeeded.add(attempt.get().source());
        }
        LocalDate date = LocalDate.ofInstant(attempt.get().time(), ZoneOffset.UTC);
        for (Score score : scores) {
            Rule.Fate fate = score.meet(attempt.get());
            if (score.rule() == rule) {
                days.merge(date, new Day(1, fate == Rule.Fate.THROUGH ? 1 : 0), Scoring::sum);
            }
        }
    }

    private static Day sum(Day one, Day other) {
        return new Day(one.attempts + other.attempts, one.through + other.through);
    }

    /** How each fared: the evidence of the site first, then the classic rules. */
    public List<Score> scores() {
        return List.copyOf(scores);
    }

    /** The evidence of the site, as a rule. */
    public EvidenceRule evidence() {
        return rule;
    }

    /** The campaigns that were open at the last attempt. */
    public List<Campaign> campaigns() {
        return last.equals(Instant.MIN) ? List.of() : evidence.campaigns(last);
    }

    /** What came each day, in UTC. */
    public SortedMap<LocalDate, Day> days() {
        return new TreeMap<>(days);
    }

    /** Whether a login from there was ever redirected, as one is that was accepted: an honest source. */
    public boolean hasSucceeded(Cidr source) {
        return succeeded.contains(source);
    }

    /** Whether that is a verified service. */
    public boolean isVerified(Cidr source) {
        return verified.contains(source.first());
    }

    /**
     * Whether the source is taken for an attacker where nobody knows better: it tried to log in, never with success, and
     * is no verified service.
     */
    public boolean isAttacker(Cidr source) {
        return !hasSucceeded(source) && !isVerified(source);
    }
}
