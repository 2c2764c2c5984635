package bailiff.report;

import bailiff.filter.Door;
import bailiff.line.Printable;
import bailiff.net.Cidr;
import bailiff.report.Findings.DoorRow;
import bailiff.report.Findings.RuleRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts findings into words that a person reads, with every hostile text made harmless. Not thread-safe. */
final class Wording {

    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_LIKENESS = 120;

    private final Findings findings;
    private final Disguise disguise;
    private final DateTimeFormatter moment;

    Wording(Findings findings, Disguise disguise) {
        this.findings = findings;
        this.disguise = disguise;
        this.moment =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(findings.zone());
    }

    String moment(long millis) {
        return moment.format(Instant.ofEpochMilli(millis));
    }

    /** Without the year, for lines that have little room. */
    private String shortMoment(long millis) {
        return moment(millis).substring(5);
    }

    boolean hides() {
        return disguise.hides();
    }

    ZoneId zone() {
        return findings.zone();
    }

    String source(Cidr network) {
        return disguise.of(network).toString();
    }

    String source(int number) {
        return source(findings.chronicle().sources().get(number).network());
    }

    String user(String hostile) {
        return Printable.text(disguise.of(hostile), LONGEST_NAME);
    }

    static String door(Door door) {
        return switch (door) {
            case LOGIN -> "wp-login.php";
            case XMLRPC -> "xmlrpc.php";
            case REST -> "the REST interface";
            case ENUMERATION -> "lists of users";
            case PINGBACK_VICTIM -> "pages that pingbacks name";
            case OTHER -> "WordPress's doors";
        };
    }

    /** {@code 1 address}, {@code 2 addresses}. */
    static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String addresses(long number) {
        return count(number, "address", "addresses");
    }

    /** A time that passed, to two units: {@code 5 min 12 s}, {@code 24 h}. */
    static String span(long millis) {
        if (millis < 0) {
            return "-";
        }
        Duration span = Duration.ofMillis(millis);
        long days = span.toDays();
        if (days >= 2) {
            return days + " d" + rest(span.toHoursPart(), "h");
        }
        if (span.toHours() >= 1) {
            return span.toHours() + " h" + rest(span.toMinutesPart(), "min");
        }
        return span.toMinutes() >= 1
                ? span.toMinutes() + " min" + rest(span.toSecondsPart(), "s")
                : span.toSeconds() + " s";
    }

    private static String rest(long rest, String unit) {
        return rest == 0 ? "" : " " + rest + " " + unit;
    }

    /** Who came back. */
    String returns(Returns told) {
        return addresses(told.sources()) + " came back " + count(told.times(), "time", "times") + " as a ban of "
                + span(told.bantime() * 1_000) + " ended, the soonest " + span(told.soonest()) + " after";
    }

    /** Each address's pauses against the usual times of counting. */
    String spacing() {
        if (findings.gapMillis() < 0) {
            return "no address tried twice, so no findtime, however long, adds anything up";
        }
        String gap = span(findings.gapMillis()) + " (median)";
        if (findings.once() * 2 >= findings.reaching()) {
            return findings.once() + " of " + addresses(findings.reaching())
                    + " tried once, so no findtime helps; the others " + gap + " apart";
        }
        String against = findings.gapMillis() > 3_600_000
                ? "longer than findtime 600 and 3600"
                : findings.gapMillis() > 600_000 ? "longer than findtime 600" : "within findtime 600";
        return "an address waits " + gap + " from attempt to attempt: " + against;
    }

    /** {@code wp-login.php 403: 7}. */
    static String answers(DoorRow row) {
        return row.answers().entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
                .limit(4)
                .map(entry -> entry.getKey() + " x " + number(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** The doors that WordPress still answers, and those that are shut. */
    String open() {
        List<String> open = new ArrayList<>();
        List<String> shut = new ArrayList<>();
        for (DoorRow row : findings.doors()) {
            if (row.since() > 0 && isDoor(row.door())) {
                String when = shortMoment(row.since());
                if (row.open()) {
                    open.add(door(row.door()) + " (last answered " + when + ")");
                } else {
                    shut.add(door(row.door()) + " (" + number(row.refusals()) + " since " + when + ")");
                }
            }
        }
        if (open.isEmpty() && shut.isEmpty()) {
            return "the logs do not tell";
        }
        return (open.isEmpty() ? "nothing" : String.join(", ", open))
                + (shut.isEmpty() ? "" : "; refused: " + String.join(", ", shut));
    }

    private static boolean isDoor(Door door) {
        return door == Door.LOGIN || door == Door.XMLRPC;
    }

    boolean isOpen(Door door) {
        return findings.doors().stream().anyMatch(row -> row.door() == door && row.open());
    }

    /** How many the server refused within a second of it. */
    long refusedBeside(Event event) {
        return findings.events().all().stream()
                .filter(other -> other.isRefused() && Math.abs(other.millis() - event.millis()) <= 1_000)
                .count();
    }

    /** One event, as all logs tell of it: client, time, request, status, user, error. */
    String event(Event event) {
        Texts texts = findings.chronicle().texts();
        StringBuilder line = new StringBuilder(shortMoment(event.millis()) + " " + source(event.source()));
        Attempt access = event.access();
        if (access != null) {
            line.append(' ')
                    .append(Printable.text(texts.text(access.text()), 60))
                    .append(' ')
                    .append(access.status());
        }
        Attempt auth = event.auth();
        if (auth != null) {
            line.append(", ").append(word(auth));
        }
        Attempt error = event.error();
        if (error != null) {
            String told = texts.text(error.text()).replace(" by server configuration", "");
            line.append(", ").append(Printable.text(told, 60));
        }
        return line.toString();
    }

    /** How many of the sources each usual limit would have shut out. */
    String rules() {
        List<RuleRow> rows = findings.rules();
        return "of " + addresses(findings.reaching()) + " "
                + rows.getFirst().rule().named() + " shuts out "
                + number(rows.getFirst().sources())
                + rows.stream()
                        .skip(1)
                        .map(row -> ", " + row.rule().named() + " " + number(row.sources()))
                        .collect(Collectors.joining());
    }

    /** What WordPress said: {@code failed as admin}. */
    String word(Attempt auth) {
        String user = findings.chronicle().texts().text(auth.text());
        return (auth.isAccepted() ? "let in" : "failed") + (user.isEmpty() ? "" : " as " + user(user));
    }

    /** What the requests of one attack have in common, in words. */
    static String likeness(String hostile) {
        int at = hostile.indexOf(" referer=");
        int end = at < 0 ? -1 : hostile.indexOf(' ', at + 1);
        if (end < 0) {
            return Printable.text(hostile, LONGEST_LIKENESS);
        }
        String referer = switch (hostile.substring(at + " referer=".length(), end)) {
            case "none" -> "no Referer";
            case "door" -> "the door as Referer";
            case "elsewhere" -> "another page as Referer";
            default -> "Referer not told";
        };
        String agent = hostile.substring(end + 1).strip();
        String all = hostile.substring(0, at).strip().replaceAll(" +", " ") + ", " + referer + ", "
                + (agent.isEmpty() ? "no User-Agent" : agent);
        return Printable.text(all, LONGEST_LIKENESS);
    }

    /** One attack: who, since when, how sure, and what its requests have in common. */
    String attack(Attacks.Row row) {
        return addresses(row.sources()) + " are one attack (" + sure(row) + ") since "
                + shortMoment(row.since()).substring(0, 11) + ": " + likeness(row.likeness());
    }

    /** How much likelier an attack is than none. */
    static String sure(Attacks.Row row) {
        return String.format(Locale.ROOT, "10^%.0f to 1", row.powerOfTen());
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
