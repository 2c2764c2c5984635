package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.control.ControlException;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import bailiff.wire.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** fail2ban's commands that tell of bans, make them and end them. Safe for any thread. */
final class BanCommands {

    /* As many as a command may sensibly name; each waits for the jail's thread. */
    private static final int MOST_SUBJECTS = 10_000;
    private static final String BY = "fail2ban-client unban";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final String NEVER = "9999-12-31 23:59:59";

    private final Guard guard;

    BanCommands(Guard guard) {
        this.guard = guard;
    }

    /** The jail of that name, as far as it runs; the one for bans by hand as well. */
    JailLoop loop(String jail) throws Refused {
        return guard.jails().named(jail).orElseThrow(() -> Refused.unknownJail(jail));
    }

    /** The jail's bans in the order in which they began. */
    List<Ban> bans(JailLoop loop) throws ControlException {
        List<Ban> bans =
                new ArrayList<>(Answers.ask(loop, keeper -> keeper.bans().all()));
        bans.sort(Comparator.comparing(Ban::since));
        return bans;
    }

    private static Value subjects(List<Ban> bans) {
        return Value.texts(bans.stream().map(ban -> ban.subject().toString()).toList());
    }

    /** {@code banned}: each jail's bans, by its name; or the jails in which each of these is banned. */
    Value banned(List<String> ids) throws ControlException {
        Collection<JailLoop> loops = guard.jails().all();
        if (ids.isEmpty()) {
            List<Value> told = new ArrayList<>();
            for (JailLoop loop : loops) {
                List<Ban> bans = bans(loop);
                if (!loop.name().equals(Jails.BY_HAND) || !bans.isEmpty()) {
                    told.add(new Value.Table(Map.of(Value.of(loop.name()), subjects(bans))));
                }
            }
            return Value.list(told);
        }
        Map<String, List<Ban>> bans = new LinkedHashMap<>();
        for (JailLoop loop : loops) {
            bans.put(loop.name(), bans(loop));
        }
        return Value.list(ids.stream()
                .map(id -> Value.texts(bans.entrySet().stream()
                        .filter(jail -> isAmong(id, jail.getValue()))
                        .map(Map.Entry::getKey)
                        .toList()))
                .toList());
    }

    /** {@code get JAIL banned}: its bans, or 1 or 0 for each of these. */
    Value banned(String jail, List<String> ids) throws Refused, ControlException {
        List<Ban> bans = bans(loop(jail));
        if (ids.isEmpty()) {
            return subjects(bans);
        }
        List<Value> among =
                ids.stream().map(id -> Value.of(isAmong(id, bans) ? 1 : 0)).toList();
        return among.size() == 1 ? among.getFirst() : Value.list(among);
    }

    private static boolean isAmong(String id, List<Ban> bans) {
        return Cidr.parse(id)
                .filter(asked -> bans.stream().anyMatch(ban -> covers(ban.subject(), asked)))
                .isPresent();
    }

    private static boolean covers(Cidr banned, Cidr asked) {
        return banned.length() <= asked.length() && banned.contains(asked.first());
    }

    /** {@code get JAIL banip}: its bans by their ends, with their times if wanted. */
    Value banip(String jail, boolean withTime) throws Refused, ControlException {
        List<Ban> bans = Answers.ask(loop(jail), keeper -> keeper.bans().all());
        return withTime ? Value.texts(bans.stream().map(BanCommands::timed).toList()) : subjects(bans);
    }

    private static String timed(Ban ban) {
        String length = ban.isForEver()
                ? "-1"
                : String.valueOf(
                        Math.round(Duration.between(ban.since(), ban.until()).toMillis() / 1_000.0));
        return ban.subject() + " \t" + time(ban.since()) + " + " + length + " = "
                + (ban.isForEver() ? NEVER : time(ban.until()));
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }

    /** {@code set JAIL banip}: bans all of these, or none when one must not be; how many were not banned before. */
    Value ban(String jail, List<String> ids) throws Refused, ControlException {
        JailLoop loop = loop(jail);
        List<Cidr> subjects = new ArrayList<>();
        for (String id : atMost(ids)) {
            Cidr subject =
                    Cidr.parse(id).orElseThrow(() -> Refused.value(Value.of(id).repr() + " is no address or network"));
            spareNobody(loop, subject);
            subjects.add(subject);
        }
        return Answers.ask(loop, keeper -> {
            int begun = 0;
            for (Cidr subject : subjects) {
                if (!keeper.bans().isBanned(subject)) {
                    keeper.bans().imposeByHand(subject, keeper.bans().bantime(), "by fail2ban-client");
                    begun++;
                }
            }
            return Value.of(begun);
        });
    }

    private static void spareNobody(JailLoop loop, Cidr subject) throws Refused {
        if (loop.never().overlaps(subject)) {
            throw Refused.value(subject + " is not banned, because it is or holds an address that must never be"
                    + " banned: loopback, this machine's own, its gateway, an SSH session's, or one in ignoreip");
        }
    }

    private static List<String> atMost(List<String> ids) throws Refused {
        if (ids.size() > MOST_SUBJECTS) {
            throw Refused.value("more than " + MOST_SUBJECTS + " addresses in one command");
        }
        return ids;
    }

    /** {@code set JAIL unbanip}: how many bans ended; when it must, complains of those who had none. */
    Value unban(String jail, List<String> ids, boolean reportAbsent) throws Refused, ControlException {
        JailLoop loop = loop(jail);
        int lifted = 0;
        List<String> absent = new ArrayList<>();
        for (String id : atMost(ids)) {
            int ended = lift(loop, id);
            lifted += ended;
            if (ended == 0) {
                absent.add(id);
            }
        }
        if (reportAbsent && !absent.isEmpty()) {
            throw Refused.value("not banned: " + Value.texts(absent).repr());
        }
        return Value.of(lifted);
    }

    /** {@code unban IP...}: how many bans ended in all jails. */
    Value unban(List<String> ids) throws Refused, ControlException {
        int lifted = 0;
        for (JailLoop loop : guard.jails().all()) {
            for (String id : atMost(ids)) {
                lifted += lift(loop, id);
            }
        }
        return Value.of(lifted);
    }

    private static int lift(JailLoop loop, String id) throws ControlException {
        Optional<Cidr> subject = Cidr.parse(id);
        return subject.isEmpty() ? 0 : Answers.ask(loop, keeper -> lift(keeper.bans(), subject.get()));
    }

    private static int lift(JailBans bans, Cidr subject) {
        List<Ban> meant = bans.in(subject);
        meant.forEach(ban -> bans.lift(ban, BY));
        bans.forgive(subject);
        return meant.size();
    }

    /** Ends all bans of these jails; how many there were. */
    static int unbanAll(Collection<JailLoop> loops) throws ControlException {
        int lifted = 0;
        for (JailLoop loop : loops) {
            lifted += Answers.ask(loop, keeper -> {
                List<Ban> bans = keeper.bans().all();
                bans.forEach(ban -> keeper.bans().lift(ban, BY));
                return bans.size();
            });
        }
        return lifted;
    }

    /** {@code set JAIL attempt}: counts a failure that somebody else saw, with its lines. */
    Value attempt(String jail, String id, List<String> lines) throws Refused, ControlException {
        JailLoop loop = loop(jail);
        IpAddress address =
                IpAddress.parse(id).orElseThrow(() -> Refused.value(Value.of(id).repr() + " is no address"));
        if (jail.equals(Jails.BY_HAND)) {
            throw Refused.value("the jail " + jail + " counts no failures; expected another");
        }
        spareNobody(loop, address.alone());
        Answers.ask(loop, keeper -> {
            keeper.accuse(address, lines);
            return address;
        });
        return Value.of(1);
    }
}
