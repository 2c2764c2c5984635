package bailiff.report;

import bailiff.filter.Door;
import bailiff.line.Printable;
import bailiff.net.Cidr;
import bailiff.report.Findings.DoorRow;
import bailiff.report.Findings.RuleRow;
import bailiff.report.Findings.SourceRow;
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
    private static final int MOST_BANNED = 3;
    private static final int BUSY = 10;

    private final Findings findings;
    private final Disguise disguise;
    private final DateTimeFormatter moment;
    private final DateTimeFormatter clock;

    Wording(Findings findings, Disguise disguise) {
        this.findings = findings;
        this.disguise = disguise;
        this.moment = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(findings.zone());
        this.clock = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(findings.zone());
    }

    String moment(long millis) {
        return moment.format(Instant.ofEpochMilli(millis));
    }

    String clock(long millis) {
        return clock.format(Instant.ofEpochMilli(millis));
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

    /** What is happening, in two sentences. */
    List<String> verdict() {
        return switch (findings.shape()) {
            case QUIET -> quiet();
            case DISTRIBUTED -> distributed();
            case RETURNING -> returning();
            case CONCENTRATED -> concentrated();
        };
    }

    private List<String> quiet() {
        String first = findings.isEmpty()
                ? "Nobody tried a door of WordPress in " + span(findings.to() - findings.from()) + "."
                : "Nothing that looks like an attack: " + count(findings.attempts(), "attempt", "attempts") + " by "
                        + addresses(findings.sourceCount()) + " in " + span(findings.to() - findings.from()) + ".";
        return List.of(first, "Failed attempts in such numbers are what people and stray robots make.");
    }

    private String attack() {
        return addresses(findings.sourceCount()) + " sent "
                + count(findings.attempts(), "attempt", "attempts") + " to " + door(findings.door());
    }

    private List<String> distributed() {
        long most = findings.sources().getFirst().attempts();
        String each = findings.once() * 2 >= findings.sourceCount()
                ? findings.once() + " of them just one"
                : "none more than " + number(most);
        String first = "A distributed attack: " + attack() + ", " + each + ", one every "
                + span(findings.paceMillis()) + " (median).";
        return List.of(first, "No limit per address sees it: " + rules() + ".");
    }

    /** How many of the sources each usual limit would have shut out. */
    String rules() {
        return findings.rules().stream()
                        .map(row -> row.rule().named() + " would have shut out " + number(row.sources()))
                        .collect(Collectors.joining(", "))
                + " of " + addresses(findings.sourceCount());
    }

    private List<String> returning() {
        Returns told = findings.returns();
        if (told == null) {
            return concentrated();
        }
        String first = attack() + " in " + span(findings.to() - findings.from()) + ", in sets of " + told.limit()
                + ": " + told.usual() + " of " + told.rows() + " sets, as a ban after " + told.limit() + " makes them.";
        return List.of(first, returns(told) + ": bans that do not grow only pace them.");
    }

    /** Who came back. */
    String returns(Returns told) {
        return addresses(told.sources()) + " came back " + count(told.times(), "time", "times") + " just after "
                + span(told.bantime() * 1_000) + ", as a ban of that length lets them, the soonest "
                + span(told.soonest()) + " later";
    }

    private List<String> concentrated() {
        SourceRow top = findings.sources().getFirst();
        long share = top.attempts() * 100 / Math.max(1, findings.attempts());
        RuleRow usual = findings.rules().getFirst();
        String first = attack() + " in " + span(findings.to() - findings.from()) + "; the busiest, "
                + source(top.network()) + ", " + share + " % of them.";
        String second = findings.gapMillis() < 0
                ? "No address tried twice."
                : "One address waits " + span(findings.gapMillis()) + " from attempt to attempt (median): "
                        + usual.rule().named() + " would have shut out " + number(usual.sources()) + ".";
        return List.of(first, second);
    }

    /** Each address's pauses against the usual times of counting. */
    String spacing() {
        if (findings.gapMillis() < 0) {
            return "no address tried twice, so no findtime, however long, adds anything up";
        }
        String against = findings.gapMillis() > 3_600_000
                ? "longer than findtime 600 and 3600, which see each alone"
                : findings.gapMillis() > 600_000
                        ? "longer than findtime 600; within 3600"
                        : "within findtime 600";
        return span(findings.gapMillis()) + " from one attempt of an address to its next (median): " + against;
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
                (row.open() ? open : shut).add(door(row.door()) + " (since " + moment(row.since()) + ")");
            }
        }
        String first = open.stream().map(Wording::withoutSince).collect(Collectors.joining(", "));
        String second = String.join(", ", shut);
        if (open.isEmpty() && shut.isEmpty()) {
            return "the logs do not tell";
        }
        return (open.isEmpty() ? "nothing" : first) + (shut.isEmpty() ? "" : "; refused: " + second);
    }

    private static String withoutSince(String text) {
        return text.replace("(since ", "(last answered ");
    }

    private static boolean isDoor(Door door) {
        return door == Door.LOGIN || door == Door.XMLRPC;
    }

    boolean isOpen(Door door) {
        return findings.doors().stream().anyMatch(row -> row.door() == door && row.open());
    }

    /** One event, as all logs tell of it: client, time, request, status, user, error. */
    String event(Event event) {
        Texts texts = findings.chronicle().texts();
        StringBuilder line = new StringBuilder(moment(event.millis()) + " " + source(event.source()));
        Attempt access = event.access();
        if (access != null) {
            line.append(' ')
                    .append(Printable.text(texts.text(access.text()), 60))
                    .append(' ')
                    .append(access.status());
        }
        Attempt auth = event.auth();
        if (auth != null) {
            line.append(auth.text() < 0 ? ", WordPress: failure" : ", WordPress: failed as " + user(texts.text(auth.text())));
        }
        Attempt error = event.error();
        if (error != null) {
            line.append(", ").append(Printable.text(texts.text(error.text()), 60));
        }
        return line.toString();
    }

    /** What to do now: each a command, or words that begin with #. */
    List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (findings.shape() == Findings.Shape.QUIET) {
            return List.of("sudo bailiff guard --observe        # nothing urgent: look on for a while");
        }
        if (isOpen(Door.XMLRPC) && findings.chronicle().verifiedAttempts() > 0) {
            advice.add("# Jetpack uses xmlrpc.php here: do not shut it, guard it");
        } else if (isOpen(Door.XMLRPC)) {
            advice.add("printf '<Files xmlrpc.php>\\nRequire all denied\\n</Files>\\n' > "
                    + "/etc/apache2/conf-enabled/xmlrpc.conf");
            advice.add("apachectl configtest && apachectl graceful   # unless an app or Jetpack needs xmlrpc.php");
        }
        boolean busy = findings.sources().getFirst().attempts() >= BUSY;
        if (busy && !disguise.hides()) {
            advice.add("sudo bailiff ban "
                    + findings.sources().stream()
                            .filter(row -> row.attempts() >= BUSY)
                            .limit(MOST_BANNED)
                            .map(row -> row.network().toString())
                            .collect(Collectors.joining(" "))
                    + " --for 4w");
        }
        advice.add("sudo bailiff guard                  # from now on; 'guard --observe' shuts nobody out");
        return advice;
    }
}
