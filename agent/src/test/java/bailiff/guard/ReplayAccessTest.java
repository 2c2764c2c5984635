package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.line.LogLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jails with {@code evidence = access} over past access logs. */
class ReplayAccessTest {

    private static final String A = "203.0.113.9";
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    @TempDir
    Path directory;

    private final List<String> events = new ArrayList<>();
    private Instant time = Replayed.START;
    private Replay replay;

    @BeforeEach
    void open() throws IOException {
        replay = replay("");
    }

    private Replay replay(String options) throws IOException {
        Site site = new Site(directory.resolve("site" + options.length()));
        site.configure(site.jail("wordpress", "maxretry = 100") + """
                [access]
                enabled = true
                evidence = access
                filter = wordpress-access
                logpath = /var/log/access.log
                """ + options);
        return new Replay(Plan.of(site.configuration().read()).jails(), false, new Replay.Listener() {
            @Override
            public void event(String event, Instant moment, Ban ban) {
                events.add(event + " " + ban.subject() + " by " + ban.evidence());
            }

            @Override
            public void refused(Replay.Refusal refusal) {
                events.add("refuse " + refusal.address() + " by " + refusal.evidence() + " in " + refusal.jail());
            }
        });
    }

    private void line(String text) {
        replay.line(LogLine.of(text), Replayed.START, true);
    }

    private void request(String address, String request, int status) {
        line(address + " - - [" + TIME.format(time) + "] \"" + request + " HTTP/1.1\" " + status + " 5000 \"-\" \""
                + BROWSER + "\"");
    }

    private void fail(String address, int times, Duration every) {
        for (int i = 0; i < times; i++) {
            request(address, "POST /wp-login.php", 200);
            time = time.plus(every);
        }
    }

    @Test
    void guesser_howeverSlow_isRefusedAndAtLastBanned() {
        fail(A, 60, Duration.ofMinutes(15));

        assertThat(events)
                .contains("refuse " + A + " by address in access", "ban " + A + " by address")
                .allMatch(event -> event.contains(A));
        assertThat(events.indexOf("refuse " + A + " by address in access"))
                .isLessThan(events.indexOf("ban " + A + " by address"));
        assertThat(replay.summary().refused()).isGreaterThan(5);
        assertThat(replay.summary().failures()).isEqualTo(60);
    }

    @Test
    void fewFailures_asTheFilterWouldCountThem_areNoBan() {
        fail(A, 4, Duration.ofSeconds(2));

        assertThat(events).isEmpty();
        assertThat(replay.summary().failures()).isEqualTo(4);
    }

    @Test
    void guesser_whoIsIgnored_isPassedOver() throws IOException {
        replay = replay("ignoreip = " + A + "\n");

        fail(A, 60, Duration.ofMinutes(15));

        assertThat(events).isEmpty();
    }

    @Test
    void attempt_ofWhichATrapTellsToo_countsOnce() {
        for (int i = 0; i < 5; i++) {
            line(time + " vps wordpress(blog.example.test)[4711]: Authentication failure for admin from " + A);
            request(A, "POST /wp-login.php", 200);
            time = time.plus(Duration.ofMinutes(15));
        }
        request("203.0.113.99", "POST /wp-login.php", 200);
        replay.end();

        assertThat(replay.summary().failures()).isEqualTo(6);
        assertThat(events).isEmpty();
    }

    @Test
    void rotatedLogs_areTheSameLog() {
        for (String name : List.of("/var/log/access.log.2.gz", "/var/log/access.log.1", "/var/log/access.log")) {
            replay.reader(name, Replayed.START);
            fail(A, 4, Duration.ofMinutes(15));
        }

        assertThat(events).contains("refuse " + A + " by address in access");
    }

    @Test
    void sieve_withSuchAJail_passesNoLineOver() {
        assertThat(replay.sieve()).isEmpty();
    }
}
