package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.control.Commands;
import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.control.Request;
import bailiff.ledger.LedgerException;
import bailiff.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers what is asked over the control socket. Safe for any thread. */
final class Answers implements Commands {

    private static final long PATIENCE_SECONDS = 20;

    private final Guard guard;
    private final PickledCommands fail2ban;

    Answers(Guard guard) {
        this.guard = guard;
        this.fail2ban = new PickledCommands(new Fail2banCommands(guard));
    }

    @Override
    public void carryOut(Request request, Consumer<Map<String, Object>> row) throws ControlException {
        try {
            switch (request.command()) {
                case "ping" -> say(row, "pong");
                case "status" -> row.accept(status(request));
                case "bans" -> bans(request, row);
                case "ban" -> new ManualBans(guard).ban(request, line -> say(row, line));
                case "unban" -> new ManualBans(guard).unban(request, line -> say(row, line));
                case "campaigns" -> new CampaignAnswers(guard.campaigns()).of(request, row);
                case "why" -> new Explanation(guard).of(address(request), row);
                case "watch" -> watch(request, row);
                case "reload" -> reload(row);
                case "fail2ban" -> fail2ban.carryOut(request, row);
                case "stop" -> stop(row);
                default ->
                    throw new ControlException(
                            ControlException.USAGE, "The guard knows no command '" + request.command() + "'.");
            }
        } catch (LedgerException e) {
            throw new ControlException(ControlException.FAILED, Faults.words(e));
        }
    }

    private static void say(Consumer<Map<String, Object>> row, String sentence) {
        row.accept(Json.of("answer", sentence));
    }

    /** The status also knows of jails that do not run. */
    private Map<String, Object> status(Request request) throws ControlException {
        String name = request.text("jail").orElse("");
        List<String> degraded = guard.jails().degraded();
        StatusReport report = new StatusReport(guard);
        if (name.isEmpty()) {
            return report.of(guard.jails().all(), degraded);
        }
        boolean runs = guard.jails().named(name).isPresent();
        return !runs && degraded.contains(name)
                ? report.of(List.of(), List.of(name))
                : report.of(List.of(jail(guard, name)), List.of());
    }

    private void reload(Consumer<Map<String, Object>> row) throws ControlException {
        Plan plan = guard.inForce().reload();
        say(row, "Configuration read again: " + plan.jails().size() + " jails.");
        plan.problems().forEach(problem -> say(row, problem.toString()));
    }

    private void watch(Request request, Consumer<Map<String, Object>> row) throws ControlException {
        String word = request.text("word").orElse("");
        if (!Lookout.WORD.matcher(word).matches()) {
            throw new ControlException(
                    ControlException.USAGE, "Expected a word as 'bailiff doctor' has it to look out for.");
        }
        guard.lookout().watch(word).forEach(seen -> row.accept(json(seen)));
    }

    private static Map<String, Object> json(Lookout.Seen seen) {
        return Json.of(
                "jail",
                seen.jail(),
                "source",
                seen.source(),
                "read",
                Json.time(seen.read()),
                "line",
                seen.text(),
                "verdict",
                seen.verdict().map(Lookout.Verdict::kind).orElse("none"),
                "ip",
                seen.verdict()
                        .flatMap(Lookout.Verdict::address)
                        .map(IpAddress::toString)
                        .orElse(""),
                "time",
                seen.verdict().flatMap(Lookout.Verdict::time).map(Json::time).orElse(""));
    }

    private void stop(Consumer<Map<String, Object>> row) {
        say(row, "Stopping.");
        guard.askToEnd();
    }

    private void bans(Request request, Consumer<Map<String, Object>> row) throws ControlException {
        List<Ban> bans = new ArrayList<>();
        for (JailLoop loop : jails(request)) {
            bans.addAll(ask(loop, keeper -> keeper.bans().all()));
        }
        bans.sort(Comparator.comparing(Ban::until).thenComparing(Ban::subject));
        bans.forEach(ban -> row.accept(json(ban)));
    }

    /** A ban as the JSON contract has it. */
    static Map<String, Object> json(Ban ban) {
        return Json.of(
                "ip", ban.subject().toString(),
                "jail", ban.jail(),
                "since", Json.time(ban.since()),
                "until", Json.end(ban.until()),
                "bancount", ban.bancount(),
                "failures", ban.failures(),
                "evidence", ban.evidence(),
                "reason", ban.reason());
    }

    private Collection<JailLoop> jails(Request request) throws ControlException {
        String name = request.text("jail").orElse("");
        return name.isEmpty() ? guard.jails().all() : List.of(jail(guard, name));
    }

    /** The running jail of that name. */
    static JailLoop jail(Guard guard, String name) throws ControlException {
        return guard.jails()
                .named(name)
                .orElseThrow(() -> new ControlException(
                        ControlException.FAILED,
                        "There is no jail '" + name + "'; running: "
                                + String.join(
                                        ", ",
                                        guard.jails().all().stream()
                                                .map(JailLoop::name)
                                                .toList()) + "."));
    }

    private static IpAddress address(Request request) throws ControlException {
        String text = request.text("ip").orElse("");
        return IpAddress.parse(text)
                .orElseThrow(() -> new ControlException(
                        ControlException.USAGE,
                        "'" + text + "' is no address; expected one such as 192.0.2.1 or 2001:db8::1."));
    }

    /** Has the jail's thread answer, and waits for it. */
    static <T> T ask(JailLoop loop, Function<JailKeeper, T> question) throws ControlException {
        CompletableFuture<T> answer = loop.ask(question);
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new ControlException(
                    ControlException.FAILED,
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()));
        } catch (TimeoutException e) {
            throw new ControlException(ControlException.FAILED, "Jail " + loop.name() + " does not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException(ControlException.FAILED, "The guard is ending.");
        }
    }
}
