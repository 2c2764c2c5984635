package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.config.EvidenceOptions;
import bailiff.evidence.site.Outcome;
import bailiff.evidence.site.Sites;
import bailiff.line.LogLine;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the requests of access logs come to, without jails. */
class AccessWatchTest {

    private static final String A = "203.0.113.9";
    private static final String BROWSER = "Mozilla/5.0 (X11) Firefox/140.0";
    private static final Path LOG = Path.of("/var/log/apache2/access.log");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Turns away whom a test names, and keeps whom it was told to. */
    private static final class Apache implements FrontDoor {
        private final Set<IpAddress> turnedAway = new HashSet<>();

        @Override
        public void refuse(IpAddress client, Instant since) {
            turnedAway.add(client);
        }

        @Override
        public boolean turnsAway(IpAddress client, Instant time) {
            return turnedAway.contains(client);
        }
    }

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-04-09T12:00:00Z"));
    private final Apache apache = new Apache();
    private final List<String> browsers = new ArrayList<>();
    private SiteWatch watch;
    private Requests requests;

    @BeforeEach
    void begin() {
        watch = SiteWatch.in(directory, clock);
        watch.guard(apache);
        requests = watch.requests(
                "access",
                new EvidenceOptions(EvidenceOptions.Use.ACCESS, 1),
                ZoneOffset.UTC,
                (client, agent) -> browsers.add(client + " " + agent));
    }

    private List<Sites.Told> read(String client, String request, int status, String agent) {
        String line = client + " - - [" + TIME.format(clock.instant()) + "] \"" + request + "\" " + status
                + " 5000 \"-\" \"" + agent + "\"";
        return requests.read(LOG, LogLine.of(line), new CidrSet(List.of()), clock.instant());
    }

    @Test
    void campaign_thatAccessLogsShow_isToldOfAtOnce() {
        AtomicInteger begun = new AtomicInteger();
        watch.follow(begun::incrementAndGet);

        for (int bot = 1; bot <= 60; bot++) {
            read("198.51." + bot + ".7", "POST /wp-login.php HTTP/1.0", 200, "Made-up-tool/0.1");
            clock.pass(Duration.ofMinutes(3));
        }

        assertThat(watch.open(clock.instant())).isNotEmpty();
        assertThat(begun).hasValue(watch.open(clock.instant()).size());
    }

    @Test
    void refusal_byTheServerItself_isTheSourcesOwn() {
        assertThat(outcome(read(A, "POST /wp-login.php HTTP/1.1", 403, BROWSER)))
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void refusal_ofWhomTheGuardHasTurnedAway_isNoProof() {
        apache.refuse(IpAddress.parse(A).orElseThrow(), clock.instant());

        assertThat(outcome(read(A, "POST /wp-login.php HTTP/1.1", 403, BROWSER)))
                .isEqualTo(Outcome.SHIELDED);
        assertThat(outcome(read(A, "POST /wp-login.php HTTP/1.1", 200, BROWSER)))
                .as("before the server has read its map")
                .isEqualTo(Outcome.FAILURE);
    }

    private static Outcome outcome(List<Sites.Told> told) {
        assertThat(told).hasSize(1);
        return told.getFirst().attempt().login().outcome();
    }

    @Test
    void blame_whoWouldBeRefusedForHimself_isTurnedAwayAtTheDoor() {
        for (int failure = 1; failure <= 7; failure++) {
            read(A, "POST /wp-login.php HTTP/1.1", 200, BROWSER).forEach(requests::blame);
            clock.pass(Duration.ofMinutes(7));
        }
        read("203.0.113.99", "POST /wp-login.php HTTP/1.1", 200, BROWSER).forEach(requests::blame);

        assertThat(apache.turnedAway).containsExactly(IpAddress.parse(A).orElseThrow());
    }

    @Test
    void browser_thatReadsPages_isToldOfOnceInARow() {
        read(A, "GET / HTTP/1.1", 200, BROWSER);
        read(A, "GET /style.css HTTP/1.1", 200, BROWSER);
        read(A, "GET /style.css HTTP/1.1", 304, BROWSER + " other");
        read(A, "POST /wp-login.php HTTP/1.1", 200, BROWSER + " poster");
        read(A, "GET /no HTTP/1.1", 404, BROWSER + " lost");
        read(A, "GET / HTTP/1.1", 200, "Made-up-tool/0.1");

        assertThat(browsers).containsExactly(A + " " + BROWSER, A + " " + BROWSER + " other");
    }
}
