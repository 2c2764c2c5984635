package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.control.ControlException;
import bailiff.ledger.BanRecord;
import bailiff.ledger.Ending;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.net.Cidr;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A guard with a real log, ledger and socket; only the packets are missing. */
class GuardTest extends SiteTests {

    private static final String B = "203.0.113.10";

    @Test
    void guard_thirdFailure_isABanInTheLedgerWithItsLines() throws Exception {
        site.start();

        site.fail(A, B, A, A);
        site.awaitHeard("not enforced " + A);

        assertThat(site.banned()).containsExactly(A);
        List<BanRecord> bans = site.guard().ledger().history(network(A), 10);
        assertThat(bans).singleElement().satisfies(record -> {
            assertThat(record.ban().since()).isEqualTo(NOON);
            assertThat(record.ban().until()).isEqualTo(NOON.plus(Duration.ofDays(1)));
            assertThat(record.ban().failures()).isEqualTo(3);
            assertThat(record.ban().jail()).isEqualTo("wordpress");
        });
        assertThat(site.guard().ledger().evidence(bans.getFirst().id()))
                .hasSize(3)
                .allSatisfy(failure -> assertThat(failure.line()).endsWith("for admin from " + A));
    }

    @Test
    void guard_restartBetweenFailures_countsEachLineOnce() throws Exception {
        site.start();
        site.fail(A, A);
        site.awaitHeard("seen Found", 2);
        site.close();
        site.fail(B, B);

        site.start();
        site.awaitHeard("seen Found", 4);

        assertThat(site.banned()).isEmpty();
        site.fail(A);
        site.awaitHeard("banned " + A);
        site.fail(B);
        site.awaitHeard("banned " + B);
        assertThat(site.heard.count("seen Found")).isEqualTo(4);
    }

    @Test
    void guard_restart_restoresBansOnceAndGoesOnCountingThem() throws Exception {
        site.start();
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);

        site.restart();
        site.restart();

        assertThat(site.banned()).containsExactly(A);
        assertThat(site.heard.count("banned " + A)).isOne();
        assertThat(site.heard.count("restored " + A)).isEqualTo(2);
        site.clock.pass(Duration.ofDays(1));
        site.awaitHeard("unbanned " + A);
        site.fail(A, A, A);
        site.awaitHeard("banned " + A, 2);
        assertThat(site.ask("bans", Map.of()).getFirst()).containsEntry("bancount", 2);
    }

    @Test
    void guard_banWhoseTimeWasUpWhileItWasDown_isEnded() throws Exception {
        site.start();
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
        site.close();
        site.clock.pass(Duration.ofDays(2));

        site.start();

        assertThat(site.heard.moments()).endsWith("unbanned " + A).doesNotContain("restored " + A);
        assertThat(site.guard().ledger().history(network(A), 1))
                .extracting(BanRecord::ending)
                .containsExactly(new Ending.Expired(NOON.plus(Duration.ofDays(1))));
    }

    @Test
    void guard_banWhoseTimeIsUp_endsByItself() throws Exception {
        site.start();
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);

        site.clock.pass(Duration.ofDays(1));
        site.awaitHeard("unbanned " + A);

        assertThat(site.banned()).isEmpty();
    }

    @Test
    void guard_backlogOfOldAttacks_bansOnlyThoseWhoseBanWouldStillRun() throws Exception {
        site.fail(A, A, A);
        site.clock.pass(Duration.ofHours(20));
        site.fail(B, B, B);
        site.clock.pass(Duration.ofHours(10));

        site.start();
        site.awaitHeard("banned " + B);

        assertThat(site.ask("bans", Map.of()))
                .singleElement()
                .satisfies(ban -> assertThat(ban)
                        .containsEntry("ip", B)
                        .containsEntry("since", "2026-04-10T08:00:00.000Z")
                        .containsEntry("until", "2026-04-11T08:00:00.000Z"));
    }

    @Test
    void guard_backlogFromAClockThatIsAhead_bansNoLongerThanBantime() throws Exception {
        site.clock.pass(Duration.ofHours(2));
        site.fail(A, A, A);
        site.clock.pass(Duration.ofHours(-2));

        site.start();
        site.awaitHeard("banned " + A);

        assertThat(site.ask("bans", Map.of()).getFirst()).containsEntry("until", "2026-04-10T12:00:00.000Z");
    }

    @Test
    void guard_backlogReadLongAfter_stillKnowsTheFailuresOfBefore() throws Exception {
        site.start();
        site.fail(A, A);
        site.awaitHeard("seen Found", 2);
        site.close();
        site.fail(A);
        site.clock.pass(Duration.ofHours(3));

        site.start();

        site.awaitHeard("banned " + A);
    }

    @Test
    void guard_addressThatMustNotBeBanned_isSpared() throws Exception {
        site.configure(site.jail("wordpress", "ignoreip = " + A));
        site.start();

        site.fail(A, A, A, A, "127.0.0.1");
        site.awaitHeard("seen Spared", 5);

        assertThat(site.banned()).isEmpty();
    }

    @Test
    void guard_hostileUserNames_neverBanWhomTheyName() throws Exception {
        site.start();

        for (int i = 0; i < 3; i++) {
            site.write(
                    site.clock.instant() + " vps wordpress(b.example)[1]: Authentication failure for admin from 8.8.8.8"
                            + " \u001b[2J\rfrom 9.9.9.9 from " + A);
        }
        site.awaitHeard("banned " + A);

        assertThat(site.banned()).containsExactly(A);
    }

    @Test
    void guard_ledgerLockedBySomebody_bansOnAndWritesLater() throws Exception {
        site.start();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + site.ledger());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            site.fail(A, A, A);
            site.awaitHeard("banned " + A);

            assertThat(site.banned()).containsExactly(A);
            Site.await("the problem in status", () -> problems(site).contains("locked"));
            statement.execute("ROLLBACK");
        }

        Site.await("the ban in the ledger", () -> written(A));
        Site.await("no problem in status", () -> problems(site).equals("[]"));
    }

    @Test
    void guard_ledgerThatCannotBeRead_stillTellsItsStatus() throws Exception {
        site.start();
        site.guard().ledger().close();

        site.fail(A, A, A);
        site.awaitHeard("banned " + A);

        assertThat(String.valueOf(site.ask("status", Map.of()).getFirst().get("problems")))
                .contains("The ledger is closed.");
        assertThat(site.jailStatus().get("banned")).isEqualTo(1);
    }

    @Test
    void guard_defectInAThread_endsIt() throws Exception {
        Guard guard = site.start(new GuardListener() {
            @Override
            public void banned(Ban ban) {
                throw new IllegalStateException("a defect");
            }
        });
        Thread.setDefaultUncaughtExceptionHandler(guard::defect);
        try {
            site.fail(A, A, A);

            assertThat(guard.awaitEnd()).isFalse();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        assertThat(String.valueOf(site.jailStatus().get("problems"))).contains("Jail wordpress does not run any more.");
        site.restart();
        assertThat(site.banned())
                .as("the line that met the defect is not read again")
                .containsExactly(A);
    }

    @Test
    void guard_defectInTheEnforcersThread_endsIt() throws Exception {
        Guard guard = site.start(new GuardListener() {
            @Override
            public void notEnforced(String jail, Cidr subject, String reason) {
                throw new IllegalStateException("a defect");
            }
        });
        Thread.setDefaultUncaughtExceptionHandler(guard::defect);
        try {
            site.fail(A, A, A);

            assertThat(guard.awaitEnd()).isFalse();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
    }

    private boolean written(String address) {
        try (Ledger ledger = Ledger.open(site.ledger(), site.clock)) {
            return !ledger.history(network(address), 1).isEmpty();
        } catch (LedgerException e) {
            return false;
        }
    }

    private static String problems(Site site) {
        try {
            return String.valueOf(site.jailStatus().get("problems"));
        } catch (ControlException e) {
            return e.words();
        }
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
