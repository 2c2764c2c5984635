package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A jail that reads an access log as one, in a whole guard. */
class AccessJailTest extends SiteTests {

    private static final String BEHIND = " 5000 \"-\" \"Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0\"\n";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Path log = Path.of("/");

    @BeforeEach
    void readAccessLog() throws IOException {
        log = site.log().resolveSibling("access.log");
        Files.createFile(log);
        configure("");
    }

    private void configure(String options) throws IOException {
        site.configure(site.jail("wordpress", "maxretry = 100") + """
                [access]
                enabled = true
                evidence = access
                filter = wordpress-access
                port = http,https
                logpath = %s/access*.log
                %s
                """.formatted(log.getParent(), options));
    }

    private void request(String address, String request, int status) throws IOException {
        request(log, site.clock.instant(), address, request, status);
    }

    private static void request(Path log, Instant time, String address, String request, int status) throws IOException {
        String line = address + " - - [" + TIME.format(time) + "] \"" + request + " HTTP/1.1\" " + status + BEHIND;
        Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Logins that fail, a quarter of an hour apart, so that no window of ten minutes sees two. */
    private void failSlowly(String address, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            request(address, "POST /wp-login.php", 200);
            site.clock.pass(Duration.ofMinutes(15));
        }
    }

    private void awaitFound(int times) throws InterruptedException {
        site.awaitHeard("seen Found", times);
    }

    @Test
    void accessLog_whoNeverSucceeds_isBannedHoweverSlowly() throws Exception {
        site.start();
        failSlowly(A, 10);

        Site.await("a ban", () -> heardBan(A));
        assertThat(site.banned()).containsExactly(A);
        assertThat(site.ask("bans", Map.of()).getFirst().get("evidence")).isEqualTo("address");
    }

    @Test
    void accessLog_officeWhoseMembersMistype_isNotBanned() throws Exception {
        site.start();
        for (int i = 0; i < 12; i++) {
            request(A, "GET /wp-login.php", 200);
            request(A, "GET /wp-admin/css/login.min.css", 200);
            request(A, "POST /wp-login.php", 200);
            request(A, "POST /wp-login.php", 302);
        }
        awaitFound(12);
        failSlowly("203.0.113.99", 10);
        Site.await("the other's ban", () -> heardBan("203.0.113.99"));

        assertThat(site.banned()).containsExactly("203.0.113.99");
    }

    @Test
    void accessLog_ignoredAddress_isNeverWeighed() throws Exception {
        configure("ignoreip = " + A);
        site.start();
        failSlowly(A, 20);
        failSlowly("203.0.113.99", 10);
        Site.await("the other's ban", () -> heardBan("203.0.113.99"));

        assertThat(site.banned()).containsExactly("203.0.113.99");
    }

    @Test
    void accessLog_rotationAndRestart_countEachLineOnce() throws Exception {
        site.start();
        failSlowly(A, 3);
        awaitFound(3);
        Files.move(log, log.resolveSibling("old.1"));
        failSlowly(A, 2);
        awaitFound(5);
        site.restart();
        failSlowly(A, 2);
        awaitFound(7);
        assertThat(site.banned()).isEmpty();

        failSlowly(A, 3);

        Site.await("a ban", () -> heardBan(A));
        assertThat(site.heard.count("seen Found")).isEqualTo(10);
    }

    @Test
    void accessLog_lineThatIsNoRequest_isNobodysFailure() throws Exception {
        site.start();
        Files.writeString(
                log,
                "POST /wp-login.php " + A + " \"POST /wp-login.php HTTP/1.1\" 200\n".repeat(30),
                StandardOpenOption.APPEND);
        failSlowly("203.0.113.99", 10);
        Site.await("the other's ban", () -> heardBan("203.0.113.99"));

        assertThat(site.banned()).containsExactly("203.0.113.99");
    }

    @Test
    void accessLog_sameAttemptFromTrapAndLog_isCountedOnce() throws Exception {
        site.start();
        for (int i = 0; i < 5; i++) {
            site.fail(A);
            awaitFound(i + 1);
            request(A, "POST /wp-login.php", 200);
            site.clock.pass(Duration.ofMinutes(15));
        }
        request("203.0.113.99", "POST /wp-login.php", 200);
        Site.await("the attempt that only the log told of", () -> {
            // It is held back from when it is read, which nobody here knows.
            site.clock.pass(Duration.ofSeconds(3));
            return site.heard.count("seen Found") >= 6;
        });

        assertThat(site.heard.count("seen Found")).isEqualTo(6);
    }

    @Test
    void accessLog_thatIsNotThereYet_isWaitedFor() throws Exception {
        Files.delete(log);
        site.start();

        assertThat(site.jailStatus("access")).isNotEmpty();
        failSlowly(A, 10);

        Site.await("a ban", () -> heardBan(A));
    }

    private boolean heardBan(String address) {
        return site.heard.count("banned " + address) > 0;
    }

    @Test
    void accessLog_officeThatTheTrapKnows_isSparedAsByOtherJails() throws Exception {
        site.start();
        for (String user : List.of("anna", "ben", "clara", "dora", "emil")) {
            site.told("Accepted password for " + user, A);
        }
        site.awaitHeard("seen Credited", 5);
        site.clock.pass(Duration.ofDays(2));
        failSlowly(A, 30);
        failSlowly("203.0.113.99", 12);
        Site.await("the other's ban", () -> heardBan("203.0.113.99"));

        site.awaitHeard("ignored " + A + " by proxy", 30);
        assertThat(site.banned()).containsExactly("203.0.113.99");
    }

    @Test
    void accessLog_whoIsRefusedForHimself_isInApachesMap_andItsAnswersToHimAreNotHisFailures() throws Exception {
        Path map = Files.createDirectory(directory.resolve("map")).resolve("deny.map");
        Files.writeString(directory.resolve("etc/fail2ban.local"), "[Definition]\ndenymap = " + map + "\n");
        site.refuse();
        site.start();
        failSlowly(A, 7);
        awaitFound(7);

        Site.await("the map", () -> isDenied(map, A));
        for (int i = 0; i < 8; i++) {
            request(A, "POST /wp-login.php", 403);
        }
        request("203.0.113.99", "POST /wp-login.php", 403);
        awaitFound(8);
        assertThat(site.heard.count("seen Found")).isEqualTo(8);
        assertThat(heardBan(A)).isFalse();
    }

    private static boolean isDenied(Path map, String address) {
        try {
            return Files.readString(map).contains(address + " deny");
        } catch (IOException e) {
            return false;
        }
    }
}
