package bailiff.guard;

import bailiff.action.Background;
import bailiff.ban.Ban;
import bailiff.control.ControlException;
import bailiff.ledger.BanRecord;
import bailiff.ledger.Failure;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.ledger.Totals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the ledger and the running jail know around a ban, for its actions. Safe for any thread; waits for both. */
final class JailBackground implements Background {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    /* fail2ban keeps ten lines of merged bans (dbmaxmatches) and forgets bans after a day (dbpurgeage). */
    private static final int MOST_LINES = 10;
    private static final int MOST_BANS = 100;
    private static final Duration PAST = Duration.ofDays(1);

    private final String jail;
    private final Ledger ledger;
    private final Jails jails;
    private final InstantSource clock;

    JailBackground(String jail, Ledger ledger, Jails jails, InstantSource clock) {
        this.jail = jail;
        this.ledger = ledger;
        this.jails = jails;
        this.clock = clock;
    }

    @Override
    public List<String> matches(Ban ban) {
        return evidence(ban).stream().map(Failure::line).toList();
    }

    @Override
    public Map<String, String> groups(Ban ban) {
        List<Failure> evidence = evidence(ban);
        return evidence.isEmpty() || evidence.getLast().user().isEmpty()
                ? Map.of()
                : Map.of("user", evidence.getLast().user());
    }

    private List<Failure> evidence(Ban ban) {
        try {
            Optional<BanRecord> record = ledger.history(ban.subject(), MOST_BANS).stream()
                    .filter(known -> known.ban().jail().equals(jail))
                    .filter(known -> known.ban().subject().equals(ban.subject()))
                    .findFirst();
            return record.isPresent() ? ledger.evidence(record.get().id()) : List.of();
        } catch (LedgerException e) {
            LOG.debug("[{}] The lines behind the ban of {} could not be read.", jail, ban.subject(), e);
            return List.of();
        }
    }

    @Override
    public History history(Ban ban, boolean everyJail) {
        Deque<String> lines = new ArrayDeque<>();
        long failures = 0;
        try {
            for (BanRecord record : ledger.history(ban.subject(), MOST_BANS)) {
                boolean counts = record.ban().subject().equals(ban.subject())
                        && (everyJail || record.ban().jail().equals(jail))
                        && record.ban().since().isAfter(clock.instant().minus(PAST));
                if (counts) {
                    failures += record.ban().failures();
                    // The latest ban comes first, and its latest line last.
                    ledger.evidence(record.id()).reversed().stream()
                            .limit(MOST_LINES - lines.size())
                            .forEach(failure -> lines.addFirst(failure.line()));
                }
            }
        } catch (LedgerException e) {
            LOG.debug("[{}] The earlier bans of {} could not be read.", jail, ban.subject(), e);
        }
        return new History(new ArrayList<>(lines), failures);
    }

    @Override
    public long banned() {
        return asked(keeper -> keeper.bans().count());
    }

    @Override
    public long bannedTotal() {
        return total().bans();
    }

    @Override
    public long found() {
        return asked(JailKeeper::failing);
    }

    @Override
    public long foundTotal() {
        return total().failures();
    }

    private Totals total() {
        try {
            return ledger.totals().getOrDefault(jail, new Totals(0, 0, 0));
        } catch (LedgerException e) {
            LOG.debug("[{}] The totals could not be read.", jail, e);
            return new Totals(0, 0, 0);
        }
    }

    private long asked(ToLongFunction<JailKeeper> question) {
        try {
            Optional<JailLoop> loop = jails.named(jail);
            return loop.isPresent() ? Answers.ask(loop.get(), question::applyAsLong) : 0;
        } catch (ControlException e) {
            LOG.debug("[{}] The jail does not say how many it has banned.", jail, e);
            return 0;
        }
    }
}
