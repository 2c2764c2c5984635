package bailiff.guard;

import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.enforce.EnforcerState;
import bailiff.ledger.LedgerException;
import bailiff.ledger.Totals;
import bailiff.source.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the guard and its jails are doing, as the JSON contract has it. */
final class StatusReport {

    private final Guard guard;

    StatusReport(Guard guard) {
        this.guard = guard;
    }

    /** The status, with these jails in it. */
    Map<String, Object> of(Collection<JailLoop> jails) throws ControlException, LedgerException {
        Map<String, Totals> totals = guard.ledger().totals();
        List<Map<String, Object>> reports = new ArrayList<>();
        List<SourceState> sources = new ArrayList<>();
        for (JailLoop loop : jails) {
            reports.add(Answers.ask(loop, jail -> jail(jail, totals)));
            sources.addAll(Answers.ask(loop, jail -> jail.follower().states()));
        }
        return Json.of(
                "version", guard.settings().version(),
                "pid", ProcessHandle.current().pid(),
                "since", Json.time(guard.since()),
                "observe", !guard.enforces(),
                "jails", reports,
                "lag", lag(sources),
                "firewall", firewall(),
                "problems", problems());
    }

    private static Map<String, Object> jail(JailLoop loop, Map<String, Totals> totals) {
        Totals total = totals.getOrDefault(loop.name(), new Totals(0, 0, 0));
        return Json.of(
                "name", loop.name(),
                "found", loop.counts().found,
                "failing", loop.jail().failing(),
                "banned", loop.jail().bans().size(),
                "totalBanned", total.bans(),
                "sources",
                        loop.follower().states().stream()
                                .map(StatusReport::source)
                                .toList(),
                "problems", problems(loop));
    }

    private static Map<String, Object> source(SourceState state) {
        return Json.of(
                "path", state.path().toString(),
                "state", state.condition().name().toLowerCase(Locale.ROOT),
                "reason", state.reason(),
                "behind", state.behind(),
                "lines", state.tally().lines());
    }

    private static List<String> problems(JailLoop loop) {
        JailCounts counts = loop.counts();
        List<String> problems = new ArrayList<>();
        if (counts.leaked > 0) {
            problems.add(
                    "%d failures came from addresses that were banned, the last from %s: is the site behind a proxy,"
                                    .formatted(counts.leaked, counts.leakedBy)
                            + " or on other ports than the jail's?");
        }
        if (counts.doubted > 0) {
            problems.add(counts.doubted + " lines could not be believed or examined, and nobody was blamed for them.");
        }
        if (counts.overlong > 0) {
            problems.add(counts.overlong + " lines were longer than 8192 bytes and were left out.");
        }
        if (loop.jail().forgotten() > 0) {
            problems.add(loop.jail().forgotten() + " addresses were forgotten, because too many fail at once.");
        }
        if (!loop.memory().problem().isEmpty()) {
            problems.add(loop.memory().problem());
        }
        return problems;
    }

    private Map<String, Object> lag(List<SourceState> sources) {
        long bytes = sources.stream().mapToLong(SourceState::behind).sum();
        Instant now = guard.settings().clock().instant();
        long seconds = sources.stream()
                .filter(source -> source.behind() > 0)
                .mapToLong(source -> Duration.between(source.lastRead(), now).toSeconds())
                .max()
                .orElse(0);
        return Json.of("bytes", bytes, "seconds", seconds);
    }

    private Map<String, Object> firewall() {
        EnforcerState state = guard.enforcer().state();
        List<String> problems = new ArrayList<>();
        if (state.health() instanceof EnforcerState.Failing(Instant since, String why)) {
            problems.add("since " + Json.time(since) + ": " + why);
        }
        return Json.of(
                "backend", state.backend(),
                "verified", state.verified(),
                "pending", state.pending(),
                "reason", guard.firewall(),
                "problems", problems);
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        guard.plan().problems().forEach(problem -> problems.add(problem.toString()));
        guard.plan().leftOut().forEach(name -> problems.add("Jail " + name + " does not run."));
        return problems;
    }
}
