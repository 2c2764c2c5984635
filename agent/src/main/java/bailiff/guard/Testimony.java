package bailiff.guard;

import bailiff.ban.Event;
import bailiff.evidence.site.Account;
import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Door;
import bailiff.evidence.site.Login;
import bailiff.evidence.site.Outcome;
import bailiff.evidence.site.Request;
import bailiff.filter.Sighting;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An attempt to log in, as a line of a jail told of it. Immutable.
 *
 * @param site where
 * @param attempt what; of its request no more is known than the door
 * @param said when that was by the line's own clock, by which one line is known again
 */
record Testimony(String site, Attempt attempt, Instant said) {

    /** No site and no account has a longer name; what is longer was made up, and takes no room. */
    static final int LONGEST_NAME = 100;

    /* What the groups of a filter are called, see filter.d/wordpress.conf. */
    private static final String DOOR = "door";
    private static final String BLOCKED = "blocked";
    private static final String REPEAT = "repeat";

    /**
     * What the event tells of an attempt; nothing where it tells of none, or of somebody who is spared. Lines of those
     * who are banned already tell nothing: a flood of them must cost nothing.
     *
     * @param time when the attempt was made
     */
    static Optional<Testimony> of(Event event, Instant time) {
        return switch (event) {
            case Event.Found found -> failed(found.sighting(), found.address(), time);
            case Event.Banned banned -> failed(banned.sighting(), banned.address(), time);
            case Event.Credited success -> told(success.sighting(), success.address(), Outcome.SUCCESS, time);
            case Event.Ignored(Sighting sighting) -> repeated(sighting, time);
            case Event.StillBanned _,
                    Event.Prolonged _,
                    Event.Spared _,
                    Event.Named _,
                    Event.Doubted _,
                    Event.Nothing _ -> Optional.empty();
        };
    }

    /**
     * What a failure tells that nobody is blamed for, since its address is one of many people.
     *
     * @param time when the attempt was made
     */
    static Optional<Testimony> ofOne(Event.Spared spared, Instant time) {
        return failed(spared.sighting(), spared.address(), time);
    }

    /** When the event's line says that it happened; that moment where it says nothing. */
    static Instant time(Event event, Instant otherwise) {
        return switch (event) {
            case Event.Found found -> found.sighting().time();
            case Event.Banned banned -> banned.sighting().time();
            case Event.Credited success -> success.sighting().time();
            case Event.Ignored(Sighting sighting) -> sighting.time();
            case Event.Spared spared -> spared.sighting().time();
            case Event.StillBanned _, Event.Prolonged _, Event.Named _, Event.Doubted _, Event.Nothing _ -> otherwise;
        };
    }

    private static Optional<Testimony> failed(Sighting sighting, IpAddress address, Instant time) {
        boolean blocked = sighting.groups().containsKey(BLOCKED);
        return told(sighting, address, blocked ? Outcome.SHIELDED : Outcome.FAILURE, time);
    }

    /** The jail passes a stale password over; the evidence knows it for one, whoever else tells of it. */
    private static Optional<Testimony> repeated(Sighting sighting, Instant time) {
        return sighting.groups().containsKey(REPEAT)
                ? sighting.address().flatMap(address -> told(sighting, address, Outcome.FAILURE, time))
                : Optional.empty();
    }

    private static Optional<Testimony> told(Sighting sighting, IpAddress address, Outcome outcome, Instant time) {
        String site = sighting.site();
        String user = sighting.user().orElse("");
        // What names neither an account nor a door is no attempt to log in: a pingback, a comment.
        boolean isLogin = !user.isEmpty() || sighting.groups().containsKey(DOOR);
        if (site.isEmpty() || site.length() > LONGEST_NAME || !isLogin) {
            return Optional.empty();
        }
        boolean repeat = sighting.groups().containsKey(REPEAT);
        Login login = new Login(folded(user), account(sighting, user, outcome), outcome, weight(sighting), repeat);
        return Optional.of(new Testimony(
                site, new Attempt(time, address, login, Request.untold(door(sighting.groups()))), sighting.time()));
    }

    private static Account account(Sighting sighting, String user, Outcome outcome) {
        if (sighting.isUnknown()) {
            return Account.UNKNOWN;
        }
        return user.isEmpty() || outcome == Outcome.SHIELDED ? Account.UNTOLD : Account.KNOWN;
    }

    /** A jail counts a guess at an unknown name twice; the evidence weighs it by itself. */
    private static int weight(Sighting sighting) {
        return Math.max(1, sighting.isUnknown() ? sighting.attempts() / 2 : sighting.attempts());
    }

    private static Door door(Map<String, String> groups) {
        String door = groups.getOrDefault(DOOR, "");
        if (door.isEmpty()) {
            return Door.LOGIN;
        }
        return door.equals("REST") ? Door.REST : Door.XMLRPC;
    }

    /** An account's name as evidence is kept of it. */
    static String folded(String user) {
        String whole = user.length() <= LONGEST_NAME ? user : user.substring(0, LONGEST_NAME);
        return whole.toLowerCase(Locale.ROOT);
    }

    /** Whether the attempt was turned away before its password was looked at. */
    boolean isShielded() {
        return attempt.login().outcome() == Outcome.SHIELDED;
    }
}
