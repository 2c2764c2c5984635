package bailiff.ban;

import bailiff.evidence.RateCount;
import bailiff.net.Cidr;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long a jail's bans last, by what is known of the subject. Not thread-safe: one {@link Jail} owns it. */
public final class Sentencing {

    /* fail2ban doubles up to the twentieth ban, and takes half of that and one for the worth of a failure. */
    private static final int MOST_DOUBLINGS = 20;

    /* Some 300,000 years, well within what a moment and the ledger can hold: beyond it nobody waits for the end. */
    private static final double LONGEST = 1e13;

    private final Bantime bantime;
    private final Increment increment;
    private final Past past;
    private final RandomGenerator random;

    /**
     * Sentencing by these rules.
     *
     * @param random for what {@link Increment#spread} adds
     */
    public Sentencing(Bantime bantime, Increment increment, Past past, RandomGenerator random) {
        this.bantime = bantime;
        this.increment = increment;
        this.past = past;
        this.random = random;
    }

    /** A ban's number and end. */
    record Sentence(int bancount, Instant until) {}

    /** How long bans last that nothing makes longer. */
    Bantime bantime() {
        return bantime;
    }

    /** The number of a ban that the subject would get now. */
    int nextBancount(Cidr subject) {
        return grows() ? known(subject).map(PastBan::bancount).orElse(0) + 1 : past.bans(subject) + 1;
    }

    private Optional<PastBan> known(Cidr subject) {
        return increment.everywhere() ? past.everywhere(subject) : past.last(subject);
    }

    /** What a ban of the subject that begins then comes to. */
    Sentence of(Cidr subject, Instant since) {
        Instant plain = bantime.endOf(since);
        if (!grows()) {
            return new Sentence(past.bans(subject) + 1, plain);
        }
        Optional<PastBan> known = known(subject);
        if (known.isEmpty() || known.get().bancount() < 1) {
            return new Sentence(1, plain);
        }
        int before = known.get().bancount();
        int bancount = Math.addExact(Math.min(before, Integer.MAX_VALUE - 1), 1);
        return new Sentence(bancount, grown(since, before).orElse(plain));
    }

    /** Nothing where the formula gives no time: as with fail2ban the ban then lasts as long as the first one. */
    private Optional<Instant> grown(Instant since, int before) {
        try {
            double length = increment.seconds(RateCount.seconds(bantime.length()), before, random);
            if (length == -1 || length > LONGEST) {
                return Optional.of(Instant.MAX);
            }
            return Optional.of(since.plus(RateCount.span(Math.max(length, 0))));
        } catch (FormulaException e) {
            return Optional.empty();
        }
    }

    /**
     * How many failures one failure of the subject counts for: fail2ban has known offenders reach {@code maxretry}
     * sooner, with 2, 3, 5, 9 ... for each.
     *
     * @param time when it happened; a failure of before the last ban is part of what led to that
     * @param maxretry the most that it can be
     */
    int weight(Cidr subject, Instant time, int maxretry) {
        if (!increment.on()) {
            return 1;
        }
        Optional<PastBan> known = past.last(subject);
        if (known.isEmpty() || RateCount.seconds(time) <= wholeSecond(known.get())) {
            return 1;
        }
        int doublings = Math.clamp(known.get().bancount(), 0, MOST_DOUBLINGS);
        return Math.clamp((1 << doublings) / 2 + 1, 1, maxretry);
    }

    /**
     * Whether the ban is to be remembered: fail2ban forgets one that does not begin after the last one of which it
     * knows, which it has in whole seconds.
     */
    public boolean isNews(Ban ban) {
        if (!grows()) {
            return true;
        }
        Optional<PastBan> known = known(ban.subject());
        return known.isEmpty() || RateCount.seconds(ban.since()) > wholeSecond(known.get());
    }

    private boolean grows() {
        return increment.on() && !bantime.isForEver();
    }

    private static double wholeSecond(PastBan ban) {
        return Math.rint(RateCount.seconds(ban.since()));
    }
}
