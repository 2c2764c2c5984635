package bailiff.shield;

import bailiff.net.IpAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Decides whether an attempt may be made. In this order: who must never be banned may; so may the browser that carries
 * the site's own cookie for the account, so that nobody can lock an owner out; who is banned may not; nor may who sends
 * several logins or pingbacks in one request and was never seen to log in; nor may whom an {@link Opinion} speaks
 * against. All others may. Safe for any thread.
 */
public final class Shield {

    /** For how long who sends many logins in one request is told to stay away, in seconds. */
    static final long MULTICALL_SECONDS = 60;

    /** For how long who comes back to an attack is told to stay away, in seconds. */
    static final long RETURNING_SECONDS = 600;

    /** The same for whom the evidence of a site speaks against, which fades in days. */
    static final long EVIDENCE_SECONDS = 3_600;

    private final Bans bans;
    private final Predicate<IpAddress> spared;
    private final Opinion opinion;
    private final boolean observe;
    private final InstantSource clock;
    private final Repeats repeats;
    private final Refusals refusals;
    private volatile int mostLogins = 1;
    private long asked;
    private long refused;
    private long repeated;
    private long malformed;

    /**
     * A shield that lets one login through in a request.
     *
     * @param spared who must never be banned; asked on any thread, and must be quick
     * @param observe whether refusals are only counted
     * @param chance for what nobody must foresee
     */
    public Shield(
            Bans bans,
            Predicate<IpAddress> spared,
            Opinion opinion,
            boolean observe,
            InstantSource clock,
            RandomGenerator chance) {
        this.bans = bans;
        this.spared = spared;
        this.opinion = opinion;
        this.observe = observe;
        this.clock = clock;
        this.repeats = new Repeats(chance);
        this.refusals = new Refusals(chance);
    }

    /** One that knows nobody and forgets everything, for whoever rehearses. */
    static Shield rehearsal() {
        RandomGenerator chance = new SecureRandom();
        return new Shield(new Bans(chance, () -> {}), _ -> false, Opinion.NONE, true, InstantSource.system(), chance);
    }

    /** Lets so many logins, or pingbacks, through in a request of somebody who was never seen to log in. */
    public void allowLogins(int most) {
        mostLogins = most;
    }

    /** The answer to a question. */
    public synchronized Answer ask(Question question) {
        asked++;
        Instant now = clock.instant();
        if (spared.test(question.address())) {
            return proceed(question, now);
        }
        Answer answer = answer(question, now);
        opinion.answered(question, answer instanceof Answer.Refuse refusal && !refusal.observed(), now);
        return answer;
    }

    private Answer answer(Question question, Instant now) {
        if (question.device()) {
            return proceed(question, now);
        }
        OptionalLong banned = bans.secondsLeft(question.address(), now);
        if (banned.isPresent()) {
            return refuse(question, Answer.Reason.BANNED, banned.getAsLong(), "", now);
        }
        int attempts = Math.max(question.logins(), question.pings());
        if (attempts > mostLogins && !opinion.hasSucceeded(question, now)) {
            String why = attempts + " attempts in one request";
            return refuse(question, Answer.Reason.MULTICALL, MULTICALL_SECONDS, why, now);
        }
        Optional<Objection> against = opinion.against(question, now);
        if (against.isPresent()) {
            Answer.Reason reason = against.get().reason();
            long seconds = reason == Answer.Reason.RETURNING ? RETURNING_SECONDS : EVIDENCE_SECONDS;
            return refuse(question, reason, seconds, against.get().why(), now);
        }
        return proceed(question, now);
    }

    private Answer proceed(Question question, Instant now) {
        boolean repeat = repeats.note(question, now);
        repeated += repeat ? 1 : 0;
        return new Answer.Proceed(repeat);
    }

    private Answer refuse(Question question, Answer.Reason reason, long seconds, String why, Instant now) {
        refused++;
        refusals.note(question, reason, why, now);
        return new Answer.Refuse(reason, seconds, observe);
    }

    /** Somebody asked what is no question. */
    synchronized void misunderstood() {
        malformed++;
    }

    /** What the shield has done so far. */
    public synchronized Tally tally() {
        return new Tally(asked, refused, repeated, malformed);
    }

    /** How that address was refused; nothing when it was not, or too long ago. */
    public synchronized Optional<Refusal> refusal(IpAddress address) {
        return refusals.of(address);
    }
}
