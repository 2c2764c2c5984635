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
import bailiff.line.AccessRecord;
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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The evidence of the sites that the guard's jails tell of: hears their lines, speaks to the shield, and is kept in a
 * file. Safe for any thread.
 *
 * <p>Nothing is there before a jail tells of a site, or the shield is asked about one. A crash loses what was learnt since
 * the file was written last, {@link #SAVE_EVERY} at most; then an attack is seen later. But a campaign that has begun is
 * in the file within {@link #SAVE_SOON} and the pause of whoever writes it.
 */
final class SiteWatch implements GuardListener, Opinion, CampaignBook {

    /*
     * A refusal is counted when it is given, so that one counts also where nobody can write a line of it; the line that
     * tells of it afterwards is known for it and not counted again. But nobody is banned by a question, which
     * any user of the machine may ask: what the refusal came to is kept, and holds when a line of a jail confirms it.
     */

    /** How often the file is written while something happens. */
    static final Duration SAVE_EVERY = Duration.ofMinutes(5);

    /** How often where a campaign has begun, which a crash must not undo; an attacker may begin many. */
    static final Duration SAVE_SOON = Duration.ofSeconds(10);

    static final String FILE = "evidence";

    /** For how long a web server that cannot ask turns away whom the shield would refuse for himself. */
    private static final Duration REFUSED_AT_THE_DOOR = Duration.ofHours(1);

    /** Whoever asks before a login waits no longer for a jail that tells, or for the file; then the attempt goes on. */
    private static final long PATIENCE_MILLIS = 2;

    /** Sites of which it is remembered which jail told of them; each has a name of 100 characters at most. */
    private static final int MOST_TELLERS = 4_096;

    /** Attempts that wait for the jail of their log, which asks within seconds; more are let go. */
    private static final int MOST_OTHERS = 8_192;

    /** Verified services are spared by the jails and by the shield already: their attempts never come here. */
    private static final CidrSet NOBODY = new CidrSet(List.of());

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private final StateFile file;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** The jails whose lines are weighed. */
    private final Set<String> jails = ConcurrentHashMap.newKeySet();

    private final Map<String, String> tellers = new LinkedHashMap<>(16, 0.75f, true);

    /** How many campaigns were opened at each site, when that was looked at last. */
    private final Map<String, Integer> opened = new LinkedHashMap<>(16, 0.75f, true);

    private final Hearsay hearsay = new Hearsay();

    /** Which jail reads which access log. */
    private final Map<String, String> owners = new TreeMap<>();

    /** What access logs told of whose jail has not asked since. */
    private final List<Sites.Told> others = new ArrayList<>();

    private final RefusedAttempts refusals = new RefusedAttempts();
    private volatile BiConsumer<IpAddress, Instant> refusedAtTheDoor = (_, _) -> {};
    private @Nullable Sites sites;
    private boolean changed;
    private Instant saved;
    private volatile boolean begun;
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
        if (options.use() != EvidenceOptions.Use.AUTO) {
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

    /**
     * Who takes the lines of that jail as requests from now on, where its options say that they are.
     *
     * @param zone of the times that name none
     */
    Requests requests(String jail, EvidenceOptions options, ZoneId zone) {
        if (options.use() != EvidenceOptions.Use.ACCESS) {
            return Requests.NONE;
        }
        jails.add(jail);
        return new AccessRequests(new LogWatch(jail, new Allowance(options.wrongbans())), zone);
    }

    /** What the requests of one jail are told to. */
    private final class LogWatch implements AccessRequests.Watched {

        private final String jail;
        private final Allowance budget;
        private String allowed = "";

        private LogWatch(String jail, Allowance budget) {
            this.jail = jail;
            this.budget = budget;
        }

        @Override
        public List<Sites.Told> read(String log, AccessRecord request, Instant now) {
            lock.lock();
            try {
                Sites known = known();
                if (!log.equals(allowed)) {
                    allowed = log;
                    known.allow(log, budget);
                    owners.put(log, jail);
                }
                changed = true;
                return own(known.read(log, request, now));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public List<Sites.Told> due(Instant now) {
            lock.lock();
            try {
                return own(known().due(now));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean isWaiting() {
            lock.lock();
            try {
                return known().isWaiting();
            } finally {
                lock.unlock();
            }
        }

        /** Those of this jail, also such as others were told of before; what is another's waits for it. */
        private List<Sites.Told> own(List<Sites.Told> told) {
            if (told.isEmpty() && others.isEmpty()) {
                return told;
            }
            others.addAll(told);
            List<Sites.Told> own = others.stream()
                    .filter(one -> jail.equals(owners.get(one.log())))
                    .toList();
            others.removeAll(own);
            while (others.size() > MOST_OTHERS) {
                others.removeFirst();
            }
            return own;
        }
    }

    @Override
    public void jailStopped(String jail) {
        jails.remove(jail);
        lock.lock();
        try {
            owners.values().remove(jail);
        } finally {
            lock.unlock();
        }
    }

    /** Has him told, from now on, of each address whose next attempt would be refused for what it did itself, and until when. */
    void tellOfRefused(BiConsumer<IpAddress, Instant> door) {
        refusedAtTheDoor = door;
    }

    private Optional<Judgement.Ban> tell(String jail, Allowance allowance, Testimony told) {
        Attempt attempt = told.attempt();
        boolean refusedForItself;
        Judgement judgement;
        lock.lock();
        try {
            if (jails.size() > 1 && !hearsay.isNews(jail, told)) {
                return Optional.empty();
            }
            teller(told.site(), jail);
            Optional<Judgement> counted = told.isShielded() ? refusals.confirm(told.site(), attempt) : Optional.empty();
            judgement = counted.orElseGet(() -> record(allowance, told));
            refusedForItself = known().judge(told.site(), attempt) instanceof Judgement.Refuse(Kind kind, String _)
                    && kind == Kind.ADDRESS;
        } finally {
            lock.unlock();
        }
        if (judgement instanceof Judgement.Ban ban) {
            return Optional.of(ban);
        }
        if (refusedForItself) {
            refusedAtTheDoor.accept(attempt.client(), attempt.time().plus(REFUSED_AT_THE_DOOR));
        }
        return Optional.empty();
    }

    private Judgement record(Allowance allowance, Testimony told) {
        known().allow(told.site(), allowance);
        return record(told.site(), told.attempt());
    }

    private Judgement record(String site, Attempt attempt) {
        Sites known = known();
        changed = true;
        Judgement judgement = known.record(site, attempt, clock.instant());
        lookForCampaigns(known, site);
        return judgement;
    }

    private void lookForCampaigns(Sites known, String site) {
        int count = known.evidence(site).map(SiteEvidence::campaignsOpened).orElse(0);
        Integer before = opened.put(site, count);
        if (count > (before == null ? 0 : before)) {
            begun = true;
            hurry.run();
        }
        if (opened.size() > MOST_TELLERS) {
            opened.remove(opened.keySet().iterator().next());
        }
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
        if (!now.isBefore(saved.plus(begun ? SAVE_SOON : SAVE_EVERY))) {
            saved = now;
            begun = false;
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
