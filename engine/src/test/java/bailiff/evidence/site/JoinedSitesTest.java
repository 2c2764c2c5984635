package bailiff.evidence.site;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.CidrSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinedSitesTest {

    private static final String A = "192.0.2.1";
    private static final String OPERA = "Mozilla/5.0 Opera/90";

    private final Machine machine = new Machine();

    @Test
    void record_attemptsThatWereAskedAbout_areOneCampaignByTheirRequests() {
        machine.attack(30);

        assertThat(machine.sites().campaigns(machine.now())).containsOnlyKeys(Machine.SITE);
        assertThat(machine.ask("198.51.7.7", "admin", Conduct.BLIND, Attempts.CHROME))
                .isInstanceOf(Judgement.Refuse.class);
    }

    @Test
    void record_attemptsThatNobodyAskedAbout_tellNothingOfRequests() {
        for (int i = 0; i < 30; i++) {
            machine.trap(Attempts.foreign(i).toString(), "admin", Outcome.FAILURE);
            machine.pass(60);
        }

        assertThat(machine.ask("198.51.7.7", "admin", Conduct.UNTOLD, Attempts.CHROME))
                .isEqualTo(Judgement.NOTHING);
    }

    @Test
    void judge_siteThatNobodyToldOf_isMadeNoneByTheQuestion() {
        machine.ask(A, "admin", Conduct.BLIND, Attempts.CHROME);

        assertThat(machine.sites().tally(machine.now()).sites()).isZero();
    }

    @Test
    void judge_formFromTheSameAddressAtASiteWithoutALog_isNotTakenForABot() {
        machine.attack(60);

        assertThat(machine.ask("198.51.7.7", "mary", Conduct.BARE, OPERA)).isEqualTo(Judgement.NOTHING);
    }

    @Test
    void judge_siteWhoseLogIsKnown_tellsVisitorsFromWhoFetchedTheFormAlone() {
        machine.proveLink();
        machine.loggedAttack(60);
        machine.visit("198.51.8.8");

        assertThat(machine.sites().logs()).containsEntry(Machine.SITE, Machine.LOG);
        assertThat(machine.ask("198.51.7.7", "mary", Conduct.BARE, OPERA)).isInstanceOf(Judgement.Refuse.class);
        assertThat(machine.ask("198.51.8.8", "mary", Conduct.BARE, OPERA)).isEqualTo(Judgement.NOTHING);
        assertThat(machine.ask("198.51.8.8", "mary", Conduct.BLIND, OPERA)).isEqualTo(Judgement.NOTHING);
    }

    @Test
    void judge_logThatKnowsTheProxyOnly_isNotTheSitesLog() {
        for (int i = 0; i < 20; i++) {
            machine.trap("203.0." + i + ".7", "mary", Outcome.SUCCESS);
            machine.loggedLogin("10.0.0.1", 302);
            machine.pass(120);
        }

        assertThat(machine.sites().logs()).isEmpty();
    }

    @Test
    void judge_siteThatMovedBehindAProxy_isNotJudgedByItsLogAnyMore() {
        machine.proveLink();
        for (int i = 0; i < 3; i++) {
            machine.trap("203.2." + i + ".7", "mary", Outcome.SUCCESS);
            machine.loggedLogin("10.0.0.1", 302);
            machine.pass(120);
        }

        assertThat(machine.sites().logs()).isEmpty();
    }

    @Test
    void read_attemptThatTheTrapToldOf_isNotCountedAgain() {
        machine.trap(A, "mary", Outcome.FAILURE);
        machine.loggedLogin(A, 200);
        machine.pass(60);

        assertThat(machine.told()).isEmpty();
    }

    @Test
    void read_attemptThatTheTrapTellsOfLater_isNotCountedEither() {
        machine.trap("192.0.2.99", "bob", Outcome.FAILURE);
        machine.loggedLogin(A, 200);
        machine.pass(5);
        machine.trap(A, "mary", Outcome.FAILURE);
        machine.pass(60);

        assertThat(machine.told()).isEmpty();
    }

    @Test
    void read_logInAnotherZone_isJoinedByTheMomentOfReading() {
        machine.trap(A, "mary", Outcome.FAILURE);
        machine.logged(
                machine.now().minusSeconds(7_200), "", A, "POST /wp-login.php", 200, "5000 \"-\" \"" + OPERA + "\"");
        machine.pass(60);

        assertThat(machine.told()).isEmpty();
    }

    @Test
    void read_attemptThatNoTrapTellsOf_isCountedAfterTenSeconds() {
        machine.trap("192.0.2.99", "bob", Outcome.FAILURE);
        machine.loggedLogin(A, 200);
        machine.pass(9);
        assertThat(machine.told()).isEmpty();
        assertThat(machine.sites().isWaiting()).isTrue();

        machine.pass(1);

        assertThat(machine.told()).hasSize(1).allMatch(told -> told.site().equals(Machine.LOG));
        assertThat(machine.sites().isWaiting()).isFalse();
    }

    @Test
    void read_machineWithoutTraps_countsAtOnceAndBansWhoGoesOn() {
        for (int i = 0; i < 10; i++) {
            machine.loggedLogin(A, 200);
            machine.pass(3_600);
        }

        assertThat(machine.told()).hasSize(10);
        assertThat(machine.told().getLast().judgement()).isInstanceOf(Judgement.Ban.class);
    }

    @Test
    void read_clockSetBack_letsGoWhatWasHeld() {
        machine.trap("192.0.2.99", "bob", Outcome.FAILURE);
        machine.loggedLogin(A, 200);

        machine.pass(-3_600);

        assertThat(machine.told()).hasSize(1);
    }

    @Test
    void read_floodBesideTraps_isCountedWithinItsRoom() {
        machine.trap("192.0.2.99", "bob", Outcome.FAILURE);
        for (int i = 0; i < 9_000; i++) {
            machine.loggedLogin(A, 200);
        }

        assertThat(machine.told()).hasSize(9_000 - 8_192);
    }

    @Test
    void read_lineOfTheFuture_isOneOfNow() {
        machine.logged(Instant.parse("2099-01-01T00:00:00Z"), "", A, "POST /wp-login.php", 200, "5000 \"-\" \"-\"");

        assertThat(machine.told().getLast().attempt().time()).isEqualTo(machine.now());
    }

    @Test
    void read_attemptThatTheShieldRefused_isNoProofOfItsOwn() {
        machine.loggedAttack(30);
        int before = machine.told().size();

        assertThat(machine.ask("198.51.7.7", "admin", Conduct.BLIND, Attempts.CHROME))
                .isInstanceOf(Judgement.Refuse.class);
        machine.loggedLogin("198.51.7.7", 403);
        machine.pass(60);

        assertThat(machine.told()).hasSize(before);
    }

    @Test
    void read_hostThatPeopleRead_isASite() {
        for (int i = 0; i < 6; i++) {
            machine.log("Blog.Example.Test", "10." + i + ".0.1", "GET /style.css", 200, "900 \"-\" \"x\"");
        }
        machine.log("blog.example.test", A, "POST /wp-login.php", 200, "5000 \"-\" \"x\"");
        machine.log("other.example.test", A, "POST /wp-login.php", 200, "5000 \"-\" \"x\"");

        assertThat(machine.told()).extracting(Sites.Told::site).containsExactly("blog.example.test", Machine.LOG);
    }

    @Test
    void read_thousandsOfMadeUpHosts_areOneLog() {
        for (int i = 0; i < 6; i++) {
            machine.log("blog.example.test", "10." + i + ".0.1", "GET /style.css", 200, "900 \"-\" \"x\"");
        }
        for (int i = 0; i < 5_000; i++) {
            machine.log("h" + i + ".example.test", "10.0.0.1", "GET /style.css", 200, "900 \"-\" \"x\"");
            machine.log("h" + i + ".example.test", "10.0.0.1", "POST /wp-login.php", 200, "5000 \"-\" \"x\"");
        }
        machine.log("blog.example.test", A, "POST /wp-login.php", 200, "5000 \"-\" \"x\"");

        assertThat(machine.sites().tally(machine.now()).sites()).isEqualTo(2);
        assertThat(machine.told().getLast().site()).isEqualTo("blog.example.test");
    }

    @Test
    void read_commonForm_doesNotTakeForNamelessWhoMayHaveAName() {
        machine.log(A, "POST /xmlrpc.php", 200, "403");
        machine.log(A, "POST /xmlrpc.php", 200, "403 \"-\" \"-\"");

        assertThat(machine.told())
                .extracting(told -> told.attempt().request().conduct())
                .containsExactly(Conduct.UNTOLD, Conduct.FOREIGN);
        assertThat(machine.told().getFirst().attempt().request().agent()).isEqualTo(Optional.empty());
    }

    @Test
    void allow_site_isItsBudgetFromThenOn() {
        machine.sites().allow(Machine.LOG, new Allowance(1e-9));
        for (int i = 0; i < 10; i++) {
            machine.loggedLogin(A, 200);
        }

        assertThat(machine.told().getLast().judgement()).isEqualTo(Judgement.NOTHING);
    }

    @Test
    void restored_goesOnWhereItStopped() {
        machine.proveLink();
        machine.loggedAttack(30);
        machine.visit("198.51.8.8");
        for (int i = 0; i < 6; i++) {
            machine.log("blog.example.test", "10." + i + ".0.1", "GET /style.css", 200, "900 \"-\" \"x\"");
        }
        byte[] saved = machine.sites().save();

        machine.restart();

        assertThat(machine.sites().save()).hasSameSizeAs(saved);
        assertThat(machine.sites().logs()).containsEntry(Machine.SITE, Machine.LOG);
        assertThat(machine.ask("198.51.7.7", "mary", Conduct.BARE, Attempts.CHROME))
                .isInstanceOf(Judgement.Refuse.class);
        assertThat(machine.ask("198.51.8.8", "mary", Conduct.BARE, Attempts.CHROME))
                .isEqualTo(Judgement.NOTHING);
        machine.log("blog.example.test", A, "POST /wp-login.php", 200, "5000 \"-\" \"x\"");
        machine.pass(60);
        assertThat(machine.told().getLast().site()).isEqualTo("blog.example.test");
    }

    @Test
    void restored_damagedOrForeignBytes_giveNothing() {
        machine.proveLink();
        byte[] saved = machine.sites().save();

        for (int length = 0; length < saved.length; length += 37) {
            assertThat(restored(Arrays.copyOf(saved, length)))
                    .as("cut to %d", length)
                    .isEmpty();
        }
        assertThat(restored(Arrays.copyOf(saved, saved.length + 1))).isEmpty();
    }

    @Test
    void record_hundredSitesUnderALargeBotnet_keepsWithinItsBound() {
        for (int i = 0; i < 100; i++) {
            for (int bot = 0; bot < 5_000; bot++) {
                machine.sites().record("site" + i, Attempts.moved(attemptOf(bot), machine.now()));
            }
        }

        assertThat(machine.sites().entries()).isBetween(150_000L, 410_000L);
        assertThat(machine.sites().tally(machine.now()).sites()).isEqualTo(100);
    }

    private static Attempt attemptOf(int bot) {
        Login login = new Login("admin", Account.KNOWN, Outcome.FAILURE, 1, false);
        return new Attempt(Attempts.START, Attempts.foreign(bot), login, Request.untold(Door.LOGIN));
    }

    private static Optional<Sites> restored(byte[] saved) {
        return Sites.restored(Allowance.USUAL, new CidrSet(List.of(Attempts.SERVICE)), saved);
    }
}
