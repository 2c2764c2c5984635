package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final String A = "203.0.113.9";

    @TempDir
    Path directory;

    @Test
    void line_thirdFailure_bansAtItsTimeAndUnbansInTheLogsOwn() throws IOException {
        Replayed log = new Replayed(directory, "bantime = 600");
        log.fail(0, A);
        log.fail(1, A);
        log.fail(2, A);
        log.fail(601, "203.0.113.10");
        assertThat(log.events).containsExactly("ban 2 " + A);

        log.fail(602, "203.0.113.10");

        assertThat(log.events).containsExactly("ban 2 " + A, "unban 602 " + A);
    }

    @Test
    void line_bansOfDifferentLengthsOver_areEndedInTheirOrderBeforeTheNextBan() throws IOException {
        Replayed log = new Replayed(directory, "bantime = 600\nmaxretry = 1");
        log.fail(0, A);
        log.fail(5, "203.0.113.10");

        log.fail(1_000, "203.0.113.11");

        assertThat(log.events)
                .containsExactly(
                        "ban 0 " + A,
                        "ban 5 203.0.113.10",
                        "unban 600 " + A,
                        "unban 605 203.0.113.10",
                        "ban 1000 203.0.113.11");
    }

    @Test
    void summary_failuresBeforeDuringAndAfterABan_countsTheAddressOnce() throws IOException {
        Replayed log = new Replayed(directory, "bantime = 600");
        for (int second = 0; second < 10; second++) {
            log.fail(second, A);
        }
        log.fail(1_000, A);
        log.line("nothing to see here");

        assertThat(log.summary()).isEqualTo(new Replay.Summary(12, 11, 1, 1, 0));
    }

    @Test
    void summary_ipv6NetworkThatFails_countsEachAddress() throws IOException {
        Replayed log = new Replayed(directory, "");
        log.fail(0, "2001:db8::1");
        log.fail(1, "2001:db8::2");
        log.fail(2, "2001:db8::3");
        log.fail(3, "2001:db8::4");

        assertThat(log.events).containsExactly("ban 2 2001:db8::/64");
        assertThat(log.summary()).isEqualTo(new Replay.Summary(4, 4, 1, 4, 0));
    }

    @Test
    void line_addressInIgnoreip_isSpared() throws IOException {
        Replayed log = new Replayed(directory, "maxretry = 1\nignoreip = 203.0.113.0/28 some.name.invalid");
        log.fail(0, A);
        log.fail(0, "127.0.0.1");

        assertThat(log.events).as("loopback failed in the log as any address").containsExactly("ban 0 127.0.0.1");
    }

    @Test
    void line_cutOne_isCountedAndBlamesNobody() throws IOException {
        Replayed log = new Replayed(directory, "maxretry = 1");

        log.cut(Replayed.START + " vps wordpress(b)[1]: Authentication failure for admin from " + A);

        assertThat(log.summary()).isEqualTo(new Replay.Summary(1, 0, 0, 0, 0));
    }

    @Test
    void line_banForEver_neverEnds() throws IOException {
        Replayed log = new Replayed(directory, "maxretry = 1\nbantime = -1");
        log.fail(0, A);
        log.fail(900_000, A);

        assertThat(log.events).containsExactly("ban 0 " + A);
    }

    @Test
    void line_increment_bansForLongerEachTime() throws IOException {
        Replayed log = new Replayed(directory, "maxretry = 1\nbantime = 100\nbantime.increment = true");
        log.fail(0, A);
        log.fail(150, A);
        log.fail(400, A);
        log.fail(10_000, A);

        assertThat(log.events)
                .containsExactly(
                        "ban 0 " + A,
                        "unban 100 " + A,
                        "ban 150 " + A,
                        "unban 350 " + A,
                        "ban 400 " + A,
                        "unban 800 " + A,
                        "ban 10000 " + A);
    }

    @Test
    void line_compatAndFailuresWhileBanned_prolongsAndUnbansLater() throws IOException {
        Replayed log = new Replayed(directory, "maxretry = 2\nbantime = 100\ncompat = fail2ban");
        log.fail(0, A);
        log.fail(1, A);
        log.fail(50, A);
        log.fail(60, A);
        log.fail(500, "203.0.113.10");

        assertThat(log.events).containsExactly("ban 1 " + A, "prolong 60 " + A, "unban 160 " + A);
    }

    @Test
    void line_compatSilentForFindtime_isForgottenOnlyWithCleanup() throws IOException {
        String options = "maxretry = 5\nfindtime = 600\ncompat = fail2ban";
        for (boolean cleanup : new boolean[] {false, true}) {
            Replayed log = new Replayed(directory.resolve("cleanup " + cleanup), options, cleanup);
            for (int second : new int[] {0, 0, 0, 0, 601}) {
                log.fail(second, A);
            }

            assertThat(log.events).isEqualTo(cleanup ? List.of() : List.of("ban 601 " + A));
        }
    }
}
