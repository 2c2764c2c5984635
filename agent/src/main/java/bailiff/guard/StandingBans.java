package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.enforce.Change;
import bailiff.ledger.BanRecord;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
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

    List<Standing> now() {
        Map<String, List<Ban>> held = running.get();
        Map<Change.Add, Enforcement> known = new HashMap<>();
        List<Standing> standing = new ArrayList<>();
        for (BanRecord record : written()) {
            Change.Add change = change(record.ban());
            known.put(change, record.enforcement());
            if (!held.containsKey(record.ban().jail())) {
                standing.add(new Standing(change, record.enforcement()));
            }
        }
        held.values()
                .forEach(bans -> bans.forEach(ban -> {
                    Change.Add change = change(ban);
                    standing.add(new Standing(change, known.getOrDefault(change, Enforcement.PENDING)));
                }));
        return standing;
    }

    private List<BanRecord> written() {
        try {
            return ledger.active(clock.instant());
        } catch (LedgerException e) {
            LOG.error("The ledger's bans could not be read; those of the running jails are enforced.", e);
            return List.of();
        }
    }

    /** What puts the ban into force. */
    static Change.Add change(Ban ban) {
        return new Change.Add(ban.jail(), ban.subject(), ban.until().truncatedTo(ChronoUnit.MILLIS));
    }
}
