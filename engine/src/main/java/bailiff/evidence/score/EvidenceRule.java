package bailiff.evidence.score;

import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Kind;
import bailiff.evidence.site.SiteEvidence;
import bailiff.net.Cidr;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The evidence of a site as a rule, with bans that double each time. Unbounded: for past logs. Not thread-safe. */
public final class EvidenceRule implements Rule {

    private static final Duration FIRST = Duration.ofDays(1);

    /** Bans double up to 32 days. */
    private static final int MOST_DOUBLINGS = 5;

    /**
     * What one kind of evidence stopped.
     *
     * @param sources that it stopped, whether or not others did too
     * @param refused attempts
     * @param bans how many it led to
     * @param banned attempts that met one of them
     */
    public record Share(int sources, long refused, long bans, long banned) {}

    private static final class Account {
        private final Set<Cidr> sources = new HashSet<>();
        private long refused;
        private long bans;
        private long banned;
    }

    private final SiteEvidence evidence;
    private final Bans bans = new Bans();
    private final Map<Cidr, Kind> banners = new HashMap<>();
    private final Map<Kind, Account> accounts = new EnumMap<>(Kind.class);

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
        Cidr source = attempt.source();
        long now = attempt.time().getEpochSecond();
        if (bans.holds(source, now)) {
            of(banners.getOrDefault(source, Kind.ADDRESS), source).banned++;
            return Fate.BANNED;
        }
        Judgement before = evidence.judge(attempt);
        boolean refused = before instanceof Judgement.Refuse;
        if (before instanceof Judgement.Refuse(Kind kind, String _)) {
            of(kind, source).refused++;
        }
        if (evidence.record(refused ? attempt.shielded() : attempt) instanceof Judgement.Ban ban) {
            of(ban.kind(), source).bans++;
            banners.put(source, ban.kind());
            bans.ban(source, now, FIRST.multipliedBy(1L << Math.min(MOST_DOUBLINGS, bans.count(source))));
        }
        return refused ? Fate.REFUSED : Fate.THROUGH;
    }

    private Account of(Kind kind, Cidr source) {
        Account account = accounts.computeIfAbsent(kind, _ -> new Account());
        account.sources.add(source);
        return account;
    }

    /** What each kind of evidence has stopped so far; kinds that stopped nothing are absent. */
    public Map<Kind, Share> shares() {
        Map<Kind, Share> shares = new EnumMap<>(Kind.class);
        accounts.forEach((kind, account) ->
                shares.put(kind, new Share(account.sources.size(), account.refused, account.bans, account.banned)));
        return shares;
    }
}
