package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.enforce.Change;
import bailiff.ledger.BanRecord;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which bans should be in force: those that the running jails hold, and the ledger's for all other jails. Safe for any
 * thread; waits for the jails.
 */
final class StandingBans {

    /*
     * The ledger alone would do, were it not for the day on which it cannot be written or read: then the kernel would
     * be told to let go of whoever is not in it.
     */
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    /**
     * A ban, and whether the ledger knows it to be in force.
     *
     * @param change what makes the firewall hold it; its end in whole milliseconds, as the ledger has it
     */
    record Standing(Change.Add change, Enforcement enforcement) {}

    private final Ledger ledger;
    private final Supplier<Map<String, List<Ban>>> running;
    private final InstantSource clock;

    /**
     * The bans of a ledger and of jails.
     *
     * @param running the bans of each jail that runs and answers, by its name
     */
    StandingBans(Ledger ledger, Supplier<Map<String, List<Ban>>> running, InstantSource clock) {
        this.ledger = ledger;
        this.running = running;
        this.clock = clock;
    }

    /** All of them, with what the ledger knows to be otherwise than {@code usual}; what it knows nothing of is usual. */
    List<Standing> now(Enforcement usual) {
        Map<String, List<Ban>> held = running.get();
        Map<Change.Add, Enforcement> unusual = new HashMap<>();
        List<Standing> standing = new ArrayList<>();
        try {
            // The jails' bans are read from the jails, and are many: the ledger is asked only for what they do not
            // know.
            Instant now = clock.instant();
            for (BanRecord record : ledger.activeOtherThan(now, usual)) {
                unusual.put(change(record.ban()), record.enforcement());
            }
            for (BanRecord record : ledger.activeElsewhere(now, held.keySet())) {
                standing.add(new Standing(change(record.ban()), record.enforcement()));
            }
        } catch (LedgerException e) {
            LOG.error("The ledger's bans could not be read; those of the running jails are enforced.", e);
        }
        for (List<Ban> bans : held.values()) {
            for (Ban ban : bans) {
                Change.Add change = change(ban);
                standing.add(new Standing(change, unusual.getOrDefault(change, usual)));
            }
        }
        return standing;
    }

    /** What puts the ban into force. */
    static Change.Add change(Ban ban) {
        return new Change.Add(ban.jail(), ban.subject(), ban.until().truncatedTo(ChronoUnit.MILLIS));
    }
}
