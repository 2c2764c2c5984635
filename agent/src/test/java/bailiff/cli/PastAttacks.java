package bailiff.cli;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Made-up logs of attacks such as administrators tell of, with addresses for documentation. */
final class PastAttacks {

    static final ZonedDateTime START = ZonedDateTime.of(2016, 4, 9, 5, 0, 0, 0, ZoneOffset.ofHours(1));

    private static final DateTimeFormatter CLF = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT);
    private static final DateTimeFormatter SYSLOG = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter APACHE =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss.SSSSSS uuuu", Locale.ROOT);

    private PastAttacks() {}

    static String access(ZonedDateTime time, String client, String request, int status, int bytes) {
        return client + " - - [" + CLF.format(time) + "] \"" + request + " HTTP/1.1\" " + status + " " + bytes
                + " \"-\" \"-\"";
    }

    static String auth(ZonedDateTime time, String client, String user) {
        return SYSLOG.format(time) + " host wordpress(blog.example)[2131]: Authentication failure for " + user
                + " from " + client;
    }

    static String error(ZonedDateTime time, String client, String script) {
        return "[" + APACHE.format(time) + "] [access_compat:error] [pid 4560] [client " + client
                + ":44442] AH01797: client denied by server configuration: /srv/www" + script;
    }

    /** A week in which a ban of a day after three attempts in an hour paces four addresses; 50 requests. */
    static List<String> paced() {
        List<String> lines = new ArrayList<>();
        for (int address = 0; address < 4; address++) {
            ZonedDateTime time = START.plusHours(2L * address);
            for (int day = 0; day < 4; day++) {
                for (int attempt = 0; attempt < 3; attempt++) {
                    lines.add(access(time, "203.0.113." + (address + 1), "POST /xmlrpc.php", 200, 370));
                    time = time.plusMinutes(2);
                }
                time = time.plusHours(24).minusMinutes(2).plusSeconds(4 + 20L * address + day);
            }
        }
        lines.add(access(START.plusHours(31), "198.51.100.7", "POST /xmlrpc.php", 200, 403));
        lines.add(access(START.plusHours(77), "198.51.100.99", "POST /xmlrpc.php", 200, 370));
        return lines;
    }

    /** One of many addresses every five minutes, each once, for {@code attempts} times. */
    static List<String> distributedAccess(int attempts) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            lines.add(access(START.plusMinutes(5L * i), botAddress(i), "POST //xmlrpc.php", 200, 614));
        }
        return lines;
    }

    /** What WordPress wrote of the same, in a log that names neither year nor zone. */
    static List<String> distributedAuth(int attempts) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            lines.add(auth(START.plusMinutes(5L * i).plus(Duration.ofMillis(700)), botAddress(i), "editor"));
        }
        return lines;
    }

    static String botAddress(int number) {
        return number % 2 == 0 ? "198.18." + number + ".7" : "2001:db8:" + Integer.toHexString(number) + "::1";
    }

    /** A second in which one address is refused seven times, and another gets through. */
    static final ZonedDateTime CULPRITS_SECOND = START.plusHours(14);

    static List<String> refusedAccess() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            lines.add(access(CULPRITS_SECOND, "192.0.2.44", "POST /wp-login.php", 403, 378));
        }
        lines.add(3, access(CULPRITS_SECOND, "203.0.113.250", "POST /xmlrpc.php", 200, 614));
        return lines;
    }

    static List<String> refusedErrors() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            lines.add(error(CULPRITS_SECOND.plus(Duration.ofMillis(90 + 140L * i)), "192.0.2.44", "/wp-login.php"));
        }
        return lines;
    }
}
