package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The evidence of a site in a whole guard: a question at a real socket, a line in a real log. */
class SiteWatchTest extends SiteTests {

    private static final String OWNER = "192.0.2.50";

    private static final String BOT = " form=0 referer=none proto=HTTP/1.0 agent=Made-up-tool/0.1";

    private static final String PERSON =
            " form=1 referer=door proto=HTTP/2.0 agent=Mozilla/5.0%20%28X11%3B%20Linux%20x86_64%29%20Firefox/140.0";

    /** No jail's own count bans anybody here. */
    @BeforeEach
    void bear() throws IOException {
        site.configure(site.jail("wordpress", "maxretry = 100"));
        site.refuse();
    }

    private String ask(String address, String user, String facts) {
        return site.shield("ip=" + address + " door=login site=blog.example.test user=" + user + " known=1" + facts);
    }

    private void tell(String words, String address, String event) throws Exception {
        long before = site.heard.count("seen " + event);
        site.told(words, address);
        site.awaitHeard("seen " + event, before + 1);
    }

    private static String bot(int number) {
        return "198.51." + number + ".7";
    }

    /** One attempt from each of so many addresses, a few minutes apart, by a program that no browser is. */
    private void wave(int bots) throws Exception {
        for (int number = 1; number <= bots; number++) {
            if (ask(bot(number), "admin", BOT).equals("proceed")) {
                tell("Authentication failure for admin", bot(number), "Found");
            } else {
                tell("Blocked authentication attempt for admin", bot(number), "Found");
            }
            site.clock.pass(Duration.ofMinutes(3));
        }
    }

    private Map<String, Object> status() throws Exception {
        return Site.object(
                Objects.requireNonNull(site.ask("status", Map.of()).getFirst().get("evidence")));
    }

    private Path state() {
        return site.ledger().resolveSibling(SiteWatch.FILE);
    }

    @Test
    void ask_botOfAWaveThatHasNeverComeBefore_isRefusedAndOthersAreNot() throws Exception {
        site.start();
        assertThat(ask(OWNER, "owner", PERSON)).isEqualTo("proceed");
        tell("Accepted password for owner", OWNER, "Credited");

        wave(40);

        assertThat(ask("203.0.113.77", "admin", BOT)).isEqualTo("refuse campaign 3600");
        assertThat(ask(OWNER, "owner", PERSON)).isEqualTo("proceed");
        assertThat(ask(OWNER, "owner", BOT)).as("the owner's own program").isEqualTo("proceed");
        assertThat(ask("203.0.113.78", "editor", PERSON)).as("a new visitor").isEqualTo("proceed");
        assertThat(site.banned()).isEmpty();
        assertThat(site.told("why", Map.of("ip", "203.0.113.77")))
                .anyMatch(sentence -> sentence.contains("campaign (looks like campaign login-20260409-1: 4"));
        assertThat(status())
                .containsEntry("sites", 1)
                .containsEntry("campaigns", 1)
                .containsEntry("calibrated", 0)
                .containsEntry("regrets", 0);
        assertThat((Integer) status().get("refused")).isGreaterThan(20);
    }

    @Test
    void restart_inACampaign_goesOnRefusing() throws Exception {
        site.start();
        wave(40);

        site.restart();

        assertThat(ask("203.0.113.77", "admin", BOT)).isEqualTo("refuse campaign 3600");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state())))
                .isEqualTo("rw-------");
    }

    @Test
    void restart_damagedFile_beginsAnew() throws Exception {
        Files.createDirectories(state().getParent());
        Files.writeString(state(), "something else");

        site.start();

        assertThat(ask("203.0.113.77", "admin", BOT)).isEqualTo("proceed");
        assertThat(status()).containsEntry("sites", 0);
    }

    @Test
    void start_nothingHappens_noFileIsWritten() throws Exception {
        site.start();

        site.close();

        assertThat(state()).doesNotExist();
    }

    @Test
    void fail_slowlyAndForEver_isBannedWithItsEvidence() throws Exception {
        site.start();
        for (int failure = 1; failure <= 10; failure++) {
            assertThat(site.banned()).as("failure %d", failure).isEmpty();
            tell("Authentication failure for admin", A, "Found");
            site.clock.pass(Duration.ofHours(2));
        }

        site.awaitHeard("banned " + A);
        assertThat(site.ask("bans", Map.of()))
                .singleElement()
                .satisfies(ban -> assertThat(ban)
                        .containsEntry("jail", "wordpress")
                        .containsEntry("evidence", "address")
                        .containsEntry("failures", 1));
        assertThat(site.told("why", Map.of("ip", A))).first().asString().contains("10 failed logins without a success");
        tell("Authentication failure for admin", A, "StillBanned");
        assertThat(site.heard.count("banned " + A)).isEqualTo(1);
    }

    @Test
    void fail_whoIsIgnored_isNeitherBannedNorRefused() throws Exception {
        site.configure(site.jail("wordpress", "maxretry = 100\nignoreip = " + A));
        site.start();
        for (int failure = 0; failure < 30; failure++) {
            tell("Authentication failure for admin", A, "Spared");
        }

        assertThat(site.banned()).isEmpty();
        assertThat(ask(A, "admin", BOT)).isEqualTo("proceed");
        assertThat(status()).containsEntry("sites", 0);
    }

    @Test
    void fail_evidenceOff_onlyTheJailCounts() throws Exception {
        site.configure(site.jail("wordpress", "maxretry = 100\nevidence = no"));
        site.start();

        wave(15);

        assertThat(ask("203.0.113.77", "admin", BOT)).isEqualTo("proceed");
        assertThat(status()).containsEntry("sites", 0);
    }

    @Test
    void reload_evidenceOffAndOnAgain_keepsWhatWasSeen() throws Exception {
        site.start();
        wave(40);

        site.configure(site.jail("wordpress", "maxretry = 100\nevidence = no"));
        site.ask("reload", Map.of());
        String off = ask("203.0.113.77", "admin", BOT);
        site.configure(site.jail("wordpress", "maxretry = 100\nwrongbans = 0.5"));
        site.ask("reload", Map.of());

        assertThat(off).isEqualTo("proceed");
        assertThat(ask("203.0.113.77", "admin", BOT)).isEqualTo("refuse campaign 3600");
    }

    @Test
    void ask_aboutASiteThatNoJailToldOf_neverTakesRoom() throws Exception {
        site.start();
        for (int made = 0; made < 50; made++) {
            site.shield("ip=203.0.113.77 door=login site=made-up-" + made + " user=admin known=1" + BOT);
        }

        assertThat(status()).containsEntry("sites", 0);
    }

    @Test
    void guess_inAnOfficeThatIsSpared_isRefusedByTheShieldAndItsPeopleAreNot() throws Exception {
        site.start();
        for (String user : List.of("anna", "ben", "clara", "dora", "emil")) {
            tell("Accepted password for " + user, A, "Credited");
        }
        for (int guess = 0; guess < 60; guess++) {
            site.told("Authentication failure for admin", A);
            site.clock.pass(Duration.ofMinutes(1));
        }
        site.awaitHeard("ignored " + A + " by proxy", 60);

        assertThat(ask(A, "admin", BOT)).isEqualTo("refuse evidence 3600");
        assertThat(ask(A, "anna", PERSON)).isEqualTo("proceed");
        assertThat(site.banned()).isEmpty();
    }

    @Test
    void guess_throughAPrivateAddress_isNobodysEvidence() throws Exception {
        site.start();
        tell("Accepted password for owner", "10.1.2.3", "Credited");
        for (int guess = 0; guess < 60; guess++) {
            site.told("Authentication failure for admin", "10.1.2.3");
        }
        site.awaitHeard("ignored 10.1.2.3 by proxy", 60);

        assertThat(ask("10.1.2.3", "editor", PERSON))
                .as("a visitor behind the proxy")
                .isEqualTo("proceed");
        assertThat(ask("10.1.2.3", "editor", BOT)).as("any of them").isEqualTo("proceed");
    }

    @Test
    void ask_inTheNameOfAnother_bansHimNeitherByItselfNorWithHisOwnFirstRefusal() throws Exception {
        site.start();
        wave(40);
        for (int forged = 0; forged < 100; forged++) {
            ask(A, "user" + forged % 3, BOT);
        }

        assertThat(ask(A, "mary", PERSON)).startsWith("refuse");
        tell("Blocked authentication attempt for mary", A, "Found");
        tell("Blocked authentication attempt for mary", A, "Found");

        assertThat(site.banned()).isEmpty();
    }

    @Test
    void ask_refusedAgainAndAgainWithALineForEach_isBannedInTheEnd() throws Exception {
        site.start();
        wave(40);
        for (int attempt = 0; attempt < 60; attempt++) {
            ask(A, "admin", BOT);
            site.told("Blocked authentication attempt for admin", A);
        }

        site.awaitHeard("banned " + A);
    }
}
