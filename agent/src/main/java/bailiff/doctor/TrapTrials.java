package bailiff.doctor;

import bailiff.control.ControlException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends what fails to a site of this machine, and waits until the guard has seen the lines of it: two logins of users that
 * do not exist, and a pingback of a page that does not exist either, for which WordPress asks nobody.
 */
final class TrapTrials {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long LOOK_MILLIS = 100;

    /** A log whose times lie further away than that is in another zone than the guard takes it to be. */
    private static final Duration MOST_OFF = Duration.ofMinutes(5);

    private static final int LETTERS = 12;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String XML = "text/xml";

    private final GuardAsked guard;
    private final OwnSite site;
    private final Consumer<Finding> findings;
    private final SecureRandom chance = new SecureRandom();
    private boolean isReported;
    private Optional<Finding> clock = Optional.empty();

    TrapTrials(GuardAsked guard, OwnSite site, Consumer<Finding> findings) {
        this.guard = guard;
        this.site = site;
        this.findings = findings;
    }

    /** What is sent. */
    private interface Request {
        Knock.Reply send(String word) throws IOException;
    }

    /** Makes all of them; whether our plugin's own lines came. */
    boolean run() throws InterruptedException {
        attempt("xmlrpc", "a failing login over XML-RPC", true, this::logInOverXmlrpc);
        attempt("login", "a failing login by the form", true, this::logInByForm);
        attempt("pingback", "a failing pingback", false, this::ping);
        findings.accept(clock.orElse(Finding.notTested("clock", "No line came whose time could be looked at.", "")));
        return isReported;
    }

    private String word() {
        StringBuilder word = new StringBuilder("bailiff-doctor-");
        for (int i = 0; i < LETTERS; i++) {
            word.append((char) ('a' + chance.nextInt('z' - 'a' + 1)));
        }
        return word.toString();
    }

    private Knock.Reply logInOverXmlrpc(String word) throws IOException {
        return Knock.post(site, "xmlrpc.php", XML, call("wp.getUsersBlogs", word, "x"));
    }

    private Knock.Reply logInByForm(String word) throws IOException {
        return Knock.post(site, "wp-login.php", FORM, "log=" + word + "&pwd=x");
    }

    private Knock.Reply ping(String word) throws IOException {
        return Knock.post(
                site,
                "xmlrpc.php",
                XML,
                call("pingback.ping", "http://127.0.0.1/" + word, "http://" + word + ".invalid/"));
    }

    private static String call(String method, String... texts) {
        StringBuilder call =
                new StringBuilder("<?xml version=\"1.0\"?><methodCall><methodName>" + method + "</methodName><params>");
        for (String text : texts) {
            call.append("<param><value><string>").append(text).append("</string></value></param>");
        }
        return call.append("</params></methodCall>").toString();
    }

    /**
     * @param judged whether a filter is expected to make a failure of the line that has the word
     */
    private void attempt(String step, String what, boolean judged, Request request) throws InterruptedException {
        String word = word();
        try {
            guard.watch(word);
            Instant begun = Instant.now();
            Knock.Reply reply = request.send(word);
            boolean isClosed = reply.status() == 403 || reply.status() == 404 || reply.status() == 405;
            boolean isUnknown = reply.text().contains("<int>-32601</int>");
            if (isClosed || isUnknown) {
                String why = isUnknown ? "the method is switched off" : "it is answered with status " + reply.status();
                findings.accept(Finding.notTested(step, "This door is closed: " + why + ".", ""));
                return;
            }
            findings.accept(judge(step, what, judged, begun, await(word, judged)));
        } catch (IOException e) {
            findings.accept(Finding.failed(
                    step, "The site did not answer " + what + ": " + e.getMessage() + ".", "Look into its error log."));
        } catch (ControlException e) {
            findings.accept(Finding.failed(step, e.words(), "'bailiff status' says how the guard is doing."));
        }
    }

    /** The lines that have the word; waits for one of which the filter made something, if it is judged. */
    private List<Map<String, Object>> await(String word, boolean judged) throws ControlException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<Map<String, Object>> seen = guard.watch(word);
        while (System.nanoTime() < end && !isEnough(seen, judged)) {
            Thread.sleep(LOOK_MILLIS);
            seen = guard.watch(word);
        }
        return seen;
    }

    private static boolean isEnough(List<Map<String, Object>> seen, boolean judged) {
        return judged ? seen.stream().anyMatch(TrapTrials::isJudged) : !seen.isEmpty();
    }

    private static boolean isJudged(Map<?, ?> row) {
        return !Rows.text(row, "verdict").equals("none");
    }

    private Finding judge(String step, String what, boolean judged, Instant begun, List<Map<String, Object>> seen) {
        isReported |= seen.stream().anyMatch(row -> Rows.text(row, "line").contains("Bailiff: "));
        if (seen.isEmpty()) {
            return Finding.failed(
                    step,
                    "The guard saw no line of " + what + " within " + PATIENCE.toSeconds() + " seconds.",
                    "Is the plugin in wp-content/mu-plugins, and do its lines go where a jail reads?"
                            + " Where there is no syslog, they take the guard's own socket.");
        }
        Map<String, Object> best =
                seen.stream().filter(TrapTrials::isJudged).findFirst().orElse(seen.getFirst());
        String way = "The line of " + what + " was seen " + after(begun, best) + " by " + Rows.text(best, "source")
                + ", in jail " + Rows.text(best, "jail");
        clock = clock.or(() -> clock(best));
        return switch (Rows.text(best, "verdict")) {
            case "none" ->
                judged
                        ? Finding.failed(
                                step,
                                way + ", and its filter makes nothing of it.",
                                "The jail's filter has to be wordpress.")
                        : Finding.ok(step, way + ".");
            case "spared" -> Finding.ok(step, way + ", which spares this machine.");
            case "found", "banned" ->
                Finding.failed(
                        step,
                        way + ", as a failure of " + Rows.text(best, "ip") + ", not of this machine.",
                        "Tell the web server, or the plugin by BAILIFF_PROXIES, of the proxy before the site.");
            default -> Finding.ok(step, way + ".");
        };
    }

    private static String after(Instant begun, Map<?, ?> row) {
        return time(row, "read")
                .map(read -> Math.max(0, Duration.between(begun, read).toMillis()) + " ms after it was sent,")
                .orElse("at once,");
    }

    private static Optional<Instant> time(Map<?, ?> row, String name) {
        try {
            return Optional.of(Instant.parse(Rows.text(row, name)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Finding> clock(Map<?, ?> row) {
        Optional<Instant> said = time(row, "time");
        Optional<Instant> read = time(row, "read");
        if (said.isEmpty() || read.isEmpty()) {
            return Optional.empty();
        }
        Duration off = Duration.between(read.get(), said.get());
        String source = Rows.text(row, "source");
        return Optional.of(
                off.abs().compareTo(MOST_OFF) <= 0
                        ? Finding.ok("clock", "The times in " + source + " are right.")
                        : Finding.failed(
                                "clock",
                                "The times in " + source + " are " + off.abs().toMinutes() + " minutes "
                                        + (off.isNegative() ? "behind." : "ahead."),
                                "Set logtimezone in jail " + Rows.text(row, "jail") + " to the zone of the log."));
    }
}
