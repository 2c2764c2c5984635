package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.config.Problem;
import bailiff.enforce.Change;
import bailiff.filter.Outcome;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.line.LogLine;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import bailiff.source.ChangeWatcher;
import bailiff.source.SyslogSockets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jails that run, and how they come and go. Safe for any thread. */
final class Jails {

    /** The jail of bans by hand that name no other: it reads no log and closes every port. */
    static final String BY_HAND = Plan.BY_HAND;

    /** What all jails share. */
    record Shared(
            Ledger ledger,
            ChangeWatcher watcher,
            SyslogSockets sockets,
            Lookout lookout,
            Sanctuary sanctuary,
            HostNames names,
            Consumer<List<Change>> enforcement,
            SiteWatch watch,
            GuardListener listener,
            InstantSource clock) {}

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    /** How long a jail may take to say whom it has banned; after that the ledger is asked. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /* For names in ignoreip at a start; a jail whose names are not known by then learns them while it runs. */
    private static final Duration NAMES_PATIENCE = Duration.ofSeconds(2);

    private final Shared shared;
    private final Jailer jailer;
    private final Map<String, RunningJail> running = new LinkedHashMap<>();
    private final Map<String, List<String>> faults = new LinkedHashMap<>();

    /** The loops of the jails that run, for those who must not wait for a reload. */
    private final Map<String, JailLoop> loops = new ConcurrentHashMap<>();

    Jails(Shared shared) {
        this.shared = shared;
        this.jailer = new Jailer(shared);
    }

    /**
     * Lets the plan's jails run, and the one for bans by hand: those that have not changed go on undisturbed, those that
     * have are begun anew with the counters and bans that the ledger holds. A jail that ran and now has a fault goes on
     * with its old rules; so does one that cannot be begun anew since the ledger cannot be read, and one that may only
     * be missing because something could not be read. What is wrong with whom, {@link #faults()} tells.
     */
    void run(Plan plan) {
        // Before the lock: whoever asks the jails something must not wait for name servers.
        prepareNames(plan);
        exchange(plan);
    }

    private void prepareNames(Plan plan) {
        List<String> listed = plan.jails().stream()
                .flatMap(jail -> jail.definition().exemptions().ignoreip().stream())
                .toList();
        shared.sanctuary().prepare(listed, NAMES_PATIENCE);
    }

    private synchronized void exchange(Plan plan) {
        Map<String, RunningJail> before = new LinkedHashMap<>(running);
        running.clear();
        faults.clear();
        plan.faults().forEach((name, problems) -> faults.put(name, words(problems)));
        keepOrBegin(JailRules.byHand(plan, rules(before)), (_, _) -> Outcome.UNMATCHED, before);
        for (Plan.Compiled jail : plan.jails()) {
            keepOrBegin(JailRules.of(jail), jail.filter()::apply, before);
        }
        before.forEach((name, old) -> keepOrEnd(plan, name, old));
        shared.sockets().sweep();
    }

    /**
     * Tries these jails again, in the rules that the plan has for them, and touches no other but the one for bans by hand.
     * One that is gone from the plan ends, unless it may only be missing because something could not be read.
     */
    void mend(Plan plan, Set<String> names) {
        prepareNames(plan);
        exchange(plan, names);
    }

    private synchronized void exchange(Plan plan, Set<String> names) {
        Set<String> sound = new HashSet<>(Set.of(BY_HAND));
        plan.jails().forEach(jail -> sound.add(jail.definition().name()));
        for (String name : names) {
            List<Problem> problems = plan.faults().get(name);
            if (problems != null) {
                faults.put(name, words(problems));
            } else if (sound.contains(name)) {
                faults.remove(name);
            } else if (!plan.isUncertain()) {
                faults.remove(name);
                Optional.ofNullable(running.remove(name)).ifPresent(old -> end(name, old));
            }
        }
        for (Plan.Compiled jail : plan.jails()) {
            if (names.contains(jail.definition().name())) {
                anew(JailRules.of(jail), jail.filter()::apply);
            }
        }
        anew(JailRules.byHand(plan, rules(running)), (_, _) -> Outcome.UNMATCHED);
        sort(plan);
        shared.sockets().sweep();
    }

    private void anew(JailRules rules, BiFunction<LogLine, Instant, Outcome> filter) {
        Map<String, RunningJail> before = new LinkedHashMap<>();
        Optional.ofNullable(running.remove(rules.name())).ifPresent(old -> before.put(rules.name(), old));
        keepOrBegin(rules, filter, before);
    }

    /** The jail for bans by hand first, then the others in the order of the files. */
    private void sort(Plan plan) {
        Map<String, RunningJail> unsorted = new LinkedHashMap<>(running);
        running.clear();
        Stream.concat(
                        Stream.of(BY_HAND),
                        plan.jails().stream().map(jail -> jail.definition().name()))
                .filter(unsorted::containsKey)
                .forEach(name -> Optional.ofNullable(unsorted.remove(name)).ifPresent(jail -> running.put(name, jail)));
        running.putAll(unsorted);
    }

    private static List<JailRules> rules(Map<String, RunningJail> jails) {
        return jails.values().stream().map(RunningJail::rules).toList();
    }

    private static List<String> words(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private void keepOrEnd(Plan plan, String name, RunningJail old) {
        if (plan.faults().containsKey(name)) {
            running.put(name, old);
        } else if (plan.isUncertain()) {
            running.put(name, old);
            faults.put(name, List.of("It is not in what could be read of the configuration."));
        } else {
            end(name, old);
        }
    }

    private void keepOrBegin(
            JailRules rules, BiFunction<LogLine, Instant, Outcome> filter, Map<String, RunningJail> before) {
        RunningJail old = before.remove(rules.name());
        if (old != null && old.rules().equals(rules)) {
            running.put(rules.name(), old);
            return;
        }
        try {
            // Asked first, so that a jail is not ended that then could not be begun again.
            shared.ledger().bookmarks(rules.name());
            boolean idle = old != null && old.loop().isIdle();
            if (old != null) {
                end(rules.name(), old);
                old = null;
            }
            begin(rules, filter, idle);
        } catch (LedgerException e) {
            faults.put(rules.name(), List.of(Faults.words(e) + " It is tried again."));
            if (old != null) {
                running.put(rules.name(), old);
            }
        }
    }

    /**
     * What is wrong with each jail that does not run as the configuration says, by its name. One that {@link #named}
     * knows all the same goes on with its old rules, the others do not run.
     */
    synchronized Map<String, List<String>> faults() {
        return new LinkedHashMap<>(faults);
    }

    private void begin(JailRules rules, BiFunction<LogLine, Instant, Outcome> filter, boolean idle)
            throws LedgerException {
        RunningJail jail = jailer.begin(rules, filter);
        shared.listener()
                .jailStarted(rules.name(), rules.bantime(), rules.limits().maxretry());
        jail.loop().idle(idle);
        running.put(rules.name(), jail);
        // Before its first ban, whose outcome is to be told to it.
        loops.put(rules.name(), jail.loop());
        jail.loop().start();
    }

    private void end(String name, RunningJail jail) {
        jail.end();
        loops.remove(name, jail.loop());
        shared.listener().jailStopped(name);
    }

    /** The names of the jails that should run and do not. */
    synchronized List<String> degraded() {
        return faults.keySet().stream()
                .filter(name -> name.equals(BY_HAND) || !running.containsKey(name))
                .toList();
    }

    /** The running jails, in the order of the files, the one for bans by hand first. */
    synchronized Collection<JailLoop> all() {
        return running.values().stream().map(RunningJail::loop).toList();
    }

    /** The bans of each jail that runs and answers. Waits for their threads, a few seconds at most. */
    Map<String, List<Ban>> bans() {
        Map<String, CompletableFuture<List<Ban>>> asked = new LinkedHashMap<>();
        all().forEach(loop ->
                asked.put(loop.name(), loop.ask(keeper -> keeper.bans().all())));
        Map<String, List<Ban>> bans = new LinkedHashMap<>();
        for (var entry : asked.entrySet()) {
            try {
                bans.put(entry.getKey(), entry.getValue().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS));
            } catch (ExecutionException | TimeoutException e) {
                LOG.debug("[{}] The jail does not say whom it has banned.", entry.getKey(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return bans;
            }
        }
        return bans;
    }

    /** Has every jail write down what it has decided, and waits for that. */
    void settle() {
        bans();
    }

    /** Has a jail write down what became of its ban; false when it cannot. Does not wait for anybody. */
    boolean enforced(Change change, Enforcement enforcement, Runnable telling) {
        JailLoop loop = loops.get(change.jail());
        return loop != null && loop.enforced(change.subject(), enforcement, telling);
    }

    /** Whether that jail runs and must not ban the address. Does not wait for anybody. */
    boolean isSpared(String name, IpAddress address) {
        JailLoop loop = loops.get(name);
        return loop != null && loop.never().contains(address);
    }

    synchronized Optional<JailLoop> named(String name) {
        return Optional.ofNullable(running.get(name)).map(RunningJail::loop);
    }

    /** Whether {@link #refreshListed} may ever have something to do. */
    boolean mayListOthers() {
        return shared.sanctuary().mayListOthers();
    }

    /** Has the jails spare others when a file of {@code ignoreip} or the addresses of a name there have changed. */
    void refreshListed() {
        if (shared.sanctuary().look()) {
            refreshSanctuary();
        }
    }

    /** Asks the system again who must not be banned: people log in, addresses change. */
    void refreshSanctuary() {
        List<RunningJail> now;
        synchronized (this) {
            now = List.copyOf(running.values());
        }
        List<Cidr> own = shared.sanctuary().own();
        for (RunningJail jail : now) {
            jail.loop().spare(shared.sanctuary().of(jail.rules().exemptions(), own));
        }
    }

    /** Ends every jail; what they have read is decided and written down first. */
    synchronized void stop() {
        running.forEach(this::end);
        running.clear();
    }
}
