package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.evidence.Spans;
import bailiff.evidence.site.Standing;
import bailiff.ledger.BanRecord;
import bailiff.ledger.Ending;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Failure;
import bailiff.ledger.LedgerException;
import bailiff.ledger.Success;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import bailiff.shield.Question;
import bailiff.shield.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Says why an address is banned, or why it is not, with the lines that speak against it. */
final class Explanation {

    private static final int MOST_BANS = 20;
    private static final int MOST_FAILURES = 50;
    private static final int MOST_SUCCESSES = 10;

    private static final Map<Question.Door, String> DOORS = Map.of(
            Question.Door.LOGIN, "login",
            Question.Door.XMLRPC, "XML-RPC",
            Question.Door.REST, "REST",
            Question.Door.PINGBACK, "pingback",
            Question.Door.ANY, "of the web server");

    private final Guard guard;

    Explanation(Guard guard) {
        this.guard = guard;
    }

    /** Gives the running bans with their evidence, then the earlier ones, then what has not led to a ban. */
    void of(IpAddress address, Consumer<Map<String, Object>> row) throws ControlException, LedgerException {
        guard.jails().settle();
        Instant now = guard.settings().clock().instant();
        Cidr subject = address.alone();
        List<BanRecord> history = guard.ledger().history(subject, MOST_BANS);
        List<BanRecord> running =
                history.stream().filter(ban -> ban.isActive(now)).toList();
        if (running.isEmpty()) {
            row.accept(Json.of("ip", address.toString(), "banned", false, "answer", whyNot(address)));
        }
        for (BanRecord ban : running) {
            row.accept(ban(ban, now, true));
        }
        for (BanRecord ban : history) {
            if (!ban.isActive(now)) {
                row.accept(ban(ban, now, false));
            }
        }
        for (Standing standing : guard.campaigns().book().explain(address, now)) {
            row.accept(StandingWords.row(address.toString(), standing));
        }
        guard.shielding().refusal(address).ifPresent(refusal -> row.accept(refused(address, refusal)));
        List<Failure> failures = guard.ledger().openFailures(subject, MOST_FAILURES);
        if (!failures.isEmpty()) {
            row.accept(failures(address, failures));
        }
        List<Success> successes = guard.ledger().successes(address, MOST_SUCCESSES);
        if (!successes.isEmpty()) {
            row.accept(successes(address, successes));
        }
    }

    private String whyNot(IpAddress address) {
        for (JailLoop loop : guard.jails().all()) {
            Optional<String> service = loop.service(address);
            if (service.isPresent()) {
                return address + " is never banned: it is one of the verified service " + service.get()
                        + ", see services.d.";
            }
            if (loop.never().contains(address)) {
                return address + " is never banned: it is this machine's own, its gateway, loopback, an SSH session's,"
                        + " or in ignoreip.";
            }
        }
        return guard.jails()
                .verified(address)
                .map(service -> address + " is never banned by jails of the web: it is " + service
                        + ", as its name in the DNS says, and the address of that name; see services.d.")
                .or(() -> guard.visitors().proxies().explanation(address))
                .orElse(address + " is not banned.");
    }

    private Map<String, Object> ban(BanRecord record, Instant now, boolean active) throws LedgerException {
        Map<String, Object> row = Answers.json(record.ban());
        row.put("banned", active);
        row.put("enforced", enforced(record.enforcement()));
        row.put(
                "lines",
                guard.ledger().evidence(record.id()).stream().map(Failure::line).toList());
        row.put("answer", active ? running(record, now) : over(record));
        return row;
    }

    private String running(BanRecord record, Instant now) {
        Ban ban = record.ban();
        String end = ban.isForEver()
                ? "until somebody ends it"
                : "for another " + Spans.text(Duration.between(now, ban.until()));
        return "%s is banned in %s %s: %s. %s, %s.%s"
                .formatted(
                        ban.subject(),
                        ban.jail(),
                        end,
                        ban.reason(),
                        times(ban),
                        enforced(record.enforcement()),
                        StandingWords.ofBan(
                                ban.evidence(), guard.campaigns().book().budget()));
    }

    private static String times(Ban ban) {
        return ban.bancount() == 1 ? "The first time" : "Time number " + ban.bancount();
    }

    private static String over(BanRecord record) {
        Ban ban = record.ban();
        String end = switch (record.ending()) {
            case Ending.Running() -> "its time is up";
            case Ending.Expired(Instant at) -> "ended at " + Json.time(at);
            case Ending.Lifted(Instant at, String by, String why) ->
                "lifted at " + Json.time(at) + " by " + by + (why.isEmpty() ? "" : " (" + why + ")");
            case Ending.Replaced(Instant at) -> "replaced by a newer one at " + Json.time(at);
        };
        return "%s was banned in %s at %s: %s; %s."
                .formatted(ban.subject(), ban.jail(), Json.time(ban.since()), ban.reason(), end);
    }

    private static String enforced(Enforcement enforcement) {
        return switch (enforcement) {
            case Enforcement.InForce() -> "in force";
            case Enforcement.Pending() -> "not yet in force";
            case Enforcement.NotEnforced(String reason) -> "NOT in force: " + reason;
        };
    }

    private Map<String, Object> refused(IpAddress address, Refusal refusal) {
        String counted = guard.settings().observe() ? " would have refused it " : " refused it ";
        String why = refusal.why().isEmpty() ? "" : " (" + refusal.why() + ")";
        return Json.of(
                "ip",
                address.toString(),
                "refused",
                refusal.times(),
                "answer",
                "The shield" + counted + (refusal.times() == 1 ? "once" : refusal.times() + " times") + ", last at "
                        + Json.time(refusal.last()) + " at the door " + DOORS.get(refusal.door()) + ": "
                        + refusal.reason().word() + why + ".");
    }

    private static Map<String, Object> successes(IpAddress address, List<Success> successes) {
        List<String> accounts = successes.stream()
                .map(success -> success.account() + (success.site().isEmpty() ? "" : " at " + success.site()))
                .distinct()
                .toList();
        return Json.of(
                "ip",
                address.toString(),
                "banned",
                false,
                "successes",
                accounts.size(),
                "answer",
                "Somebody has logged in from it, the last time at "
                        + Json.time(successes.getFirst().time()) + ": " + String.join(", ", accounts) + ".");
    }

    private static Map<String, Object> failures(IpAddress address, List<Failure> failures) {
        String jails = String.join(
                ", ", failures.stream().map(Failure::jail).distinct().toList());
        return Json.of(
                "ip", address.toString(),
                "banned", false,
                "failures", failures.size(),
                "lines", failures.reversed().stream().map(Failure::line).toList(),
                "answer",
                        failures.size() + (failures.size() == 1 ? " failure counts" : " failures count")
                                + " against it in " + jails + ":");
    }
}
