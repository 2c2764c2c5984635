package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A botnet with one attempt from each of its addresses, under rotating names, against a real site with our plugin, under a
 * guard that nobody has configured: what the later ones get, what the owner is told, and who is hurt.
 */
class CampaignTest {

    private static final int BOTS = 40;

    /** By then it must be known: at most half of the bots may have got an answer. */
    private static final int KNOWN = 20;

    /** A guard that has just started may be too slow to keep how the first ones asked: it makes nobody wait for that. */
    private static final int UNSEEN = 3;

    private static final List<String> AGENTS = IntStream.range(0, 8)
            .mapToObj(i -> "Mozilla/5.0 (Windows NT " + (6 + i % 2) + ".1; Win64; x64; rv:" + (40 + i)
                    + ".0) Gecko/20100101 Firefox/" + (40 + i) + ".0")
            .toList();

    private static final String BROWSER =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36";

    /** Says of each answer for which WordPress has computed the hash of a password: what is stored is one. */
    private static final String HASHES = """
            <?php
            add_filter('check_password', function ($is_right, $password, $stored) {
                if (strlen($stored) > 30) { header('X-Hashed: 1'); }
                return $is_right;
            }, 10, 3);
            """;

    private static final String HASHED = "X-Hashed: 1";

    private static final Opened OPEN = new Opened();
    private static Network network;
    private static Machine machine;
    private static AuthLog log;
    private static Crowd crowd;

    @BeforeAll
    static void open() {
        network = OPEN.keep(Network.lay());
        machine = OPEN.keep(Machine.within(network.atSite()));
        log = machine.log("auth.log");
        WordPress wordPress = OPEN.keep(WordPress.start(network, log));
        Blog.fill(wordPress, machine);
        wordPress.folder().write("site/wp-content/mu-plugins/hashes.php", HASHES);
        crowd = OPEN.keep(Crowd.come(network));
        machine.startGuard();
    }

    @AfterAll
    static void close() throws Exception {
        OPEN.closeAll();
    }

    private static Guest guest(String address, String agent) {
        return new Guest(crowd, address, Network.SITE, 80).with(agent);
    }

    private static Guest bot(int network, int number) {
        return guest("198.18." + (network + number) + ".7", AGENTS.get(number % AGENTS.size()));
    }

    private static Hearing hearing() {
        return Hearing.of(Hearing.lines(log.file()));
    }

    /** By the line that comes first, so that who waits for a line of a login may ask this. */
    private static boolean isRefused(Guest guest) {
        return hearing().of(guest.address()).stream().anyMatch(line -> line.startsWith("Blocked "));
    }

    /** The attempt of a bot; gives the answer when there is a line of it, so that the guard may have heard. */
    private static Reply told(Guest bot, Reply reply) {
        Await.until(
                () -> hearing().count(bot.address(), Telling.LOGIN) > 0,
                () -> hearing().of(bot.address()));
        return reply;
    }

    /** Whether the guard has written down what it knew at that moment. */
    private static boolean isKeptSince(Instant moment) {
        Path file = machine.folder().path().resolve("lib/bailiff/evidence");
        try {
            return Files.exists(file)
                    && Files.getLastModifiedTime(file).toInstant().isAfter(moment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> campaign(String door) {
        List<Map<String, Object>> open = machine.bailiff("campaigns", "--json").good().rows().stream()
                .filter(row -> String.valueOf(row.get("name")).startsWith(door))
                .toList();
        assertThat(open).hasSize(1);
        return open.getFirst();
    }

    /** What is true of a botnet that has come whole, whatever the door. */
    private static void check(String door, List<Guest> bots, String account) {
        List<Guest> refused = bots.stream().filter(CampaignTest::isRefused).toList();
        assertThat(refused.size()).isGreaterThanOrEqualTo(BOTS - KNOWN);
        assertThat(isRefused(bots.getLast())).isTrue();
        Map<String, Object> campaign = campaign(door);
        assertThat(campaign)
                .containsEntry("site", Network.SITE)
                .containsEntry("open", true)
                .containsEntry("refused", refused.size());
        assertThat(campaign.get("sources"))
                .isEqualTo(campaign.get("attempts"))
                .asInstanceOf(InstanceOfAssertFactories.INTEGER)
                .isBetween(bots.size() - UNSEEN, bots.size());
        assertThat(campaign.get("users"))
                .isEqualTo(List.of(Map.of("user", account, "attempts", campaign.get("sources"))));
        String name = String.valueOf(campaign.get("name"));
        assertThat(machine.bailiff("campaigns").good().out()).contains(name + " at " + Network.SITE + ": OPEN");
        assertThat(machine.bailiff("why", bots.getLast().address()).good().out())
                .contains("campaign " + name)
                .contains("The shield refused it once");
        assertThat(machine.bailiff("status").good().out()).contains(name);
    }

    @Test
    void botnetAtTheForm_laterOnesAreRefusedAtTheirFirstAttemptAndNobodyElseIs() {
        Guest owner = guest("198.18.1.1", BROWSER);
        owner.expect(owner.fillIn("admin", WordPress.PASSWORD), 302);
        List<Guest> bots = new ArrayList<>();
        for (int number = 0; number < BOTS; number++) {
            Guest bot = bot(10, number);
            Reply reply = told(bot, bot.logIn("admin", "guess" + number));
            bots.add(bot);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).contains("login_error");
            assertThat(reply.text().contains(HASHED)).isNotEqualTo(isRefused(bot));
        }

        check("login", bots, "admin");
        Guest lucky = bot(10, BOTS);
        lucky.expect(told(lucky, lucky.logIn("admin", WordPress.PASSWORD)), 200);
        assertThat(hearing().of(lucky.address())).contains("Blocked authentication attempt for admin");
        Guest stranger = guest("198.18.2.2", BROWSER);
        stranger.expect(stranger.fillIn("staff1", "mistyped"), 200);
        stranger.expect(stranger.fillIn("staff1", WordPress.PASSWORD), 302);
        owner.expect(owner.fillIn("admin", WordPress.PASSWORD), 302);
        assertThat(isRefused(owner)).isFalse();
        assertThat(isRefused(stranger)).isFalse();
        assertThat(machine.banned()).isEmpty();
    }

    @Test
    void botnetAtXmlRpc_laterOnesAreRefusedAlsoByAGuardThatWasKilledAndIsBack() {
        Guest app = guest("198.18.1.3", "wp-android/24.9");
        app.expectGranted(app.knock("editor", WordPress.PASSWORD));
        List<Guest> bots = new ArrayList<>();
        Instant lastAnswered = Instant.now();
        for (int number = 0; number < BOTS; number++) {
            Guest bot = bot(100, number);
            Instant now = Instant.now();
            Reply reply = told(bot, bot.knock("staff2", "guess" + number));
            bots.add(bot);
            lastAnswered = isRefused(bot) ? lastAnswered : now;
            assertThat(reply.isFault(403)).isTrue();
            assertThat(reply.text().contains(HASHED)).isNotEqualTo(isRefused(bot));
        }

        check("xmlrpc", bots, "staff2");
        Guest again = bots.getFirst();
        String name = String.valueOf(campaign("xmlrpc").get("name"));
        Instant opened = lastAnswered;
        Await.until(() -> isKeptSince(opened), () -> "evidence that is not written down");
        machine.killGuard();
        machine.startGuard();
        assertThat(campaign("xmlrpc")).containsEntry("name", name);
        Guest late = bot(100, BOTS);
        late.knock("staff2", WordPress.PASSWORD);
        Await.until(() -> isRefused(late), () -> hearing().of(late.address()));
        // WordPress waits 5 ms for an answer, which a guard that has just started may miss.
        for (int attempt = 0; attempt < 5 && !isRefused(again); attempt++) {
            again.knock("staff2", "guess again " + attempt);
        }
        Await.until(() -> isRefused(again), () -> hearing().of(again.address()));
        app.expectGranted(app.knock("editor", WordPress.PASSWORD));
        Guest other = guest("198.18.2.4", "wp-iphone/25.1");
        other.expectGranted(other.knock("staff3", WordPress.PASSWORD));
        assertThat(machine.banned()).isEmpty();
    }
}
