package bailiff.guard;

import bailiff.config.EvidenceOptions;
import bailiff.control.Json;
import bailiff.evidence.site.Allowance;
import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.CampaignNews;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Kind;
import bailiff.evidence.site.SiteEvidence;
import bailiff.evidence.site.Sites;
import bailiff.evidence.site.Standing;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import bailiff.shield.Answer;
import bailiff.shield.Objection;
import bailiff.shield.Opinion;
import bailiff.shield.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The evidence of the sites that the guard's jails tell of: hears their lines, speaks to the shield, and is kept in a
 * file. Safe for any thread.
 *
 * <p>Nothing is there before a jail tells of a site, or the shield is asked about one. A crash loses what was learnt since
 * the file was written last, {@link #SAVE_EVERY} at most; then an attack is seen later.
 */
final class SiteWatch implements GuardListener, Opinion, CampaignBook {

    /*
     * A refusal is counted when it is given, so that one counts also where nobody can write a line of it; the line that
     * tells of it afterwards is known for it and not counted again. But nobody is banned by a question, which
     * any user of the machine may ask: what the refusal came to is kept, and holds when a line of a jail confirms it.
     */

    /** How often the file is written while something happens. */
    static final Duration SAVE_EVERY = Duration.ofMinutes(5);

    static final String FILE = "evidence";

    /** Whoever asks before a login waits no longer for a jail that tells, or for the file; then the attempt goes on. */
    private static final long PATIENCE_MILLIS = 2;

    /** Sites of which it is remembered which jail told of them; each has a name of 100 characters at most. */
    private static final int MOST_TELLERS = 4_096;

    /** Verified services are spared by the jails and by the shield already: their attempts never come here. */
    private static final CidrSet NOBODY = new CidrSet(List.of());

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private final StateFile file;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** The jails whose lines are weighed. */
    private final Set<String> jails = ConcurrentHashMap.newKeySet();

    private final Map<String, String> tellers = new LinkedHashMap<>(16, 0.75f, true);
    private final RefusedAttempts refusals = new RefusedAttempts();
    private @Nullable Sites sites;
    private boolean changed;
    private Instant saved;
    private long refused;
    private volatile double budget = Allowance.USUAL.perYear();
    private volatile Runnable hurry = () -> {};

    private SiteWatch(StateFile file, InstantSource clock, @Nullable Sites sites) {
        this.file = file;
        this.clock = clock;
        this.sites = sites;
        this.saved = clock.instant();
    }

    /** What the file in that directory knows; nothing yet where there is none, or a damaged one. */
    static SiteWatch in(Path state, InstantSource clock) {
        StateFile file = new StateFile(state.resolve(FILE), Sites.MOST_BYTES);
        return new SiteWatch(file, clock, read(file));
    }

    private static @Nullable Sites read(StateFile file) {
        try {
            Optional<byte[]> bytes = file.read();
            if (bytes.isEmpty()) {
                return null;
            }
            Optional<Sites> restored = Sites.restored(Allowance.USUAL, NOBODY, bytes.get());
            if (restored.isEmpty()) {
                LOG.warn("{} is damaged or of another version. The evidence of the sites begins anew.", file.file());
            }
            return restored.orElse(null);
        } catch (IOException e) {
            LOG.warn("The evidence of the sites could not be read, and begins anew. {}", Faults.words(e));
            return null;
        }
    }

    /** Who hears the lines of that jail from now on. */
    Witness witness(String jail, EvidenceOptions options) {
        if (options.use() == EvidenceOptions.Use.NO) {
            jails.remove(jail);
            return Witness.NOBODY;
        }
        jails.add(jail);
        Allowance allowance = new Allowance(options.wrongbans());
        budget = options.wrongbans();
        return (event, live, now) -> {
            Instant said = live ? now : Testimony.time(event, now);
            return Testimony.of(event, said.isAfter(now) ? now : said).flatMap(told -> tell(jail, allowance, told));
        };
    }

    /** Runs that, from now on, as soon as a campaign has begun: it must be quick. */
    void follow(Runnable begun) {
        hurry = begun;
    }

    @Override
    public void jailStopped(String jail) {
        jails.remove(jail);
    }

    private Optional<Judgement.Ban> tell(String jail, Allowance allowance, Testimony told) {
        lock.lock();
        try {
            teller(told.site(), jail);
            Optional<Judgement> counted =
                    told.isShielded() ? refusals.confirm(told.site(), told.attempt()) : Optional.empty();
            Judgement judgement = counted.orElseGet(() -> record(allowance, told));
            return judgement instanceof Judgement.Ban ban ? Optional.of(ban) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Judgement record(Allowance allowance, Testimony told) {
        known().allow(told.site(), allowance);
        return record(told.site(), told.attempt());
    }

    private Judgement record(String site, Attempt attempt) {
        Sites known = known();
        int before = campaigns(known, site);
        changed = true;
        Judgement judgement = known.record(site, attempt);
        if (campaigns(known, site) > before) {
            hurry.run();
        }
        return judgement;
    }

    private static int campaigns(Sites known, String site) {
        return known.evidence(site).map(SiteEvidence::campaignsOpened).orElse(0);
    }

    private void teller(String site, String jail) {
        tellers.put(site, jail);
        if (tellers.size() > MOST_TELLERS) {
            tellers.remove(tellers.keySet().iterator().next());
        }
    }

    private Sites known() {
        Sites known = sites;
        if (known == null) {
            known = new Sites(Allowance.USUAL, NOBODY);
            sites = known;
        }
        return known;
    }

    /** Whether the evidence of that site may be used: as the jail wants it that told of it last. */
    private boolean isWatched(String site) {
        String teller = tellers.get(site);
        return teller == null ? !jails.isEmpty() : jails.contains(teller);
    }

    @Override
    public Optional<Objection> against(Question question, Instant now) {
        return asked(question, now, attempt -> {
            Judgement judgement = known().judge(question.site(), attempt);
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
        return asked(question, now, _ -> Optional.of(known().hasSucceeded(question.site(), question.address(), now)))
                .orElse(false);
    }

    @Override
    public void answered(Question question, boolean wasRefused, Instant now) {
        asked(question, now, attempt -> {
            if (wasRefused && !known().knows(question.site())) {
                return Optional.empty();
            }
            if (wasRefused) {
                Judgement judgement = record(question.site(), attempt.shielded());
                refusals.note(question.site(), attempt, judgement);
            } else {
                known().asked(question.site(), attempt);
            }
            return Optional.empty();
        });
    }

    /** What is to be said of the attempt that the question is about; nothing where it must not, or would have to wait. */
    private <T> Optional<T> asked(Question question, Instant now, Function<Attempt, Optional<T>> answer) {
        Optional<Attempt> attempt = jails.isEmpty() ? Optional.empty() : AskedAttempt.of(question, now);
        if (attempt.isEmpty() || !enter()) {
            return Optional.empty();
        }
        try {
            return isWatched(question.site()) ? answer.apply(attempt.get()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private boolean enter() {
        try {
            return lock.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public List<CampaignNews> open(Instant now) {
        return ask(List.of(), known -> known.news(now));
    }

    @Override
    public List<Standing> explain(IpAddress address, Instant now) {
        return ask(List.of(), known -> known.explain(address, now));
    }

    @Override
    public int sites() {
        return ask(0, Sites::size);
    }

    /** As the jail has it that was put together last. */
    @Override
    public double budget() {
        return budget;
    }

    private <T> T ask(T nothing, Function<Sites, T> question) {
        lock.lock();
        try {
            Sites known = sites;
            return known == null ? nothing : question.apply(known);
        } finally {
            lock.unlock();
        }
    }

    /** How the evidence is doing, as the JSON contract has it. */
    Map<String, Object> status() {
        lock.lock();
        try {
            Sites known = sites;
            Sites.Tally tally = known == null ? new Sites.Tally(0, 0, 0, 0) : known.tally(clock.instant());
            return Json.of(
                    "sites", tally.sites(),
                    "calibrated", tally.calibrated(),
                    "campaigns", tally.campaigns(),
                    "refused", refused,
                    "regrets", tally.regrets());
        } finally {
            lock.unlock();
        }
    }

    /** Writes the file where that is due. */
    void saveNowAndThen() {
        Instant now = clock.instant();
        if (!now.isBefore(saved.plus(SAVE_EVERY))) {
            saved = now;
            save();
        }
    }

    /** Writes the file if something has changed. What cannot be written is tried again next time. */
    void save() {
        byte[] state;
        lock.lock();
        try {
            if (!changed || sites == null) {
                return;
            }
            changed = false;
            state = sites.save();
        } finally {
            lock.unlock();
        }
        try {
            file.write(state);
        } catch (IOException e) {
            LOG.warn("The evidence of the sites could not be written. {}", Faults.words(e));
            lock.lock();
            try {
                changed = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
