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
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The jails that run, and how they come and go. Safe for any thread. */
final class Jails {

    /** The jail of bans by hand that name no other: it reads no log and closes every port. */
    static final String BY_HAND = "manual";

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
            String name, Object filter, Limits limits, Bantime bantime, List<LogPath> logs, List<String> ignoreip) {}

    private static final Bantime A_DAY = new Bantime(Duration.ofDays(1));

    private final Shared shared;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private List<Fence> fences = List.of();

    Jails(Shared shared) {
        this.shared = shared;
    }

    /**
     * Lets exactly the plan's jails run, and the one for bans by hand: those that have not changed go on undisturbed, those
     * that have are begun anew with the counters and bans that the ledger holds.
     */
    synchronized void run(Plan plan) throws LedgerException, InterruptedException {
        Map<String, Running> before = new LinkedHashMap<>(running);
        running.clear();
        keepOrBegin(byHand(plan), (_, _) -> Outcome.UNMATCHED, before);
        for (Plan.Compiled jail : plan.jails()) {
            keepOrBegin(rules(jail), jail.filter()::apply, before);
        }
        for (Running gone : before.values()) {
            end(gone);
        }
        fences = fences(plan);
    }

    private void keepOrBegin(Rules rules, BiFunction<LogLine, Instant, Outcome> filter, Map<String, Running> before)
            throws LedgerException, InterruptedException {
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
        Memory memory = new Memory(rules.name(), shared.ledger());
        Jail jail = new Jail(rules.name(), filter, rules.limits(), rules.bantime(), memory::bansBefore);
        List<Ban> standing = memory.restore(jail, shared.clock().instant());
        standing.forEach(shared.listener()::restored);
        LogFollower follower = new LogFollower(rules.logs(), memory.bookmarks(), shared.clock());
        CidrSet never = shared.sanctuary().of(rules.ignoreip());
        JailLoop loop = new JailLoop(
                new JailLoop.Parts(jail, follower, memory, shared.enforcement(), shared.listener(), shared.clock()),
                never);
        ChangeWatcher.Registration registration = shared.watcher().register(follower.interest(), loop::wake);
        loop.start();
        return new Running(rules, loop, registration);
    }

    private static void end(Running jail) throws InterruptedException {
        jail.registration().close();
        jail.loop().stop();
    }

    private static Rules rules(Plan.Compiled jail) {
        JailDefinition definition = jail.definition();
        var limits = definition.limits();
        return new Rules(
                definition.name(),
                definition.filter(),
                new Limits(limits.maxretry(), limits.findtime(), limits.ipv6Prefix()),
                limits.bantime(),
                jail.logs(),
                definition.exemptions().ignoreip());
    }

    /** The jail of bans by hand closes every port, so it spares whom any jail spares. */
    private static Rules byHand(Plan plan) {
        List<String> ignoreip = plan.jails().stream()
                .flatMap(jail -> jail.definition().exemptions().ignoreip().stream())
                .distinct()
                .toList();
        return new Rules(BY_HAND, "", new Limits(1, Duration.ofDays(1), 128), A_DAY, List.of(), ignoreip);
    }

    private static List<Fence> fences(Plan plan) {
        List<Fence> fences = new ArrayList<>();
        fences.add(new Fence(BY_HAND, Protocol.ALL, List.of()));
        for (Plan.Compiled jail : plan.jails()) {
            for (Gate gate : jail.definition().gates()) {
                Protocol protocol = Protocol.named(gate.protocol()).orElse(Protocol.ALL);
                fences.add(new Fence(jail.definition().name(), protocol, gate.ports()));
            }
        }
        return List.copyOf(fences);
    }

    /** What the bans of the running jails close. */
    synchronized List<Fence> fences() {
        return fences;
    }

    /** The running jails, in the order of the files, the one for bans by hand first. */
    synchronized Collection<JailLoop> all() {
        return running.values().stream().map(Running::loop).toList();
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
    synchronized void stop() throws InterruptedException {
        for (Running jail : running.values()) {
            end(jail);
        }
        running.clear();
    }
}
