package bailiff.evidence.site;

import bailiff.line.AccessLog;
import bailiff.line.LogLine;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A machine with sites, for tests: its clock, its access logs, its trap and its shield. */
final class Machine {

    static final String LOG = "/var/log/apache2/access.log";
    static final String SITE = "www.example.test";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final AccessLog forms = new AccessLog(ZoneOffset.UTC);
    private final List<Sites.Told> told = new ArrayList<>();
    private Sites sites;
    private Instant now = Attempts.START;

    Machine() {
        this(new Sites(Allowance.USUAL, new CidrSet(List.of(Attempts.SERVICE))));
    }

    Machine(Sites sites) {
        this.sites = sites;
    }

    Sites sites() {
        return sites;
    }

    Instant now() {
        return now;
    }

    /** What access logs told of so far, and was counted. */
    List<Sites.Told> told() {
        return told;
    }

    /** The guard is stopped and begins again. */
    void restart() {
        sites = Sites.restored(Allowance.USUAL, new CidrSet(List.of(Attempts.SERVICE)), sites.save())
                .orElseThrow();
    }

    void pass(long seconds) {
        now = now.plusSeconds(seconds);
        told.addAll(sites.due(now));
    }

    /** A line of the log, of now. */
    void log(String client, String request, int status, String behind) {
        log("", client, request, status, behind);
    }

    void log(String host, String client, String request, int status, String behind) {
        logged(now, host, client, request, status, behind);
    }

    void logged(Instant time, String host, String client, String request, int status, String behind) {
        String head = host.isEmpty() ? client : host + ":443 " + client;
        String line = head + " - - [" + TIME.format(time) + "] \"" + request + " HTTP/1.1\" " + status + " " + behind;
        told.addAll(sites.read(LOG, forms.read(LogLine.of(line)).orElseThrow(), now));
    }

    /** Somebody reads a page with its styles. */
    void visit(String client) {
        log(client, "GET /", 200, "9000 \"-\" \"" + Attempts.CHROME + "\"");
        log(client, "GET /style.css", 200, "900 \"-\" \"" + Attempts.CHROME + "\"");
    }

    /** A login at the form that the log alone tells of, by who has fetched nothing. */
    void loggedLogin(String client, int status) {
        log(client, "POST /wp-login.php", status, "5000 \"-\" \"" + Attempts.CHROME + "\"");
    }

    /** The shield is asked about a login. */
    Judgement ask(String client, String user, Conduct conduct, String agent) {
        Request request = new Request(Door.LOGIN, "HTTP/1.1", "", Origin.DOOR, Optional.of(agent), conduct, false);
        Attempt attempt = attempt(client, user, Outcome.UNKNOWN, request);
        Judgement judgement = sites.judge(SITE, attempt);
        if (judgement instanceof Judgement.Refuse) {
            sites.record(SITE, attempt.shielded());
        } else {
            sites.asked(SITE, attempt);
        }
        return judgement;
    }

    /** The trap tells what came of a login that was let through. */
    Judgement trap(String client, String user, Outcome outcome) {
        return sites.record(SITE, attempt(client, user, outcome, Request.untold(Door.LOGIN)), now);
    }

    private Attempt attempt(String client, String user, Outcome outcome, Request request) {
        IpAddress address = IpAddress.parse(client).orElseThrow();
        return new Attempt(now, address, new Login(user, Account.KNOWN, outcome, 1, false), request);
    }

    /** Sixteen people log in, who had all that a browser fetches; told by the trap and by the log. */
    void proveLink() {
        for (int i = 0; i < 16; i++) {
            String client = "203.0." + i + ".7";
            visit(client);
            log(client, "GET /wp-login.php", 200, "5000 \"-\" \"" + Attempts.CHROME + "\"");
            pass(5);
            trap(client, "user" + i, Outcome.SUCCESS);
            log(client, "POST /wp-login.php", 302, "0 \"-\" \"" + Attempts.CHROME + "\"");
            pass(120);
        }
        for (int i = 0; i < 50; i++) {
            visit("203.1." + i + ".7");
        }
    }

    /** A botnet whose bots were seen to fetch nothing, each by another name: a campaign against the site. */
    void attack(int sources) {
        attack(sources, false);
    }

    /** The same, of which the log tells as well. */
    void loggedAttack(int sources) {
        attack(sources, true);
    }

    private void attack(int sources, boolean logged) {
        for (int i = 0; i < sources; i++) {
            String bot = Attempts.foreign(i).toString();
            Judgement asked = ask(bot, "admin", Conduct.BLIND, Attempts.CHROME + "." + i);
            if (asked.equals(Judgement.NOTHING)) {
                trap(bot, "admin", Outcome.FAILURE);
            }
            if (logged) {
                loggedLogin(bot, 200);
            }
            pass(60);
        }
    }
}
