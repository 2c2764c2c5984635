package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Bantime;
import bailiff.config.TimeExpression;
import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.control.Request;
import bailiff.net.Cidr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Bans and pardons that a person orders. */
final class ManualBans {

    private static final int LONGEST_REASON = 200;

    private final Guard guard;

    ManualBans(Guard guard) {
        this.guard = guard;
    }

    /** Bans the request's subjects, or none of them when one must not be banned; one sentence for each. */
    void ban(Request request, Consumer<String> say) throws ControlException {
        String name = request.text("jail").filter(jail -> !jail.isEmpty()).orElse(Jails.BY_HAND);
        JailLoop loop = Answers.jail(guard, name);
        List<Cidr> subjects = subjects(request);
        for (Cidr subject : subjects) {
            if (loop.never().overlaps(subject)) {
                throw new ControlException(
                        ControlException.FAILED,
                        subject + " is not banned, because it is or holds an address that must never be banned:"
                                + " loopback, this machine's own, its gateway, an SSH session's, or one in ignoreip.");
            }
        }
        Optional<Bantime> bantime = bantime(request);
        String reason = reason(request);
        for (Cidr subject : subjects) {
            Ban ban = Answers.ask(loop, keeper -> {
                JailBans bans = keeper.bans();
                return bans.imposeByHand(subject, bantime.orElseGet(bans::bantime), reason);
            });
            say.accept("Banned " + subject + " in " + name + " until " + end(ban) + ".");
        }
    }

    private static String reason(Request request) {
        String reason = request.text("reason").orElse("").strip();
        return reason.isEmpty() ? "by hand" : reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }

    private static String end(Ban ban) {
        return ban.isForEver() ? "somebody ends it" : Json.time(ban.until());
    }

    private static Optional<Bantime> bantime(Request request) throws ControlException {
        Optional<String> text = request.text("for").filter(time -> !time.isEmpty());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> length = TimeExpression.parse(text.get()).filter(time -> !time.isZero());
        if (length.isEmpty()) {
            throw new ControlException(
                    ControlException.USAGE,
                    "--for: read '" + text.get() + "', expected a time such as 10m, 1d 12h or -1.");
        }
        return length.map(time -> time.isNegative() ? Bantime.FOR_EVER : new Bantime(time));
    }

    /** Ends the bans that the request means; one sentence for each, and one for a subject that has none. */
    void unban(Request request, Consumer<String> say) throws ControlException {
        String name = request.text("jail").orElse("");
        Collection<JailLoop> loops = name.isEmpty() ? guard.jails().all() : List.of(Answers.jail(guard, name));
        List<Cidr> subjects = request.has("all") ? List.of() : subjects(request);
        List<Ban> lifted = new ArrayList<>();
        for (JailLoop loop : loops) {
            lifted.addAll(Answers.ask(loop, keeper -> lift(keeper.bans(), request.has("all"), subjects)));
        }
        lifted.forEach(ban -> say.accept("Unbanned " + ban.subject() + " in " + ban.jail() + "."));
        for (Cidr subject : subjects) {
            if (lifted.stream().noneMatch(ban -> ban.subject().overlaps(subject))) {
                say.accept(subject + " is not banned.");
            }
        }
        if (request.has("all") && lifted.isEmpty()) {
            say.accept("Nobody is banned.");
        }
    }

    private static List<Ban> lift(JailBans bans, boolean all, List<Cidr> subjects) {
        List<Ban> meant = bans.all().stream()
                .filter(ban -> all || subjects.stream().anyMatch(ban.subject()::overlaps))
                .toList();
        meant.forEach(ban -> bans.lift(ban, "bailiff unban"));
        // Whoever is pardoned begins anew, also when no ban had come of the failures yet.
        subjects.forEach(bans::forgive);
        return meant;
    }

    private static List<Cidr> subjects(Request request) throws ControlException {
        List<Cidr> subjects = new ArrayList<>();
        for (String text : request.texts("subjects")) {
            subjects.add(Cidr.parse(text)
                    .orElseThrow(() -> new ControlException(
                            ControlException.USAGE,
                            "'" + text
                                    + "' is no address or network; expected one such as 192.0.2.1 or 2001:db8::/64.")));
        }
        return subjects;
    }
}
