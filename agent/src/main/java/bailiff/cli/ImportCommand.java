package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.guard.Import;
import bailiff.guard.ImportReport;
import bailiff.guard.Places;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "import",
        description =
                "Takes over fail2ban's bans, ban counts, history and read positions; its own files stay as they are.",
        footer = {
            "",
            "Stop fail2ban first, then import, then start the guard: so no line is lost and none counts twice.",
            "To do it again adds nothing twice. Only bans of jails that the configuration switches on are taken."
        })
final class ImportCommand extends AnyCommand {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = "/var/lib/bailiff",
            description = "directory of the ledger (default: ${DEFAULT-VALUE})")
    private Path state = Places.STATE;

    @Option(
            names = "--db",
            paramLabel = "FILE",
            description = "fail2ban's database (default: dbfile of the configuration's fail2ban.conf, else"
                    + " /var/lib/fail2ban/fail2ban.sqlite3)")
    private @Nullable Path database;

    @Option(names = "--dry-run", description = "only say what would be taken over")
    private boolean dryRun;

    @Option(names = "--json", description = "one JSON object a line: jails, then a summary")
    private boolean json;

    @Override
    public Integer call() throws ControlException {
        ImportReport report = Import.run(new Import.Order(
                config.reader().read(), Optional.ofNullable(database), state, dryRun, InstantSource.system()));
        if (json) {
            printJson(report);
        } else {
            print(report);
        }
        return 0;
    }

    private void printJson(ImportReport report) {
        int bans = 0;
        int history = 0;
        for (ImportReport.JailReport jail : report.jails()) {
            bans += jail.bans();
            history += jail.history();
            json(Json.of(
                    "jail", jail.jail(),
                    "known", jail.known(),
                    "bans", jail.bans(),
                    "already", jail.already(),
                    "history", jail.history(),
                    "left", jail.left(),
                    "logs", jail.logs(),
                    "notes", jail.notes()));
        }
        json(Json.of(
                "summary",
                Json.of(
                        "database",
                        report.database().toString(),
                        "version",
                        report.version(),
                        "dryRun",
                        dryRun,
                        "fail2banRuns",
                        report.fail2banRuns(),
                        "bans",
                        bans,
                        "history",
                        history)));
    }

    private void print(ImportReport report) {
        out().println((dryRun ? "Would take over from " : "Taken over from ") + report.database() + ":");
        report.jails().forEach(this::print);
        if (report.jails().isEmpty()) {
            out().println("  nothing: no jail has banned anybody or read a log.");
        }
        if (report.fail2banRuns()) {
            messages()
                    .println("fail2ban is still running: what it bans and reads from now on is not in this import."
                            + " Stop it, import again, then start the guard.");
        }
    }

    private void print(ImportReport.JailReport jail) {
        if (!jail.known()) {
            out().println("Jail " + jail.jail() + ": nothing. The configuration has no such jail switched on, so "
                    + counted(jail.left(), "ban") + " of its stay behind; switch it on and import again.");
            return;
        }
        out().println("Jail " + jail.jail() + ": " + counted(jail.bans(), "ban") + " in force, "
                + counted(jail.history(), "ban") + " of the past"
                + (jail.already() > 0 ? "; " + jail.already() + " were known already" : ""));
        jail.logs().forEach(log -> out().println("  " + log + " is read on from where fail2ban was"));
        jail.notes().forEach(note -> out().println("  note: " + note));
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
