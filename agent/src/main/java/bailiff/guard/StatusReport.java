package bailiff.guard;

import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.enforce.EnforcerState;
import bailiff.ledger.LedgerException;
import bailiff.ledger.Totals;
import bailiff.source.LogFollower;
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
    private final Map<String, List<String>> faults;

    StatusReport(Guard guard) {
        this.guard = guard;
        this.faults = guard.jails().faults();
    }

    /** What one jail says of itself. */
    private record Told(Map<String, Object> report, List<SourceState> sources) {}

    /** The status, with these jails in it, and of those that cannot run these. */
    Map<String, Object> of(Collection<JailLoop> jails, Collection<String> degraded) {
        List<String> problems = problems();
        // The ledger may lag behind the jails by a tenth of a second.
        guard.jails().settle();
        Map<String, Totals> totals = totals(problems);
        List<Map<String, Object>> reports = new ArrayList<>();
        List<SourceState> sources = new ArrayList<>();
        for (JailLoop loop : jails) {
            Totals total = totals.getOrDefault(loop.name(), new Totals(0, 0, 0));
            Told told = ask(loop, total);
            reports.add(told.report());
            sources.addAll(told.sources());
        }
        degraded.forEach(name -> reports.add(degraded(name, totals.getOrDefault(name, new Totals(0, 0, 0)))));
        return Json.of(
                "version", guard.settings().version(),
                "pid", ProcessHandle.current().pid(),
                "since", Json.time(guard.since()),
                "observe", !guard.enforces(),
                "jails", reports,
                "lag", lag(sources),
                "firewall", firewall(),
                "shield", guard.shielding().status(),
                "evidence", guard.watch().status(),
                "campaigns", campaigns(),
                "problems", problems);
    }

    /** The open ones. */
    private List<Map<String, Object>> campaigns() {
        return guard.campaigns().open().stream()
                .limit(Campaigns.MOST)
                .map(campaign -> Json.of(
                        "name",
                        campaign.name(),
                        "site",
                        campaign.site(),
                        "since",
                        Json.time(campaign.since()),
                        "sources",
                        campaign.sources(),
                        "attempts",
                        campaign.attempts()))
                .toList();
    }

    private Map<String, Totals> totals(List<String> problems) {
        try {
            return guard.ledger().totals();
        } catch (LedgerException e) {
            problems.add(Faults.words(e));
            return Map.of();
        }
    }

    private Map<String, Object> degraded(String name, Totals total) {
        return Json.of(
                "name",
                name,
                "state",
                "degraded",
                "found",
                0,
                "failing",
                0,
                "banned",
                0,
                "totalBanned",
                total.bans(),
                "sources",
                List.of(),
                "problems",
                faults.getOrDefault(name, List.of()));
    }

    private String state(String name) {
        return isOutdated(name) ? "outdated" : "running";
    }

    /** No jail of the configuration may have the name of the one for bans by hand, which runs whatever is there. */
    private boolean isOutdated(String name) {
        return faults.containsKey(name) && !name.equals(Jails.BY_HAND);
    }

    private Told ask(JailLoop loop, Totals total) {
        try {
            return Answers.ask(loop, jail -> tell(loop.name(), jail, total));
        } catch (ControlException e) {
            Map<String, Object> silent = Json.of(
                    "name",
                    loop.name(),
                    "state",
                    "silent",
                    "found",
                    0,
                    "failing",
                    0,
                    "banned",
                    0,
                    "totalBanned",
                    total.bans(),
                    "sources",
                    List.of(),
                    "problems",
                    List.of(e.words()));
            return new Told(silent, List.of());
        }
    }

    private Told tell(String name, JailKeeper jail, Totals total) {
        List<SourceState> sources = jail.sources();
        Map<String, Object> report = Json.of(
                "name", name,
                "state", state(name),
                "found", jail.counts().found,
                "failing", jail.failing(),
                "banned", jail.bans().count(),
                "totalBanned", total.bans(),
                "sources", sources.stream().map(StatusReport::source).toList(),
                "problems", problems(name, jail));
        return new Told(report, sources);
    }

    private static Map<String, Object> source(SourceState state) {
        return Json.of(
                "path", state.path().toString(),
                "state", state.condition().name().toLowerCase(Locale.ROOT),
                "reason", state.reason(),
                "behind", state.behind(),
                "lines", state.tally().lines());
    }

    private List<String> problems(String name, JailKeeper jail) {
        JailCounts counts = jail.counts();
        List<String> problems = new ArrayList<>(guard.scripts().problems(name));
        if (isOutdated(name)) {
            problems.add("It goes on with its old rules, for what is wrong with the new ones:");
            problems.addAll(faults.getOrDefault(name, List.of()));
        }
        // Where nobody is shut out, the banned go on as before.
        if (counts.leaked > 0 && guard.enforces()) {
            problems.add(
                    "%d failures came from addresses that were banned, the last from %s: is the site behind a proxy,"
                                    .formatted(counts.leaked, counts.leakedBy)
                            + " or on other ports than the jail's?");
        }
        if (counts.doubted > 0) {
            problems.add(counts.doubted + " lines could not be believed or examined, and nobody was blamed for them.");
        }
        if (counts.overlong > 0) {
            problems.add(counts.overlong + " lines were longer than " + LogFollower.LONGEST_LINE
                    + " bytes and were left out.");
        }
        if (jail.forgotten() > 0) {
            problems.add(jail.forgotten() + " addresses were forgotten, because too many fail at once.");
        }
        problems.addAll(jail.doubts());
        if (!jail.problem().isEmpty()) {
            problems.add(jail.problem());
        }
        return problems;
    }

    private Map<String, Object> lag(List<SourceState> sources) {
        long bytes = sources.stream().mapToLong(SourceState::behind).sum();
        Instant now = guard.settings().clock().instant();
        long seconds = sources.stream()
                .filter(source -> source.behind() > 0)
                .mapToLong(source -> Duration.between(lastRead(source), now).toSeconds())
                .max()
                .orElse(0);
        return Json.of("bytes", bytes, "seconds", seconds);
    }

    /** What was never read has waited since the guard began. */
    private Instant lastRead(SourceState source) {
        return source.lastRead().isBefore(guard.since()) ? guard.since() : source.lastRead();
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
        guard.inForce().now().problems().forEach(problem -> problems.add(problem.toString()));
        guard.jails().degraded().forEach(name -> problems.add("Jail " + name + " does not run."));
        if (!guard.fail2banLog().problem().isEmpty()) {
            problems.add(guard.fail2banLog().problem());
        }
        return problems;
    }
}
