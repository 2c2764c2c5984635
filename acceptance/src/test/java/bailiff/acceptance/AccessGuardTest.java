package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Sites without our plugin, of which the guard knows what the web server's access log tells: an attack by many addresses,
 * one that goes on and one that takes its time. Takes root.
 */
class AccessGuardTest {

    private static final String LOG = "/var/log/nginx/access.log";
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final String FORM = "http://" + Network.SITE + "/wp-login.php";
    private static final String SLOW = "198.51.100.7";

    /** Under load a question may take longer than the nginx of the manual waits, and is let through. */
    private static final int HASTY = 5;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss xx", Locale.ROOT).withZone(ZoneOffset.UTC);

    @AutoClose
    private final Site site = Site.quiet();

    private final Path logs = site.machine.folder().directory("log/nginx");
    private final Path denymap = site.machine.folder().directory("map").resolve("deny.map");

    private void startGuard() {
        site.machine.configure("fail2ban.local", """
                [Definition]
                shieldhttp = 127.0.0.1:734
                denymap = %s
                """.formatted(denymap));
        site.machine.startGuard();
    }

    private static String agent(int number) {
        return "Mozilla/5.0 (Windows NT 6.1; Win64; x64; rv:4" + number % 8 + ".0) Gecko/20100101 Firefox/4"
                + number % 8 + ".0";
    }

    private static List<String> attempts(ShieldedServer server, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(bot -> server.post("203.0." + bot + ".7", "/wp-login.php", "-A", agent(bot)))
                .toList();
    }

    private static void read(ShieldedServer server, String reader, String page) {
        assertThat(server.get(reader, page, "-A", BROWSER)).isEqualTo("200");
        assertThat(server.get(reader, "/style.css", "-A", BROWSER)).isEqualTo("200");
    }

    @Test
    void nginx_botnetWithOneAttemptEach_laterOnesAreRefusedAndReadersAreNot() {
        startGuard();
        try (ShieldedServer nginx = ShieldedServer.nginx(site.network, logs.resolve("access.log"), LOG)) {
            IntStream.range(0, 55).forEach(reader -> read(nginx, "198.51.100." + reader, "/page"));

            assertThat(attempts(nginx, 0, 2)).containsOnly("200");
            attempts(nginx, 2, 15);
            Await.until(
                    () -> site.machine.bailiff("campaigns", "--json").out().contains("\"likeness\""),
                    () -> site.machine.bailiff("status").out());

            assertThat(attempts(nginx, 15, 40)).filteredOn("403"::equals).hasSizeGreaterThanOrEqualTo(40 - 15 - HASTY);
            read(nginx, "198.51.100.200", "/wp-login.php");
            assertThat(nginx.post("198.51.100.200", "/wp-login.php", "-A", BROWSER, "-e", FORM))
                    .isEqualTo("200");
            assertThat(site.machine.bailiff("campaigns").out()).contains("at " + LOG + ": OPEN");
            assertThat(site.machine.banned()).isEmpty();
        }
    }

    @Test
    void apache_sourceThatFailsOn_isBannedAndRefused() {
        startGuard();
        site.machine.folder().directory("log/apache2");
        Await.until(() -> Files.exists(denymap), site.machine::guardLog);
        Path log = site.machine.folder().path().resolve("log/apache2/access.log");
        try (ShieldedServer apache = ShieldedServer.apache(site.network, denymap, log)) {
            List<String> mistakes = IntStream.range(0, 3)
                    .mapToObj(i -> apache.post("198.51.100.9", "/wp-login.php", "-A", BROWSER, "-e", FORM))
                    .toList();
            Await.until(
                    () -> apache.post(SLOW, "/wp-login.php", "-A", agent(1)).equals("403"),
                    () -> site.machine.bailiff("why", SLOW).out());

            assertThat(mistakes).containsOnly("200");
            assertThat(apache.post("198.51.100.9", "/wp-login.php", "-A", BROWSER, "-e", FORM))
                    .isEqualTo("200");
            assertThat(apache.get(SLOW, "/page")).isEqualTo("200");
        }
    }

    @Test
    void slowAttacker_oneInFiveHours_isBannedAtTheEighthToTenthFailure() {
        startGuard();
        AuthLog log = new AuthLog(logs.resolve("access.log"));
        ZonedDateTime first = ZonedDateTime.now(ZoneOffset.UTC).minus(Duration.ofHours(55));

        IntStream.range(0, 7).forEach(i -> fail(log, first.plusHours(5L * i)));
        Await.until(
                () -> site.machine.bailiff("why", SLOW).out().contains("7 failed logins"),
                () -> site.machine.bailiff("why", SLOW).out());
        List<String> bannedAfterSeven = site.machine.banned();
        IntStream.range(7, 10).forEach(i -> fail(log, first.plusHours(5L * i)));

        site.machine.awaitBanned(SLOW);
        assertThat(bannedAfterSeven).isEmpty();
        assertThat(site.machine.bailiff("bans", "--json").good().row()).containsEntry("evidence", "address");
    }

    private static void fail(AuthLog log, ZonedDateTime time) {
        log.line(SLOW + " - - [" + TIME.format(time) + "] \"POST /wp-login.php HTTP/1.1\" 200 5120 \"-\" \"" + agent(1)
                + "\"");
    }
}
