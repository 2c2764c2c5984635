package bailiff.cli;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Logs as a small site writes them, for rehearsals: always the same ones, but for the time. */
final class MadeUpLogs {

    /** The time as syslog daemons have written it since ever. */
    static final DateTimeFormatter SYSLOG = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT);

    /** The time as rsyslog writes it now. */
    static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.000000'+00:00'");

    /** Whom {@link #failureNow} is about. */
    static final String ATTACKER = "203.0.113.3";

    private static final DateTimeFormatter ACCESS =
            DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss '+0000'", Locale.ROOT);

    /* Enough for the loops over lines to be seen as hot, and a second's work. */
    private static final int LINES = 6_000;
    private static final int LINES_A_SECOND = 5;

    private final LocalDateTime now;

    /** Logs that end about now, in UTC. */
    MadeUpLogs(LocalDateTime now) {
        this.now = now;
    }

    /** A log-in that failed now. */
    String failureNow() {
        return attack(ISO.format(now), 3);
    }

    /** Lines of which every so many is an attack. */
    List<String> lines(DateTimeFormatter time, int every) {
        return IntStream.range(0, LINES)
                .mapToObj(i -> i % every == 0 ? attack(at(time, i), i) : quiet(at(time, i), i))
                .toList();
    }

    private String at(DateTimeFormatter time, int line) {
        return time.format(now.minusSeconds((LINES - line) / LINES_A_SECOND));
    }

    private static String attack(String time, int i) {
        String what = i % 3 == 0
                ? "Authentication attempt for unknown user editor" + i % 50
                : i % 3 == 1 ? "Authentication failure for admin" : "XML-RPC authentication failure for admin";
        String from = i % 7 == 0 ? "2001:db8:" + Integer.toHexString(i & 0xffff) + "::1" : "203.0.113." + i % 250;
        return time + " vps wordpress(blog.example)[" + (1000 + i % 9000) + "]: " + what + " from " + from;
    }

    private static String quiet(String time, int i) {
        return switch (i % 3) {
            case 0 ->
                time + " vps CRON[" + i + "]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)";
            case 1 ->
                time + " vps sshd[" + i + "]: Accepted publickey for deploy from 198.51.100." + i % 250 + " port 5"
                        + i % 1000 + " ssh2";
            default -> time + " vps systemd-logind[612]: New session " + i + " of user deploy.";
        };
    }

    /** A web server's log; one line in a hundred knocks at a door. */
    List<String> access() {
        return IntStream.range(0, LINES)
                .mapToObj(i -> "198.51.100." + i % 250 + " - - [" + at(ACCESS, i) + "] \""
                        + (i % 100 == 0 ? "POST /xmlrpc.php" : "GET /2026/11/a-post-" + i + "/")
                        + " HTTP/1.1\" 200 " + (i % 9000 + 300)
                        + " \"https://blog.example/\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\"")
                .toList();
    }
}
