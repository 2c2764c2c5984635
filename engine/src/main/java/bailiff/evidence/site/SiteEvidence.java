package bailiff.evidence.site;

import bailiff.evidence.site.SourceTrials.Trial;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All evidence of one site, of five kinds, under one budget of wrongful verdicts.
 *
 * <p>An attempt is first judged by what was seen before it ({@link #judge}), then recorded with what came of it ({@link
 * #record}). Whatever is asked or recorded, it takes time and memory within fixed bounds. Times may go back a little, as
 * they do in access logs. Pure; not thread-safe: one owner.
 */
public final class SiteEvidence {

    /*
     * What is never done, whatever the evidence: an account is never locked. A verified service is never judged. A
     * source whose login was accepted in the last 90 days is never banned, and refused only what is not like its
     * successes, or goes on for too long. So is an address that many browsers come through, where somebody has logged in
     * from its neighbourhood: browsers alone are names, which anybody sends.
     */

    /** While more sources fail than people do, half the evidence is enough to refuse. */
    private static final double ALARMED = 0.5;

    /** In a password or a name, of somebody who has fetched the form: one in a thousand people makes more of them. */
    private static final int MISTAKES = 3;

    private Allowance budget;
    private final CidrSet verified;
    private final Remembered all;
    private final Calibration calibration;
    private final Credits credits;
    private final SourceTrials trials;
    private final Fingerprints fingerprints;
    private final Prefixes prefixes;
    private final Arrivals arrivals;
    private final Guesses guesses = new Guesses();
    private final Names names;
    private long regrets;

    /**
     * Nothing seen yet.
     *
     * @param verified services that are known by their addresses, such as Jetpack's
     */
    public SiteEvidence(Allowance budget, CidrSet verified) {
        this(budget, verified, Operators.UNTOLD);
    }

    /**
     * Nothing seen yet.
     *
     * @param verified services that are known by their addresses, such as Jetpack's
     * @param operators whose addresses are
     */
    public SiteEvidence(Allowance budget, CidrSet verified, Operators operators) {
        this.budget = budget;
        this.verified = verified;
        all = Remembered.nothing(budget, operators);
        calibration = all.calibration();
        credits = all.credits();
        trials = all.trials();
        fingerprints = all.fingerprints();
        prefixes = all.prefixes();
        arrivals = all.arrivals();
        names = all.names();
    }

    /** As {@link #restored(Allowance, CidrSet, Operators, byte[])}, where it is not known whose addresses are. */
    public static Optional<SiteEvidence> restored(Allowance budget, CidrSet verified, byte[] saved) {
        return restored(budget, verified, Operators.UNTOLD, saved);
    }

    /**
     * What was saved: all but the count of regrets.
     *
     * @param saved what {@link #save} gave
     * @return nothing when that is damaged, or of another version
     */
    public static Optional<SiteEvidence> restored(
            Allowance budget, CidrSet verified, Operators operators, byte[] saved) {
        SiteEvidence evidence = new SiteEvidence(budget, verified, operators);
        return evidence.all.restore(saved) ? Optional.of(evidence) : Optional.empty();
    }

    /** What {@link #restored} takes; a few MB at most. */
    public byte[] save() {
        return all.save();
    }

    /**
     * Takes in what another process saw of the same site, such as that of a second web server.
     *
     * <p>What is known of people and of single sources is then as if one had seen all; a campaign that either of them
     * had opened is open, and so is one that only both together show. The evidence of a campaign may be larger than one
     * process would have it, never smaller; who was seen by both counts once.
     *
     * @param other not to be used afterwards
     */
    public void merge(SiteEvidence other) {
        all.merge(other.all, budget);
        regrets += other.regrets;
    }

    /** From now on the owner accepts that much; what was seen stays. */
    public void allow(Allowance other) {
        budget = other;
        names.allow(other);
    }

    /** How much is kept, in entries of some 150 bytes; looks through tables. */
    long entries() {
        return all.entries();
    }

    /** Lets go of half of what speaks against somebody: the half that was of use least recently. */
    void halve() {
        all.halve();
    }

    /** Notes that somebody reads the site; to be told once a day and source. */
    public void visit(IpAddress client) {
        prefixes.visit(client);
    }

    /** What holds for an attempt, by what was seen before it; its outcome is not looked at. Never a ban. */
    public Judgement judge(Attempt attempt) {
        if (verified.contains(attempt.client())) {
            return Judgement.NOTHING;
        }
        Optional<Trial> trial = trials.find(attempt.source());
        if (isExcused(attempt)) {
            return judgeExcused(attempt, trial);
        }
        return refusedForItself(attempt, trial)
                .or(() -> refusedForTheAccount(attempt, trial))
                .or(() -> refusedForOthers(attempt, trial))
                .orElse(Judgement.NOTHING);
    }

    /**
     * Counts an attempt; gives what holds for its source from now on.
     *
     * @param attempt with {@link Outcome#SHIELDED} where this guard refused it, so that its own refusals do not become
     *     its proof
     */
    public Judgement record(Attempt attempt) {
        if (verified.contains(attempt.client())) {
            return Judgement.NOTHING;
        }
        long now = attempt.second();
        calibration.look(now);
        boolean isNew = trials.find(attempt.source()).isEmpty();
        boolean excused = isExcused(attempt);
        Trial trial = trials.record(attempt.source(), attempt, refusal());
        if (attempt.login().outcome() == Outcome.SUCCESS) {
            regrets += trial.wasRefused(now) ? 1 : 0;
            success(attempt);
            return Judgement.NOTHING;
        }
        if (excused) {
            guessed(attempt);
            return Judgement.NOTHING;
        }
        against(attempt, trial, isNew);
        return banned(attempt, trial);
    }

    /** The campaigns that go on at that moment. */
    public List<Campaign> campaigns(Instant now) {
        return fingerprints.open(now.getEpochSecond());
    }

    /**
     * How the source of an address stands here, whatever that comes to; nothing when nothing is known of it.
     *
     * @param site what the site is called, for the answer
     */
    public Optional<Standing> explain(String site, IpAddress client, Instant now) {
        long second = now.getEpochSecond();
        Cidr source = Attempt.source(client);
        double honest = calibration.sourcesAYear();
        double ban = budget.ban(Kind.ADDRESS, honest, calibration.isEnough());
        Optional<Trial> trial = trials.find(source);
        Optional<String> neighbours = prefixes.suspicion(client, budget.refusal(Kind.PREFIX, honest), second);
        return trial.isEmpty() && neighbours.isEmpty()
                ? Optional.empty()
                : Optional.of(new Standing(
                        site,
                        source,
                        trial.map(known -> known.tried(second, refusal(), ban)),
                        trial.flatMap(known -> known.campaign(second)).map(campaign -> campaign.news(site)),
                        neighbours,
                        credits.has(source, second),
                        calibration.isEnough()));
    }

    /** The campaign that this attempt looks like, where one goes on; whoever made it. */
    public Optional<Campaign> campaign(Attempt attempt) {
        return fingerprints.matching(attempt, calibration);
    }

    /** How many campaigns were opened so far. */
    public int campaignsOpened() {
        return fingerprints.opened();
    }

    /**
     * Accepted logins from sources that were refused in the week before, since this process began: what of the budget is
     * seen to have been spent. Who gave up is not among them.
     */
    public long regrets() {
        return regrets;
    }

    /** Whether enough logins were accepted here that bans rest on what is usual at this site. */
    public boolean isCalibrated() {
        return calibration.isEnough();
    }

    /** Whether more new sources fail at that moment than people do. */
    public boolean isAlarmed(Instant now) {
        return arrivals.isAlarm(now.getEpochSecond(), calibration.sourcesAYear());
    }

    private boolean isExcused(Attempt attempt) {
        return credits.has(attempt.source(), attempt.second())
                || (attempt.request().crowd() && credits.hasNear(attempt.client(), attempt.second()));
    }

    /** An excused source is not blamed; but nobody may guess for ever. */
    private void guessed(Attempt attempt) {
        if (attempt.login().outcome() == Outcome.FAILURE && !attempt.login().repeat()) {
            guesses.failed(attempt, isOwn(attempt));
        }
    }

    /** Whether the attempt is like the successes of its source. */
    private boolean isOwn(Attempt attempt) {
        String user = attempt.login().user();
        return user.isEmpty()
                ? !attempt.request().conduct().isCold()
                : credits.has(attempt.source(), user, attempt.second());
    }

    /** Somebody with a success, or one of a crowd: only what is not like the successes may be refused. */
    private Judgement judgeExcused(Attempt attempt, Optional<Trial> trial) {
        boolean own = isOwn(attempt);
        if (guesses.isTooMany(attempt, own)) {
            return new Judgement.Refuse(Kind.ADDRESS, guesses.sentence(attempt, own));
        }
        double needed = budget.ban(Kind.ADDRESS, calibration.sourcesAYear(), calibration.isEnough());
        if (own || trial.isEmpty() || trial.get().evidence(attempt.second()) < needed) {
            return Judgement.NOTHING;
        }
        return new Judgement.Refuse(Kind.ADDRESS, trial.get().sentence(needed));
    }

    private Optional<Judgement> refusedForItself(Attempt attempt, Optional<Trial> trial) {
        Conduct conduct = attempt.request().conduct();
        double least = !conduct.hasSeenTheForm() && isAlarmed(attempt.time()) ? refusal() * ALARMED : refusal();
        long now = attempt.second();
        boolean mayHaveChance = !conduct.isCold();
        return trial.filter(known -> known.evidence(now) >= least)
                .filter(known -> !(mayHaveChance && known.hasChance(now)))
                .map(known -> new Judgement.Refuse(Kind.ADDRESS, known.sentence(least)));
    }

    /** Whether the source behaves as people do not, here least of all. */
    private boolean tells(Attempt attempt) {
        Request request = attempt.request();
        return request.conduct().isCold() && !calibration.isUsual(request.door(), request.conduct());
    }

    private double refusal() {
        return budget.refusal(Kind.ADDRESS, calibration.sourcesAYear());
    }

    /**
     * Only who has failed already: an account that is tried by thousands is still open to its owner. He may make some
     * mistakes there, if he has fetched the form before he sent it.
     */
    private Optional<Judgement> refusedForTheAccount(Attempt attempt, Optional<Trial> trial) {
        boolean mayErr = attempt.request().conduct().hasSeenTheForm()
                && trial.filter(known -> known.failures() > MISTAKES).isEmpty();
        return trial.isEmpty() || mayErr
                ? Optional.empty()
                : names.suspicion(attempt).map(reason -> new Judgement.Refuse(Kind.USER, reason));
    }

    private Optional<Judgement> refusedForOthers(Attempt attempt, Optional<Trial> trial) {
        Conduct conduct = attempt.request().conduct();
        if (conduct == Conduct.BROWSING) {
            return Optional.empty();
        }
        long now = attempt.second();
        Optional<Campaign> campaign =
                trial.flatMap(known -> known.campaign(now)).or(() -> fingerprints.matching(attempt, calibration));
        if (campaign.isPresent()) {
            return campaign.map(open -> new Judgement.Refuse(Kind.FINGERPRINT, open.sentence()));
        }
        return tells(attempt)
                ? prefixes.suspicion(attempt.client(), budget.refusal(Kind.PREFIX, calibration.sourcesAYear()), now)
                        .map(reason -> new Judgement.Refuse(Kind.PREFIX, reason))
                : Optional.empty();
    }

    private void success(Attempt attempt) {
        // Each source speaks for its like once, or an attacker with one account of his own would excuse the others.
        if (!credits.has(attempt.source(), attempt.second())) {
            fingerprints.success(attempt, bar(attempt));
        }
        guesses.succeeded(attempt);
        credits.success(attempt.client(), attempt.login().user(), attempt.second());
        calibration.success(
                attempt.source(), attempt.request().door(), attempt.request().conduct());
        prefixes.success(attempt.client());
    }

    private void against(Attempt attempt, Trial trial, boolean isNew) {
        if (isNew) {
            fingerprints.first(attempt, calibration, bar(attempt));
            arrivals.failure(attempt.second(), calibration.sourcesAYear());
            Conduct conduct = attempt.request().conduct();
            if (conduct.isCold() || conduct.isOpaque()) {
                prefixes.failure(attempt.client(), attempt.second());
            }
        } else {
            fingerprints.further(attempt, calibration);
        }
        names.failure(attempt);
        fingerprints.matching(attempt, calibration).ifPresent(trial::join);
    }

    private Judgement banned(Attempt attempt, Trial trial) {
        double honest = calibration.sourcesAYear();
        double needed = budget.ban(Kind.ADDRESS, honest, calibration.isEnough());
        long now = attempt.second();
        Optional<Campaign> campaign = trial.campaign(now);
        if (trial.evidence(now) >= needed) {
            countBan(campaign, trial);
            return new Judgement.Ban(Kind.ADDRESS, attempt.source(), trial.sentence(needed));
        }
        boolean sure = calibration.isEnough() && trial.attempts() > 1 && tells(attempt);
        double sureness = budget.ban(Kind.FINGERPRINT, honest * Fingerprints.GRAINS, true);
        Optional<Campaign> certain = campaign.filter(open ->
                sure && open.mayBan(attempt.request().conduct(), calibration.sources()) && open.reaches(sureness, now));
        countBan(certain, trial);
        return certain.<Judgement>map(open -> new Judgement.Ban(
                        Kind.FINGERPRINT,
                        attempt.source(),
                        String.format(Locale.ROOT, "attempt %d; %s", trial.attempts(), open.sentence())))
                .orElse(Judgement.NOTHING);
    }

    private static void countBan(Optional<Campaign> campaign, Trial trial) {
        if (campaign.isPresent() && trial.isFirstBan()) {
            campaign.get().ban();
        }
    }

    private Campaign.Bar bar(Attempt attempt) {
        double usual = budget.refusal(Kind.FINGERPRINT, calibration.sourcesAYear() * Fingerprints.GRAINS);
        return new Campaign.Bar(usual, isAlarmed(attempt.time()) ? usual * ALARMED : usual);
    }

    /** Logins of the source that failed since its last success, as far as they count. */
    int failures(Cidr source) {
        return trials.find(source).map(Trial::failures).orElse(0);
    }

    /** Whether a login from there was accepted in the last 90 days. */
    public boolean hasSucceeded(Cidr source, Instant now) {
        return credits.has(source, now.getEpochSecond());
    }
}
