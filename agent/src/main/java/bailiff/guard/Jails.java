package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Bantime;
import bailiff.ban.Increment;
import bailiff.ban.Jail;
import bailiff.ban.Sentencing;
import bailiff.config.Exemptions;
import bailiff.config.Gate;
import bailiff.config.JailDefinition;
import bailiff.config.Problem;
import bailiff.config.Sources;
import bailiff.enforce.Change;
import bailiff.enforce.Fence;
import bailiff.enforce.Protocol;
import bailiff.evidence.AddressEvidence;
import bailiff.evidence.Limits;
import bailiff.evidence.Room;
import bailiff.filter.Outcome;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.line.LogLine;
import bailiff.net.Cidr;
import bailiff.source.ChangeWatcher;
import bailiff.source.Follower;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
            Sanctuary sanctuary,
            HostNames names,
            Consumer<List<Change>> enforcement,
            GuardListener listener,
            InstantSource clock) {}

    /** A jail that runs, and what its configuration was when it began. */
    private record Running(Rules rules, JailLoop loop, ChangeWatcher.Registration registration) {}

    /** What a jail is made of: when two of them are equal, the jail need not be begun anew. */
    private record Rules(
            String name,
            Object filter,
            Limits limits,
            Bantime bantime,
            Increment increment,
            int matches,
            Sources sources,
            String usedns,
            Exemptions exemptions,
            boolean enforced) {}

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    /** How long a jail may take to say whom it has banned; after that the ledger is asked. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /* For names in ignoreip at a start; a jail whose names are not known by then learns them while it runs. */
    private static final Duration NAMES_PATIENCE = Duration.ofSeconds(2);

    private static final Duration COMMAND_PATIENCE = Duration.ofSeconds(10);
    private static final Sources NOTHING =
            new Sources(Sources.Backend.FILES, List.of(), List.of(), Map.of(), StandardCharsets.UTF_8);
    private static final Bantime A_DAY = new Bantime(Duration.ofDays(1));

    private final Shared shared;
    private final SecureRandom chance = new SecureRandom();
    private final SharedRoom room = new SharedRoom(AddressEvidence.MOST_SOURCES);
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<String, List<String>> faults = new LinkedHashMap<>();

    /** The loops of the jails that run, for those who must not wait for a reload. */
    private final Map<String, JailLoop> loops = new ConcurrentHashMap<>();

    private Map<String, List<Fence>> fences = Map.of();

    Jails(Shared shared) {
        this.shared = shared;
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
        Map<String, Running> before = new LinkedHashMap<>(running);
        running.clear();
        faults.clear();
        plan.faults().forEach((name, problems) -> faults.put(name, words(problems)));
        keepOrBegin(byHand(plan, before.values()), (_, _) -> Outcome.UNMATCHED, before);
        for (Plan.Compiled jail : plan.jails()) {
            keepOrBegin(rules(jail), jail.filter()::apply, before);
        }
        before.forEach((name, old) -> keepOrEnd(plan, name, old));
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
                anew(rules(jail), jail.filter()::apply);
            }
        }
        anew(byHand(plan, running.values()), (_, _) -> Outcome.UNMATCHED);
        sort(plan);
    }

    private void anew(Rules rules, BiFunction<LogLine, Instant, Outcome> filter) {
        Map<String, Running> before = new LinkedHashMap<>();
        Optional.ofNullable(running.remove(rules.name())).ifPresent(old -> before.put(rules.name(), old));
        keepOrBegin(rules, filter, before);
    }

    /** The jail for bans by hand first, then the others in the order of the files. */
    private void sort(Plan plan) {
        Map<String, Running> unsorted = new LinkedHashMap<>(running);
        running.clear();
        Stream.concat(
                        Stream.of(BY_HAND),
                        plan.jails().stream().map(jail -> jail.definition().name()))
                .filter(unsorted::containsKey)
                .forEach(name -> Optional.ofNullable(unsorted.remove(name)).ifPresent(jail -> running.put(name, jail)));
        running.putAll(unsorted);
    }

    private static List<String> words(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private void keepOrEnd(Plan plan, String name, Running old) {
        if (plan.faults().containsKey(name)) {
            running.put(name, old);
        } else if (plan.isUncertain()) {
            running.put(name, old);
            faults.put(name, List.of("It is not in what could be read of the configuration."));
        } else {
            end(name, old);
        }
    }

    private void keepOrBegin(Rules rules, BiFunction<LogLine, Instant, Outcome> filter, Map<String, Running> before) {
        Running old = before.remove(rules.name());
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
            running.put(rules.name(), begin(rules, filter, idle));
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

    private Running begin(Rules rules, BiFunction<LogLine, Instant, Outcome> filter, boolean idle)
            throws LedgerException {
        Memory memory = new Memory(rules.name(), shared.ledger(), rules.matches());
        // Bans that ended while the jail did not run: whoever was told of them has to be told of their end.
        new Leftovers(shared.ledger(), shared.listener(), shared.clock()).endOver(rules.name());
        Sentencing sentencing = new Sentencing(rules.bantime(), rules.increment(), memory, chance);
        Jail jail = new Jail(rules.name(), filter, rules.limits(), sentencing, new Room(chance.nextLong(), room));
        List<Ban> standing = memory.restore(jail, shared.clock().instant());
        standing.forEach(shared.listener()::restored);
        Follower follower =
                Followers.of(rules.sources(), memory.bookmarks(), rules.limits().findtime(), shared.clock());
        Consumer<List<Change>> enforcement = rules.enforced() ? shared.enforcement() : _ -> {};
        JailKeeper keeper = new JailKeeper(new JailKeeper.Parts(
                jail, follower, memory, enforcement, shared.listener(), shared.clock(), suspects(rules)));
        Exempt exempt = shared.sanctuary().of(rules.exemptions().ignoreip());
        JailLoop loop = new JailLoop(rules.name(), keeper, exempt);
        ChangeWatcher.Registration registration = follower.wakeBy(shared.watcher(), loop::wake);
        shared.listener()
                .jailStarted(rules.name(), rules.bantime(), rules.limits().maxretry());
        loop.idle(idle);
        loops.put(rules.name(), loop);
        loop.start();
        return new Running(rules, loop, registration);
    }

    private Suspects suspects(Rules rules) {
        Exemptions exemptions = rules.exemptions();
        IgnoreCommand ignore = new IgnoreCommand(
                rules.name(),
                exemptions.ignorecommand(),
                exemptions.ignorecache(),
                ShellRunner.here(COMMAND_PATIENCE),
                shared.clock());
        return new Suspects(new NamedFailures(rules.name(), rules.usedns(), shared.names(), shared.clock()), ignore);
    }

    private void end(String name, Running jail) {
        jail.registration().close();
        jail.loop().stop();
        loops.remove(name, jail.loop());
        shared.listener().jailStopped(name);
    }

    private static Rules rules(Plan.Compiled jail) {
        JailDefinition definition = jail.definition();
        return new Rules(
                definition.name(),
                definition.filter(),
                jail.limits(),
                definition.limits().bantime(),
                definition.limits().increment(),
                definition.limits().maxmatches(),
                definition.sources(),
                definition.filter().usedns(),
                definition.exemptions(),
                ScriptedJail.isEnforcedNatively(definition));
    }

    /** Closes every port, so it spares whom any jail spares, also those that go on with their old rules. */
    private static Rules byHand(Plan plan, Collection<Running> before) {
        Stream<String> old = before.stream()
                .map(Running::rules)
                .filter(rules -> plan.faults().containsKey(rules.name()) || plan.isUncertain())
                .flatMap(rules -> rules.exemptions().ignoreip().stream());
        Stream<String> now = plan.jails().stream().flatMap(jail -> jail.definition().exemptions().ignoreip().stream());
        List<String> ignoreip = Stream.concat(now, old).distinct().toList();
        return new Rules(
                BY_HAND,
                "",
                new Limits(1, Duration.ofDays(1), 128),
                A_DAY,
                Increment.NONE,
                0,
                NOTHING,
                "no",
                new Exemptions(ignoreip, true),
                true);
    }

    /** What bans will close once the plan's jails {@link #run}, with those that go on with their old rules. */
    synchronized List<Fence> fences(Plan plan) {
        Map<String, List<Fence>> after = new LinkedHashMap<>();
        fences.forEach((name, old) -> {
            if (plan.faults().containsKey(name) || plan.isUncertain()) {
                after.put(name, old);
            }
        });
        plan.jails().forEach(jail -> after.put(jail.definition().name(), fences(jail)));
        return keep(after);
    }

    /** The same for {@link #mend}. */
    synchronized List<Fence> fences(Plan plan, Set<String> names) {
        Map<String, List<Fence>> after = new LinkedHashMap<>(fences);
        names.stream()
                .filter(name -> !plan.faults().containsKey(name) && !plan.isUncertain())
                .forEach(after::remove);
        plan.jails().stream()
                .filter(jail -> names.contains(jail.definition().name()))
                .forEach(jail -> after.put(jail.definition().name(), fences(jail)));
        return keep(after);
    }

    private List<Fence> keep(Map<String, List<Fence>> after) {
        fences = after;
        Stream<Fence> byHand = Stream.of(new Fence(BY_HAND, Protocol.ALL, List.of()));
        return Stream.concat(byHand, after.values().stream().flatMap(List::stream))
                .toList();
    }

    private static List<Fence> fences(Plan.Compiled jail) {
        if (!ScriptedJail.isEnforcedNatively(jail.definition())) {
            return List.of();
        }
        List<Fence> fences = new ArrayList<>();
        for (Gate gate : jail.definition().gates()) {
            Protocol protocol = Protocol.named(gate.protocol()).orElse(Protocol.ALL);
            fences.add(new Fence(jail.definition().name(), protocol, gate.ports()));
        }
        return fences;
    }

    /** The names of the jails that should run and do not. */
    synchronized List<String> degraded() {
        return faults.keySet().stream()
                .filter(name -> name.equals(BY_HAND) || !running.containsKey(name))
                .toList();
    }

    /** The running jails, in the order of the files, the one for bans by hand first. */
    synchronized Collection<JailLoop> all() {
        return running.values().stream().map(Running::loop).toList();
    }

    /** The bans of each jail that runs and answers. Waits for their threads, a few seconds at most. */
    Map<String, List<Ban>> bans() {
        Map<String, CompletableFuture<List<Ban>>> asked = new LinkedHashMap<>();
        all().forEach(loop -> asked.put(loop.name(), loop.ask(JailKeeper::bans)));
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

    synchronized Optional<JailLoop> named(String name) {
        return Optional.ofNullable(running.get(name)).map(Running::loop);
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
        List<Running> now;
        synchronized (this) {
            now = List.copyOf(running.values());
        }
        List<Cidr> own = shared.sanctuary().own();
        for (Running jail : now) {
            jail.loop().spare(shared.sanctuary().of(jail.rules().exemptions().ignoreip(), own));
        }
    }

    /** Ends every jail; what they have read is decided and written down first. */
    synchronized void stop() {
        running.forEach(this::end);
        running.clear();
    }
}
