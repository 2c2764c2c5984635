package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Bantime;
import bailiff.ban.Jail;
import bailiff.config.Gate;
import bailiff.config.JailDefinition;
import bailiff.enforce.Change;
import bailiff.enforce.Fence;
import bailiff.enforce.Protocol;
import bailiff.evidence.Limits;
import bailiff.filter.Outcome;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.line.LogLine;
import bailiff.net.CidrSet;
import bailiff.source.ChangeWatcher;
import bailiff.source.LogFollower;
import bailiff.source.LogPath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
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
            int matches,
            List<LogPath> logs,
            List<String> ignoreip,
            boolean enforced) {}

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final long PATIENCE_SECONDS = 5;
    private static final Bantime A_DAY = new Bantime(Duration.ofDays(1));

    private final Shared shared;
    private final Map<String, Running> running = new LinkedHashMap<>();

    Jails(Shared shared) {
        this.shared = shared;
    }

    /**
     * Lets exactly the plan's jails run, and the one for bans by hand: those that have not changed go on undisturbed,
     * those that have are begun anew with the counters and bans that the ledger holds.
     *
     * @throws LedgerException when that cannot be read; the jails that were not reached yet go on as they were
     */
    synchronized void run(Plan plan) throws LedgerException {
        Map<String, Running> before = new LinkedHashMap<>(running);
        running.clear();
        try {
            keepOrBegin(byHand(plan), (_, _) -> Outcome.UNMATCHED, before);
            for (Plan.Compiled jail : plan.jails()) {
                keepOrBegin(rules(jail), jail.filter()::apply, before);
            }
            before.values().forEach(Jails::end);
            before.clear();
        } finally {
            running.putAll(before);
        }
    }

    private void keepOrBegin(Rules rules, BiFunction<LogLine, Instant, Outcome> filter, Map<String, Running> before)
            throws LedgerException {
        Running old = before.remove(rules.name());
        if (old != null && old.rules().equals(rules)) {
            running.put(rules.name(), old);
            return;
        }
        if (old != null) {
            end(old);
        }
        running.put(rules.name(), begin(rules, filter));
    }

    private Running begin(Rules rules, BiFunction<LogLine, Instant, Outcome> filter) throws LedgerException {
        Memory memory = new Memory(rules.name(), shared.ledger(), rules.matches());
        Jail jail = new Jail(rules.name(), filter, rules.limits(), rules.bantime(), memory::bansBefore);
        List<Ban> standing = memory.restore(jail, shared.clock().instant());
        standing.forEach(shared.listener()::restored);
        LogFollower follower = new LogFollower(rules.logs(), memory.bookmarks(), shared.clock());
        Consumer<List<Change>> enforcement = rules.enforced() ? shared.enforcement() : _ -> {};
        JailKeeper keeper = new JailKeeper(
                new JailKeeper.Parts(jail, follower, memory, enforcement, shared.listener(), shared.clock()));
        CidrSet never = shared.sanctuary().of(rules.ignoreip());
        JailLoop loop = new JailLoop(rules.name(), keeper, never, shared.clock());
        ChangeWatcher.Registration registration = shared.watcher().register(follower.interest(), loop::wake);
        loop.start();
        return new Running(rules, loop, registration);
    }

    private static void end(Running jail) {
        jail.registration().close();
        jail.loop().stop();
    }

    private static Rules rules(Plan.Compiled jail) {
        JailDefinition definition = jail.definition();
        return new Rules(
                definition.name(),
                definition.filter(),
                jail.limits(),
                definition.limits().bantime(),
                definition.limits().maxmatches(),
                jail.logs(),
                definition.exemptions().ignoreip(),
                ScriptedJail.isEnforcedNatively(definition));
    }

    /** Closes every port, so it spares whom any jail spares. */
    private static Rules byHand(Plan plan) {
        List<String> ignoreip = plan.jails().stream()
                .flatMap(jail -> jail.definition().exemptions().ignoreip().stream())
                .distinct()
                .toList();
        return new Rules(BY_HAND, "", new Limits(1, Duration.ofDays(1), 128), A_DAY, 0, List.of(), ignoreip, true);
    }

    /** What the bans of the plan's jails close, and those by hand. */
    static List<Fence> fences(Plan plan) {
        List<Fence> fences = new ArrayList<>();
        fences.add(new Fence(BY_HAND, Protocol.ALL, List.of()));
        for (Plan.Compiled jail : plan.jails()) {
            if (!ScriptedJail.isEnforcedNatively(jail.definition())) {
                continue;
            }
            for (Gate gate : jail.definition().gates()) {
                Protocol protocol = Protocol.named(gate.protocol()).orElse(Protocol.ALL);
                fences.add(new Fence(jail.definition().name(), protocol, gate.ports()));
            }
        }
        return List.copyOf(fences);
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
                bans.put(entry.getKey(), entry.getValue().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException e) {
                LOG.debug("[{}] The jail does not say whom it has banned.", entry.getKey(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return bans;
            }
        }
        return bans;
    }

    synchronized Optional<JailLoop> named(String name) {
        return Optional.ofNullable(running.get(name)).map(Running::loop);
    }

    /** Asks the system again who must not be banned: people log in, addresses change. May wait for name servers. */
    void refreshSanctuary() {
        List<Running> now;
        synchronized (this) {
            now = List.copyOf(running.values());
        }
        for (Running jail : now) {
            jail.loop().spare(shared.sanctuary().of(jail.rules().ignoreip()));
        }
    }

    /** Ends every jail; what they have read is decided and written down first. */
    synchronized void stop() {
        running.values().forEach(Jails::end);
        running.clear();
    }
}
