package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ledger.LedgerException;
import bailiff.ledger.Success;
import bailiff.net.IpAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What logins are worth to a guard, before and after a restart. */
class CreditTest extends SiteTests {

    private static final IpAddress ADDRESS = IpAddress.parse(A).orElseThrow();

    @Test
    void guard_loginFromAnAddress_doublesItsRoomAlsoAfterARestart() throws Exception {
        site.start();
        succeed("anna");
        site.awaitHeard("seen Credited");
        site.restart();

        site.fail(A, A, A, A, A);
        site.awaitHeard("seen Found", 5);
        assertThat(site.banned()).isEmpty();

        site.fail(A);
        site.awaitHeard("banned " + A);
    }

    @Test
    void guard_loginAfterMistakes_forgivesThemAlsoAfterARestart() throws Exception {
        site.start();
        site.fail(A, A);
        site.awaitHeard("seen Found", 2);
        succeed("anna");
        site.awaitHeard("seen Credited");
        site.restart();

        site.fail(A, A, A, A, A);
        site.awaitHeard("seen Found", 7);

        assertThat(site.banned()).isEmpty();
    }

    @Test
    void guard_loginThatForgaveBeforeARestart_doesNotForgiveAgain() throws Exception {
        site.start();
        site.fail(A, A);
        succeed("anna");
        site.awaitHeard("seen Credited");
        site.restart();
        site.fail(A, A, A);
        succeed("anna");
        site.awaitHeard("seen Credited", 2);

        site.fail(A, A, A);

        site.awaitHeard("banned " + A);
    }

    @Test
    void guard_creditNo_countsAsEver() throws Exception {
        site.configure(site.jail("wordpress", "credit = no"));
        site.start();
        succeed("anna");
        site.fail(A, A, A);

        site.awaitHeard("banned " + A);
    }

    @Test
    void guard_loginsOlderThanAMonth_areForgotten() throws Exception {
        site.start();
        succeed("anna");
        Site.await("the login to be written down", () -> successes().size() == 1);

        site.clock.pass(Duration.ofDays(31));
        site.fail(A);
        site.awaitHeard("seen Found");

        Site.await("old logins to be forgotten", () -> successes().isEmpty());
    }

    private List<Success> successes() {
        try {
            return site.guard().ledger().successes(ADDRESS, 10);
        } catch (LedgerException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void why_addressOfSomebodyWhoLoggedIn_saysWho() throws Exception {
        site.start();
        succeed("anna");
        site.awaitHeard("seen Credited");

        assertThat(site.told("why", Map.of("ip", A)))
                .last()
                .asString()
                .startsWith("Somebody has logged in from it, the last time at ")
                .endsWith(": anna at blog.example.test.");
    }

    @Test
    void ledger_success_knowsWhoAndWhere() throws Exception {
        site.start();
        succeed("anna");
        succeed("anna");
        site.awaitHeard("seen Credited", 2);
        site.restart();

        assertThat(successes()).singleElement().satisfies(success -> {
            assertThat(success.account()).isEqualTo("anna");
            assertThat(success.site()).isEqualTo("blog.example.test");
            assertThat(success.time()).isEqualTo(Site.NOON);
        });
    }

    @Test
    void repute_botnetsSecondWaveAfterARestart_isKnown() throws Exception {
        site.start();
        String[] bots = new String[40];
        for (int i = 0; i < bots.length; i++) {
            bots[i] = "198.18.0." + (i + 1);
        }
        site.fail(bots);
        site.awaitHeard("seen Found", bots.length);
        site.restart();
        assertThat(Files.exists(site.ledger().resolveSibling(Repute.FILE))).isTrue();
        site.clock.pass(Duration.ofHours(2));

        Repute repute = site.guard().repute();
        for (String bot : bots) {
            assertThat(repute.suspicion(IpAddress.parse(bot).orElseThrow(), "blog.example.test", "admin", true))
                    .isPresent();
        }
        assertThat(repute.suspicion(ADDRESS, "blog.example.test", "admin", true))
                .as("who did not take part")
                .isEmpty();
    }

    @Test
    void repute_damagedFile_isBegunAnew() throws Exception {
        site.start();
        succeed("anna");
        site.awaitHeard("seen Credited");
        site.close();
        Files.writeString(site.ledger().resolveSibling(Repute.FILE), "something else");

        site.start();

        assertThat(site.guard().repute().hasSucceeded(ADDRESS, "blog.example.test"))
                .isFalse();
    }

    @Test
    void repute_login_isRememberedOverARestart() throws Exception {
        site.start();
        succeed("anna");
        site.awaitHeard("seen Credited");
        site.restart();

        assertThat(site.guard().repute().hasSucceeded(ADDRESS, "blog.example.test"))
                .isTrue();
    }

    private void succeed(String user) throws Exception {
        site.write(site.clock.instant() + " vps wordpress(blog.example.test)[4711]: Accepted password for " + user
                + " from " + A);
    }
}
