package bailiff.guard;

import bailiff.ban.Bantime;
import bailiff.config.Configuration;
import bailiff.control.ControlException;
import bailiff.ledger.Batch;
import bailiff.ledger.Bounds;
import bailiff.ledger.Fail2banDatabase;
import bailiff.ledger.Fail2banRow;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.source.ForeignPosition;
import bailiff.source.LogFollower;
import bailiff.source.LogPath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes over from fail2ban: its bans with their remaining time, how often it has banned whom, what it remembers of that,
 * and how far it has read each log. fail2ban's own files stay as they are. Doing it again adds nothing twice.
 *
 * <p>Not thread-safe: made for one import.
 */
public final class Import {

    /*
     * Failures that have not led to a ban are not in fail2ban's database: like at any restart of fail2ban they are
     * forgotten. Bans go into the ledger as bans that are pending; the next guard puts them into force as it would those
     * of its own earlier run.
     */
    private static final int BANS_AT_ONCE = 1_000;

    /** fail2ban's own bantime where it knows no other. */
    private static final Bantime TEN_MINUTES = new Bantime(Duration.ofMinutes(10));

    private final Ledger ledger;
    private final Map<String, ImportReport.JailCount> counts = new TreeMap<>();
    private final Map<String, Optional<Plan.Compiled>> jails = new LinkedHashMap<>();
    private final ImportedBans bans;
    private final InstantSource clock;
    private final List<ImportedBans.Taking> waiting = new ArrayList<>();
    private int history;

    private Import(Plan plan, Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
        plan.jails().forEach(jail -> jails.put(jail.definition().name(), Optional.of(jail)));
        plan.leftOut().forEach(name -> jails.putIfAbsent(name, Optional.empty()));
        this.bans = new ImportedBans(clock.instant(), this::bantime);
    }

    /**
     * What is to be imported, and where.
     *
     * @param configuration the jails that are to take over; what others have banned is left
     * @param database fail2ban's file, or else what the configuration's {@code dbfile} says, or else its usual place
     * @param state the directory of the ledger
     * @param rehearsal whether it is only to be said what would be done
     */
    public record Order(
            Configuration configuration, Optional<Path> database, Path state, boolean rehearsal, InstantSource clock) {}

    /**
     * Does it.
     *
     * @throws ControlException when a guard runs, or one of the databases cannot be used
     */
    public static ImportReport run(Order order) throws ControlException {
        try (ImportPlace place = ImportPlace.open(order.state(), order.rehearsal());
                Ledger ledger = Ledger.open(place.ledger(), order.clock());
                Fail2banDatabase database = Fail2banDatabase.open(file(order), place.directory())) {
            Import work = new Import(Plan.of(order.configuration()), ledger, order.clock());
            work.takeBans(database);
            work.takePositions(database);
            return new ImportReport(
                    file(order), database.version(), ImportPlace.fail2banRuns(order.configuration()), work.reports());
        } catch (IOException e) {
            throw new ControlException(ControlException.FAILED, Faults.words(e));
        }
    }

    private static Path file(Order order) throws ControlException {
        if (order.database().isPresent()) {
            return order.database().get();
        }
        String configured = order.configuration().server().text("dbfile").strip();
        if (configured.equalsIgnoreCase("none") || configured.equals(":memory:")) {
            throw new ControlException(
                    ControlException.FAILED, "fail2ban keeps no database here: its dbfile is " + configured + ".");
        }
        try {
            return configured.isEmpty() ? Path.of("/var/lib/fail2ban/fail2ban.sqlite3") : Path.of(configured);
        } catch (InvalidPathException e) {
            throw new ControlException(ControlException.USAGE, "dbfile is no path: " + e.getMessage());
        }
    }

    private void takeBans(Fail2banDatabase database) throws LedgerException {
        Failing failing = new Failing();
        database.bans(row -> failing.attempt(() -> take(row)));
        failing.attempt(this::flush);
        failing.rethrow();
    }

    /** Keeps what went wrong within a visit, where it cannot be thrown; after that nothing more is attempted. */
    private static final class Failing {

        private final List<LedgerException> failures = new ArrayList<>();

        interface Step {
            void run() throws LedgerException;
        }

        void attempt(Step step) {
            if (failures.isEmpty()) {
                try {
                    step.run();
                } catch (LedgerException e) {
                    failures.add(e);
                }
            }
        }

        void rethrow() throws LedgerException {
            if (!failures.isEmpty()) {
                throw failures.getFirst();
            }
        }
    }

    private void take(Fail2banRow row) throws LedgerException {
        ImportReport.JailCount count = count(row.jail());
        if (!jails.containsKey(row.jail())) {
            count.left += row.current() ? 1 : 0;
            return;
        }
        switch (bans.of(row)) {
            case ImportedBans.Refused(String why) -> count.refuse(row.id(), why);
            case ImportedBans.Taking taking -> {
                history += taking.stands() ? 0 : 1;
                if (taking.stands() || history <= Bounds.DEFAULT.endedBans()) {
                    waiting.add(taking);
                }
            }
        }
        if (waiting.size() >= BANS_AT_ONCE) {
            flush();
        }
    }

    /** One transaction; each ban by itself tells whether it was new. */
    private void flush() throws LedgerException {
        List<Boolean> taken =
                ledger.take(waiting.stream().map(ImportedBans.Taking::past).toList());
        for (int i = 0; i < waiting.size(); i++) {
            ImportedBans.Taking taking = waiting.get(i);
            ImportReport.JailCount count = count(taking.past().ban().jail());
            if (taken.get(i)) {
                count.standing += taking.stands() ? 1 : 0;
                count.past += taking.stands() ? 0 : 1;
            } else if (taking.stands()) {
                count.known++;
            }
        }
        waiting.clear();
    }

    private Bantime bantime(String jail) {
        return jails.getOrDefault(jail, Optional.empty())
                .map(compiled -> compiled.definition().limits().bantime())
                .orElse(TEN_MINUTES);
    }

    private ImportReport.JailCount count(String jail) {
        return counts.computeIfAbsent(jail, name -> new ImportReport.JailCount(name, jails.containsKey(name)));
    }

    private void takePositions(Fail2banDatabase database) throws LedgerException {
        Map<String, Map<String, String>> found = new HashMap<>();
        for (Fail2banDatabase.Position position : database.positions()) {
            if (!jails.containsKey(position.jail())) {
                continue;
            }
            if (!position.path().startsWith("/")) {
                count(position.jail()).note("The journal is read anew: fail2ban notes no position that would fit.");
                continue;
            }
            Map<String, String> own = ledger.bookmarks(position.jail());
            look(position, own)
                    .ifPresent(entry -> found.computeIfAbsent(position.jail(), _ -> new HashMap<>(own))
                            .put(entry.name(), entry.bookmark()));
        }
        for (Map.Entry<String, Map<String, String>> entry : found.entrySet()) {
            keep(entry.getKey(), entry.getValue());
        }
    }

    private Optional<ForeignPosition.Outcome.Found> look(Fail2banDatabase.Position position, Map<String, String> own) {
        Path log;
        try {
            log = Path.of(position.path()).normalize();
        } catch (InvalidPathException _) {
            count(position.jail()).refuse(position.path(), "it is no path");
            return Optional.empty();
        }
        ForeignPosition foreign = new ForeignPosition(log, position.firstLine(), position.offset());
        return switch (foreign.against(Optional.ofNullable(own.get(log.toString())))) {
            case ForeignPosition.Outcome.Found here -> Optional.of(here);
            case ForeignPosition.Outcome.Behind _ -> {
                count(position.jail()).note(log + ": Bailiff itself has read as far or farther.");
                yield Optional.empty();
            }
            case ForeignPosition.Outcome.Useless(String reason) -> {
                count(position.jail()).note(log + " is read as if it were new. " + reason);
                yield Optional.empty();
            }
        };
    }

    /** Asks a follower of the jail's logs which of the bookmarks it would go by. */
    private void keep(String jail, Map<String, String> bookmarks) throws LedgerException {
        Map<String, String> usable = bookmarks;
        Optional<List<LogPath>> logs =
                jails.getOrDefault(jail, Optional.empty()).map(Plan.Compiled::logs);
        if (logs.isPresent()) {
            try (LogFollower follower = new LogFollower(logs.get(), bookmarks, clock)) {
                usable = follower.bookmarks();
            }
        }
        Map<String, String> before = ledger.bookmarks(jail);
        for (Map.Entry<String, String> entry : bookmarks.entrySet()) {
            if (!usable.containsKey(entry.getKey())) {
                count(jail).note(entry.getKey() + " is not among the jail's logs any more.");
            } else if (!entry.getValue().equals(before.get(entry.getKey()))) {
                count(jail).logs.add(entry.getKey());
            }
        }
        ledger.commit(new Batch().bookmarks(jail, usable));
    }

    private List<ImportReport.JailReport> reports() {
        return counts.values().stream().map(ImportReport.JailCount::report).toList();
    }
}
