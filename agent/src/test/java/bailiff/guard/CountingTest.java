package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.ledger.BanRecord;
import bailiff.ledger.LedgerException;
import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A guard whose jail counts as fail2ban does, and one whose bans grow. */
class CountingTest extends SiteTests {

    /** One failure every 130 s is five within ten minutes, and to fail2ban six. */
    @Test
    void guard_compatRestartedAgainAndAgain_countsAsIfNothingHadHappened() throws Exception {
        site.configure(site.jail("wordpress", "compat = fail2ban\nmaxretry = 6\nfindtime = 600"));
        int failures = 0;
        while (failures < 30 && site.heard.count("banned " + A) == 0) {
            site.start();
            site.fail(A);
            failures++;
            long heard = failures;
            Site.await(
                    "line " + heard, () -> site.heard.count("seen Found") + site.heard.count("seen Banned") == heard);
            site.close();
            site.clock.pass(Duration.ofSeconds(130));
        }

        assertThat(failures).isEqualTo(6);
    }

    @Test
    void guard_compatAndFailuresWhileBanned_prolongTheBan() throws Exception {
        site.configure(site.jail("wordpress", "compat = fail2ban\nmaxretry = 2\nbantime = 600"));
        site.start();
        site.fail(A, A);
        site.awaitHeard("banned " + A);
        site.clock.pass(Duration.ofSeconds(100));

        site.fail(A, A);
        site.awaitHeard("prolonged " + A);
        site.restart();

        assertThat(ban().until()).isEqualTo(NOON.plusSeconds(700));
        assertThat(site.ask("bans", Map.of()).getFirst()).containsEntry("bancount", 1);
        assertThat(site.heard.count("banned " + A)).isOne();
    }

    @Test
    void guard_increment_bansAgainForLongerAndSaysSo() throws Exception {
        site.configure(site.jail("wordpress", "maxretry = 1\nbantime = 600\nbantime.increment = true"));
        site.start();
        site.fail(A);
        site.awaitHeard("not enforced " + A);
        assertThat(site.heard.count("increased " + A)).isZero();

        for (int bans = 2; bans <= 4; bans++) {
            Instant end = ban().until();
            site.clock.pass(Duration.between(site.clock.instant(), end).plusSeconds(1));
            site.awaitHeard("unbanned " + A, bans - 1L);
            site.restart();
            site.fail(A);
            site.awaitHeard("increased " + A, bans - 1L);
            int wanted = bans;
            Site.await("ban " + wanted, () -> bancount() == wanted);
        }

        assertThat(Duration.between(ban().since(), ban().until())).isEqualTo(Duration.ofMinutes(80));
        assertThat(ban().bancount()).isEqualTo(4);
    }

    @Test
    void guard_incrementAndUnbanByHand_forgetsTheBansBefore() throws Exception {
        site.configure(site.jail("wordpress", "maxretry = 1\nbantime = 600\nbantime.increment = true"));
        site.start();
        site.fail(A);
        site.awaitHeard("banned " + A);
        site.told("unban", Map.of("subjects", List.of(A)));

        site.clock.pass(Duration.ofSeconds(10));
        site.fail(A);
        site.awaitHeard("not enforced " + A, 2);

        assertThat(Duration.between(ban().since(), ban().until())).isEqualTo(Duration.ofMinutes(10));
        assertThat(ban().bancount()).isOne();
    }

    private int bancount() {
        try {
            return ban().bancount();
        } catch (LedgerException e) {
            throw new AssertionError(e);
        }
    }

    private Ban ban() throws LedgerException {
        Cidr subject = Cidr.parse(A).orElseThrow();
        return site.guard().ledger().history(subject, 1).stream()
                .map(BanRecord::ban)
                .findFirst()
                .orElseThrow();
    }
}
