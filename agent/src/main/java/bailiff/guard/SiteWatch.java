package bailiff.guard;

import bailiff.ban.Event;
import bailiff.config.EvidenceOptions;
import bailiff.control.Json;
import bailiff.evidence.site.Allowance;
import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.CampaignNews;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Kind;
import bailiff.evidence.site.Sites;
import bailiff.evidence.site.Standing;
import bailiff.net.IpAddress;
import bailiff.shield.Answer;
import bailiff.shield.Objection;
import bailiff.shield.Opinion;
import bailiff.shield.Question;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The evidence of the sites that the guard's jails tell of: hears their lines, speaks to the shield, and is kept in a
 * file. Safe for any thread.
 *
 * <p>Nothing is there before a jail tells of a site, or the shield is asked about one. A crash loses what was learnt since
 * the file was written last, {@link KeptSites#SAVE_EVERY} at most; then an attack is seen later. But a campaign that has begun is
 * in the file within {@link KeptSites#SAVE_SOON} and the pause of whoever writes it.
 */
final class SiteWatch implements GuardListener, Opinion, CampaignBook {

    /*
     * A refusal is counted when it is given, so that one counts also where nobody can write a line of it; the line that
     * tells of it afterwards is known for it and not counted again. But nobody is banned by a question, which
     * any user of the machine may ask: what the refusal came to is kept, and holds when a line of a jail confirms it.
     */

    static final String FILE = "evidence";

    /** Whoever asks before a login waits no longer for a jail that tells, or for the file; then the attempt goes on. */
    private static final long PATIENCE_MILLIS = 2;

    /** Sites of which it is remembered which jail told of them; each has a name of 100 characters at most. */
    private static final int MOST_TELLERS = 4_096;

    private final KeptSites kept;
    private final InstantSource clock;
    private final AccessWatch access;
    private final CampaignStarts campaigns = new CampaignStarts();

    /** The jails whose lines are weighed. */
    private final Set<String> jails = ConcurrentHashMap.newKeySet();

    private final Map<String, String> tellers = new LinkedHashMap<>(16, 0.75f, true);

    private final Hearsay hearsay = new Hearsay();

    private final RefusedAttempts refusals = new RefusedAttempts();
    private volatile FrontDoor frontDoor = FrontDoor.NONE;
    private long refused;
    private volatile double budget = Allowance.USUAL.perYear();

    private SiteWatch(KeptSites kept, InstantSource clock) {
        this.kept = kept;
        this.clock = clock;
        this.access = new AccessWatch(kept, campaigns, () -> frontDoor);
    }

    /** What the file in that directory knows; nothing yet where there is none, or a damaged one. */
    static SiteWatch in(Path state, InstantSource clock) {
        return new SiteWatch(KeptSites.in(state.resolve(FILE), clock), clock);
    }

    /** Who hears the lines of that jail from now on. */
    Witness witness(String jail, EvidenceOptions options) {
        if (options.use() != EvidenceOptions.Use.AUTO) {
            jails.remove(jail);
            return Witness.NOBODY;
        }
        jails.add(jail);
        Allowance allowance = new Allowance(options.wrongbans());
        budget = options.wrongbans();
        return (event, live, now) -> {
            Instant said = live ? now : Testimony.time(event, now);
            Instant time = said.isAfter(now) ? now : said;
            if (event instanceof Event.Spared spared) {
                Testimony.ofOne(spared, time).ifPresent(told -> tellOfOffice(jail, allowance, told));
                return Optional.empty();
            }
            return Testimony.of(event, time).flatMap(told -> tell(jail, allowance, told));
        };
    }

    /** Runs that, from now on, as soon as a campaign has begun: it must be quick. */
    void follow(Runnable begun) {
        campaigns.follow(() -> {
            kept.hurry();
            begun.run();
        });
    }

    /**
     * Who takes the lines of that jail as requests from now on, where its options say that they are.
     *
     * @param zone of the times that name none
     * @param browsers is told of each address that a browser read something from, and what it calls itself
     */
    Requests requests(String jail, EvidenceOptions options, ZoneId zone, BiConsumer<IpAddress, String> browsers) {
        if (options.use() != EvidenceOptions.Use.ACCESS) {
            return Requests.NONE;
        }
        jails.add(jail);
        return new AccessRequests(access.of(jail, new Allowance(options.wrongbans())), zone, browsers);
    }

    @Override
    public void jailStopped(String jail) {
        jails.remove(jail);
        access.forget(jail);
    }

    /** Has the web server that cannot ask know, from now on, whom the shield would refuse for what he did himself. */
    void guard(FrontDoor door) {
        frontDoor = door;
    }

    private Optional<Judgement.Ban> tell(String jail, Allowance allowance, Testimony told) {
        Attempt attempt = told.attempt();
        boolean refusedForItself;
        Judgement judgement;
        kept.lock();
        try {
            if (jails.size() > 1 && !hearsay.isNews(jail, told)) {
                return Optional.empty();
            }
            teller(told.site(), jail);
            Optional<Judgement> counted = told.isShielded() ? refusals.confirm(told.site(), attempt) : Optional.empty();
            judgement = counted.orElseGet(() -> record(allowance, told));
            refusedForItself = kept.known().judge(told.site(), attempt) instanceof Judgement.Refuse(Kind kind, String _)
                    && kind == Kind.ADDRESS;
        } finally {
            kept.unlock();
        }
        if (judgement instanceof Judgement.Ban ban) {
            return Optional.of(ban);
        }
        if (refusedForItself) {
            frontDoor.refuse(attempt.client(), attempt.time());
        }
        return Optional.empty();
    }

    /*
     * Who comes through an address of many is not banned, and not turned away by a web server that cannot tell him from
     * the others. The shield can, but only where somebody has logged in from there: then it refuses who is not like him.
     */
    private void tellOfOffice(String jail, Allowance allowance, Testimony told) {
        Attempt attempt = told.attempt();
        kept.lock();
        try {
            boolean isNews = jails.size() <= 1 || hearsay.isNews(jail, told);
            boolean isOffice = kept.known().hasSucceeded(told.site(), attempt.client(), attempt.time());
            boolean isCounted =
                    told.isShielded() && refusals.confirm(told.site(), attempt).isPresent();
            if (isNews && isOffice && !isCounted) {
                teller(told.site(), jail);
                record(allowance, told);
            }
        } finally {
            kept.unlock();
        }
    }

    private Judgement record(Allowance allowance, Testimony told) {
        kept.known().allow(told.site(), allowance);
        return record(told.site(), told.attempt());
    }

    private Judgement record(String site, Attempt attempt) {
        Sites known = kept.known();
        kept.change();
        Judgement judgement = known.record(site, attempt, clock.instant());
        campaigns.look(known, site);
        return judgement;
    }

    private void teller(String site, String jail) {
        tellers.put(site, jail);
        if (tellers.size() > MOST_TELLERS) {
            tellers.remove(tellers.keySet().iterator().next());
        }
    }

    /** Whether the evidence of that site may be used: as the jail wants it that told of it last. */
    private boolean isWatched(String site) {
        String teller = tellers.get(site);
        return teller == null ? !jails.isEmpty() : jails.contains(teller);
    }

    @Override
    public Optional<Objection> against(Question question, Instant now) {
        return asked(question, now, attempt -> {
            Judgement judgement = kept.known().judge(question.site(), attempt);
            if (judgement instanceof Judgement.Refuse(Kind kind, String reason)) {
                refused++;
                return Optional.of(new Objection(reason(kind), reason));
            }
            return Optional.empty();
        });
    }

    private static Answer.Reason reason(Kind kind) {
        return kind == Kind.ADDRESS ? Answer.Reason.EVIDENCE : Answer.Reason.CAMPAIGN;
    }

    @Override
    public boolean hasSucceeded(Question question, Instant now) {
        return asked(
                        question,
                        now,
                        _ -> Optional.of(kept.known().hasSucceeded(question.site(), question.address(), now)))
                .orElse(false);
    }

    @Override
    public void answered(Question question, boolean wasRefused, Instant now) {
        asked(question, now, attempt -> {
            if (wasRefused && !kept.known().knows(question.site())) {
                return Optional.empty();
            }
            if (wasRefused) {
                Judgement judgement = record(question.site(), attempt.shielded());
                refusals.note(question.site(), attempt, judgement);
            } else {
                kept.known().asked(question.site(), attempt);
            }
            return Optional.empty();
        });
    }

    /** What is to be said of the attempt that the question is about; nothing where it must not, or would have to wait. */
    private <T> Optional<T> asked(Question question, Instant now, Function<Attempt, Optional<T>> answer) {
        Optional<Attempt> attempt = jails.isEmpty() ? Optional.empty() : AskedAttempt.of(question, now);
        if (attempt.isEmpty() || !kept.enter(PATIENCE_MILLIS)) {
            return Optional.empty();
        }
        try {
            return isWatched(question.site()) ? answer.apply(attempt.get()) : Optional.empty();
        } finally {
            kept.unlock();
        }
    }

    @Override
    public List<CampaignNews> open(Instant now) {
        return kept.ask(List.of(), known -> known.news(now));
    }

    @Override
    public List<Standing> explain(IpAddress address, Instant now) {
        return kept.ask(List.of(), known -> known.explain(address, now));
    }

    @Override
    public int sites() {
        return kept.ask(0, Sites::size);
    }

    /** As the jail has it that was put together last. */
    @Override
    public double budget() {
        return budget;
    }

    /** How the evidence is doing, as the JSON contract has it. */
    Map<String, Object> status() {
        kept.lock();
        try {
            Sites.Tally tally = kept.ask(new Sites.Tally(0, 0, 0, 0), known -> known.tally(clock.instant()));
            return Json.of(
                    "sites", tally.sites(),
                    "calibrated", tally.calibrated(),
                    "campaigns", tally.campaigns(),
                    "refused", refused,
                    "regrets", tally.regrets());
        } finally {
            kept.unlock();
        }
    }

    /** Writes the file where that is due. */
    void saveNowAndThen() {
        kept.saveNowAndThen();
    }

    /** Writes the file if something has changed. What cannot be written is tried again next time. */
    void save() {
        kept.save();
    }
}
