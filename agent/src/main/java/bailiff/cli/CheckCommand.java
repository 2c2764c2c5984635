package bailiff.cli;

import bailiff.config.ActionCall;
import bailiff.config.EvidenceOptions;
import bailiff.config.Gate;
import bailiff.config.JailDefinition;
import bailiff.config.Problem;
import bailiff.config.Severity;
import bailiff.config.Sources;
import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.guard.Plan;
import bailiff.line.Printable;
import bailiff.source.LogFollower;
import bailiff.source.SourceState;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = "Reads the configuration, lists every problem, and says what would run.",
        footer = {"", "Exit code 2 when something has to be mended, 0 when all of it would run."})
final class CheckCommand extends AnyCommand {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "one JSON object a line: problems, then jails, then a summary")
    private boolean json;

    @Override
    public Integer call() {
        Plan plan = Plan.of(config.reader().read());
        if (json) {
            plan.problems().forEach(problem -> json(json(problem)));
            json(Json.of("shield", ShieldPlan.json(plan)));
            plan.jails().forEach(jail -> json(Json.of("jail", json(jail))));
            json(Json.of(
                    "summary",
                    Json.of(
                            "jails",
                            plan.jails().size(),
                            "leftOut",
                            plan.leftOut(),
                            "problems",
                            plan.problems().size())));
        } else {
            plan.problems()
                    .forEach(problem -> out().println(word(problem) + ": " + Printable.text(problem.toString())));
            plan.jails().forEach(this::print);
            plan.faults().forEach(this::printDegraded);
            ShieldPlan.sentences(plan).forEach(sentence -> out().println(Printable.text(sentence)));
            if (plan.jails().isEmpty()) {
                out().println("Nothing would run.");
            }
        }
        return plan.hasErrors() || plan.jails().isEmpty() ? ControlException.USAGE : 0;
    }

    private void printDegraded(String name, List<Problem> problems) {
        out().println("Jail " + Printable.text(name) + " would NOT run.");
        problems.forEach(problem -> out().println("  because: " + Printable.text(problem.toString())));
    }

    private static String word(Problem problem) {
        return problem.severity() == Severity.ERROR ? "error" : "warning";
    }

    private static Map<String, Object> json(Problem problem) {
        return Json.of(
                "problem", problem.message(),
                "severity", word(problem),
                "file", problem.place().file(),
                "line", problem.place().line(),
                "section", problem.place().section(),
                "option", problem.place().option());
    }

    private static Map<String, Object> json(Plan.Compiled compiled) {
        JailDefinition jail = compiled.definition();
        return Json.of(
                "name", jail.name(),
                "filter", jail.filter().name(),
                "failregex", jail.filter().failregex(),
                "ignoreregex", jail.filter().ignoreregex(),
                "logpath", jail.sources().logs().stream().map(log -> log.glob()).toList(),
                "maxretry", jail.limits().maxretry(),
                "findtime", jail.limits().findtime().toSeconds(),
                "bantime", jail.limits().bantime().seconds(),
                "ignoreip", jail.exemptions().ignoreip(),
                "actions", jail.actions().stream().map(ActionCall::name).toList(),
                "ports", jail.gates().stream().map(CheckCommand::ports).toList(),
                "native", compiled.isEnforcedNatively(),
                "scripts", compiled.scripts(),
                "evidence", compiled.evidence().use().name().toLowerCase(Locale.ROOT),
                "wrongbans", compiled.evidence().wrongbans());
    }

    private static String ports(Gate gate) {
        String ports = gate.ports().isEmpty()
                ? "every port"
                : gate.ports().stream().map(Object::toString).collect(Collectors.joining(","));
        return gate.protocol().toLowerCase(Locale.ROOT) + " " + ports;
    }

    private void print(Plan.Compiled compiled) {
        JailDefinition jail = compiled.definition();
        var limits = jail.limits();
        out().println("Jail " + jail.name() + " would run: filter "
                + jail.filter().name() + " with " + jail.filter().failregex().size() + " expressions");
        String closed = jail.gates().stream().map(CheckCommand::ports).collect(Collectors.joining(", "));
        boolean weighed = compiled.evidence().use() == EvidenceOptions.Use.ACCESS;
        out().println((weighed
                        ? "  Attempts that evidence shows to be hostile"
                        : "  " + limits.maxretry() + " failures within " + Spelled.time(limits.findtime()))
                + (closed.isEmpty() ? " make a ban for " : " close " + closed + " for ")
                + Spelled.time(limits.bantime()));
        JailPlan.counting(limits).forEach(sentence -> out().println("  " + sentence));
        JailPlan.evidence(compiled.evidence()).forEach(sentence -> out().println("  " + sentence));
        JailPlan.enforcement(compiled).forEach(sentence -> out().println("  " + sentence));
        printLogs(compiled);
    }

    private void printLogs(Plan.Compiled compiled) {
        Sources.Backend backend = compiled.definition().sources().backend();
        if (backend != Sources.Backend.FILES) {
            out().println("  the systemd journal"
                    + (backend == Sources.Backend.EITHER ? ", if no log is there at the start" : "") + ": "
                    + Printable.text(compiled.journal().words()));
        }
        if (backend != Sources.Backend.JOURNAL) {
            printFiles(compiled, backend);
        }
        var listen = compiled.definition().sources().listen();
        if (!listen.isEmpty()) {
            out().println("  syslog at " + listen.stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
    }

    private void printFiles(Plan.Compiled compiled, Sources.Backend backend) {
        List<SourceState> logs;
        try (LogFollower follower = new LogFollower(compiled.logs(), Map.of(), InstantSource.system())) {
            logs = follower.states();
        }
        boolean only = backend == Sources.Backend.FILES;
        String absent = only ? " is not there now, and would be read as soon as it is" : " is not there now";
        for (SourceState log : logs) {
            String missing = log.condition() == SourceState.Condition.MISSING ? absent : " is there. " + log.reason();
            out().println("  " + Printable.text(log.path().toString()) + missing.stripTrailing());
        }
        if (only && logs.stream().allMatch(log -> log.condition() == SourceState.Condition.MISSING)) {
            out().println("  So there is nothing to read yet. Where there is only the journal: backend = systemd.");
        }
    }
}
