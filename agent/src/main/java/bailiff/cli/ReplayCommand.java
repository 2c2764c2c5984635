package bailiff.cli;

import bailiff.ban.Ban;
import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.guard.Plan;
import bailiff.guard.Replay;
import bailiff.line.Printable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = "Runs the jails over past logs, in the logs' own time, and says whom they would have banned.",
        footer = {
            "",
            "Changes nothing. LOG may be -, compressed, a glob; several are read in the order given.",
            "Or it is systemd-journal, for jails that read the same entries of it."
        })
final class ReplayCommand extends AnyCommand {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private PastLogs past = new PastLogs();

    @Parameters(arity = "1..*", paramLabel = "LOG", description = "what to read")
    private List<String> logs = List.of();

    @Option(names = "--jail", paramLabel = "JAIL", defaultValue = "", description = "only this jail")
    private String jail = "";

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Option(
            names = "--cleanup",
            description = "with compat = fail2ban: forget who was silent for findtime, as a running fail2ban does")
    private boolean cleanup;

    @Option(
            names = "--score",
            description = "reads access logs instead, and compares what the evidence of the whole site and the"
                    + " classic rules would have stopped")
    private boolean score;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            defaultValue = "",
            description = "with --score: lines 'ADDRESS attack' or 'ADDRESS honest', for rates of detection and error")
    private String truth = "";

    ReplayCommand() {}

    /** For logs. */
    ReplayCommand(PlainWords plain) {
        config = new ConfigOption(plain.config());
        logs = plain.words();
    }

    @Override
    public Integer call() throws ControlException {
        if (score || !truth.isEmpty()) {
            return score();
        }
        ZoneId zone = past.zone();
        Plan plan = Plan.of(config.reader(zone).read());
        plan.problems().forEach(problem -> messages().println(Printable.text(problem.toString())));
        List<Plan.Compiled> jails = jails(plan);
        List<List<String>> journalmatch = journalmatch(jails);
        Replay replay = new Replay(jails, cleanup, new Shown());
        boolean sound = past.read(logs, journalmatch, replay.sieve(), messages(), replay::reader);
        replay.end();
        summary(replay.summary());
        return sound ? 0 : ControlException.FAILED;
    }

    private int score() throws ControlException {
        Optional<Truth> known = truth.isEmpty() ? Optional.empty() : Optional.of(Truth.read(truth));
        PastRequests requests = new PastRequests();
        boolean sound = past.read(logs, List.of(), Optional.empty(), messages(), (_, _) -> requests);
        ScoreReport report = new ScoreReport(requests, known);
        if (json) {
            report.json(this::json);
        } else {
            report.print(out());
        }
        return sound ? 0 : ControlException.FAILED;
    }

    private List<Plan.Compiled> jails(Plan plan) throws ControlException {
        List<Plan.Compiled> meant = plan.jails().stream()
                .filter(compiled ->
                        jail.isEmpty() || compiled.definition().name().equals(jail))
                .toList();
        if (meant.isEmpty()) {
            String wanted = jail.isEmpty() ? "No jail" : "No jail '" + jail + "'";
            throw new ControlException(ControlException.USAGE, wanted + " of " + plan.directory() + " can run.");
        }
        return meant;
    }

    /** Lines of the journal are given to every jail, so all of them have to read the same entries. */
    private List<List<String>> journalmatch(List<Plan.Compiled> jails) throws ControlException {
        List<List<List<String>>> different = jails.stream()
                .map(compiled -> compiled.definition().sources().journalmatch())
                .distinct()
                .toList();
        if (different.size() > 1
                && !past.hasJournalmatch()
                && JournalArgument.among(logs).isPresent()) {
            throw new ControlException(
                    ControlException.USAGE,
                    "The jails read different entries of the journal; choose one with --jail, or entries with -m.");
        }
        return different.getFirst();
    }

    private final class Shown implements Replay.Listener {
        @Override
        public void event(String event, Instant time, Ban ban) {
            show(event, time, ban);
        }

        @Override
        public void refused(Replay.Refusal refusal) {
            show(refusal);
        }
    }

    private void show(Replay.Refusal refusal) {
        if (json) {
            json(Json.of(
                    "event", "refuse",
                    "time", Json.time(refusal.time()),
                    "ip", refusal.address().toString(),
                    "jail", refusal.jail(),
                    "evidence", refusal.evidence(),
                    "reason", refusal.reason()));
        } else {
            out().println(Times.local(refusal.time()) + "  [" + refusal.jail() + "] refuse " + refusal.address() + "  "
                    + Printable.text(refusal.reason()));
        }
    }

    private void show(String event, Instant time, Ban ban) {
        if (json) {
            json(Json.of(
                    "event", event,
                    "time", Json.time(time),
                    "ip", ban.subject().toString(),
                    "jail", ban.jail(),
                    "bantime", Json.seconds(ban.since(), ban.until()),
                    "bancount", ban.bancount(),
                    "failures", ban.failures(),
                    "evidence", ban.evidence(),
                    "reason", ban.reason()));
        } else {
            String why = event.equals("ban") ? "  " + Printable.text(ban.reason()) : "";
            out().println(Times.local(time) + "  [" + ban.jail() + "] " + event + " " + ban.subject() + why);
        }
    }

    private void summary(Replay.Summary summary) {
        if (json) {
            json(Json.of(
                    "summary",
                    Json.of(
                            "lines", summary.lines(),
                            "failures", summary.failures(),
                            "bans", summary.bans(),
                            "addresses", summary.addresses(),
                            "refused", summary.refused())));
        } else {
            out().println(summary.lines() + " lines: " + summary.failures() + " failures, " + summary.bans()
                    + " bans of " + summary.addresses() + " addresses"
                    + (summary.refused() == 0 ? "" : ", " + summary.refused() + " attempts refused by evidence"));
        }
    }
}
