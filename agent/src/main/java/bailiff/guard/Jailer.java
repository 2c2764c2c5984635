package bailiff.guard;

import bailiff.action.Shell;
import bailiff.ban.Jail;
import bailiff.ban.Sentencing;
import bailiff.config.Exemptions;
import bailiff.enforce.Change;
import bailiff.evidence.AddressEvidence;
import bailiff.evidence.Room;
import bailiff.filter.FilterDefinition;
import bailiff.filter.Outcome;
import bailiff.ledger.LedgerException;
import bailiff.line.LogLine;
import bailiff.net.IpAddress;
import bailiff.source.ChangeWatcher;
import bailiff.source.Follower;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Puts a jail together from its rules, with the counters and bans that the ledger holds. Not thread-safe: the
 * {@link Jails} own it.
 */
final class Jailer {

    private final Jails.Shared shared;
    private final SecureRandom chance = new SecureRandom();
    private final SharedRoom room = new SharedRoom(AddressEvidence.MOST_SOURCES);

    Jailer(Jails.Shared shared) {
        this.shared = shared;
    }

    /**
     * A jail whose thread is still to be started.
     *
     * @param filter what it makes of a line; belongs to the jail's thread from now on
     * @throws LedgerException when what it must remember cannot be read; then there is no such jail
     */
    RunningJail begin(JailRules rules, BiFunction<LogLine, Instant, Outcome> filter) throws LedgerException {
        Memory memory = new Memory(rules.name(), shared.ledger(), rules.matches());
        // Bans that ended while the jail did not run: whoever was told of them has to be told of their end.
        new Leftovers(shared.ledger(), shared.listener(), shared.clock()).endOver(rules.name());
        Sentencing sentencing = new Sentencing(rules.bantime(), rules.increment(), memory, chance);
        Jail jail = new Jail(rules.name(), filter, rules.limits(), sentencing, new Room(chance.nextLong(), room));
        shared.listener().jailBegins(rules.name(), rules.shield());
        memory.restore(jail, shared.clock().instant()).forEach(shared.listener()::restored);
        Follower logs =
                Followers.of(rules.sources(), memory.bookmarks(), rules.limits().findtime(), shared.clock());
        Follower follower =
                shared.lookout().over(rules.name(), Followers.listening(logs, rules, shared.sockets(), shared.clock()));
        Consumer<List<Change>> enforcement = rules.enforced() ? shared.enforcement() : _ -> {};
        JailKeeper keeper = new JailKeeper(new JailKeeper.Parts(
                jail,
                follower,
                memory,
                enforcement,
                rules.enforced(),
                shared.listener(),
                shared.clock(),
                suspects(rules),
                shared.watch().witness(rules.name(), rules.evidence()),
                shared.watch().requests(rules.name(), rules.evidence(), zone(rules), browsers(rules))));
        Exempt exempt = shared.sanctuary().of(rules.exemptions());
        JailLoop loop = new JailLoop(rules.name(), keeper, exempt);
        ChangeWatcher.Registration registration = follower.wakeBy(shared.watcher(), loop::wake);
        return new RunningJail(rules, loop, registration);
    }

    /** The zone of log times that name none. */
    private static ZoneId zone(JailRules rules) {
        return rules.filter() instanceof FilterDefinition filter ? filter.zone() : ZoneOffset.UTC;
    }

    private BiConsumer<IpAddress, String> browsers(JailRules rules) {
        return rules.exemptions().proxies() ? shared.visitors().proxies()::browser : (_, _) -> {};
    }

    private Suspects suspects(JailRules rules) {
        Exemptions exemptions = rules.exemptions();
        IgnoreCommand ignore = new IgnoreCommand(
                rules.name(), exemptions.ignorecommand(), exemptions.ignorecache(), Shell.here(), shared.clock());
        return new Suspects(
                new NamedFailures(rules.name(), rules.usedns(), shared.names(), shared.clock()),
                ignore,
                new Claims(exemptions.crawlers(), shared.visitors().names(), shared.clock()),
                new Throng(shared.visitors().proxies(), exemptions.proxies()));
    }
}
