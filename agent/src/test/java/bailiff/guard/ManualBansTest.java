package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.control.ControlException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManualBansTest extends SiteTests {

    @BeforeEach
    void start() throws IOException, ControlException {
        site.configure(site.jail("wordpress", "ignoreip = 203.0.113.7"));
        site.start();
    }

    @Test
    void ban_noJailAndNoTime_isADayInTheJailForBansByHand() throws Exception {
        assertThat(ban(Map.of(), "198.51.100.1", "2001:db8::/32"))
                .containsExactly(
                        "Banned 198.51.100.1 in manual until 2026-04-10T12:00:00.000Z.",
                        "Banned 2001:db8::/32 in manual until 2026-04-10T12:00:00.000Z.");

        assertThat(site.ask("bans", Map.of()).getFirst())
                .containsEntry("ip", "198.51.100.1")
                .containsEntry("jail", "manual")
                .containsEntry("evidence", "manual")
                .containsEntry("failures", 0)
                .containsEntry("bancount", 1)
                .containsEntry("reason", "by hand");
        site.awaitHeard("not enforced 198.51.100.1");
    }

    @Test
    void ban_jailNamed_lastsAsLongAsItsBans() throws Exception {
        site.configure(site.jail("wordpress", "bantime = 600"));
        site.ask("reload", Map.of());

        assertThat(ban(Map.of("jail", "wordpress"), "198.51.100.1"))
                .containsExactly("Banned 198.51.100.1 in wordpress until 2026-04-09T12:10:00.000Z.");
    }

    @Test
    void ban_forEver_endsOnlyByHandAndSurvivesARestart() throws Exception {
        assertThat(ban(Map.of("for", "-1", "reason", "a \u001b[2J scanner"), "198.51.100.1"))
                .containsExactly("Banned 198.51.100.1 in manual until somebody ends it.");

        site.restart();

        assertThat(site.ask("bans", Map.of()).getFirst())
                .containsEntry("until", -1)
                .containsEntry("reason", "a \u001b[2J scanner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.0/30", "::1", "0.0.0.0/0", "203.0.113.7", "203.0.113.0/24"})
    void ban_subjectThatMustNotBeBanned_isRefusedAndSoAreTheOthers(String subject) throws Exception {
        refused(() -> ban(Map.of(), "198.51.100.1", subject), ControlException.FAILED, "must never be banned");

        assertThat(site.banned()).isEmpty();
    }

    @Test
    void ban_wordsThatMeanNothing_areWrongUsage() {
        refused(() -> ban(Map.of(), "203.0.113.300"), ControlException.USAGE, "'203.0.113.300' is no address");
        refused(() -> ban(Map.of("for", "soon"), "198.51.100.1"), ControlException.USAGE, "--for: read 'soon'");
        refused(() -> ban(Map.of("for", "0"), "198.51.100.1"), ControlException.USAGE, "--for: read '0'");
        refused(() -> ban(Map.of("jail", "ssh"), "198.51.100.1"), ControlException.FAILED, "There is no jail 'ssh'");
    }

    @Test
    void unban_addressOfABannedNetwork_endsTheNetworksBan() throws Exception {
        ban(Map.of(), "198.51.100.0/24", "203.0.113.128/25");

        assertThat(unban(Map.of(), "198.51.100.77")).containsExactly("Unbanned 198.51.100.0/24 in manual.");

        assertThat(site.banned()).containsExactly("203.0.113.128/25");
    }

    @Test
    void unban_network_endsWhatIsInsideInEveryJail() throws Exception {
        ban(Map.of(), "198.51.100.1");
        ban(Map.of("jail", "wordpress"), "198.51.100.1", "198.51.100.2");

        assertThat(unban(Map.of(), "198.51.100.0/24"))
                .containsExactly(
                        "Unbanned 198.51.100.1 in manual.",
                        "Unbanned 198.51.100.1 in wordpress.",
                        "Unbanned 198.51.100.2 in wordpress.");
    }

    @Test
    void unban_oneJail_leavesTheOtherJailsBan() throws Exception {
        ban(Map.of(), "198.51.100.1");
        ban(Map.of("jail", "wordpress"), "198.51.100.1");

        unban(Map.of("jail", "wordpress"), "198.51.100.1");

        assertThat(site.ask("bans", Map.of()))
                .extracting(row -> row.get("jail"))
                .containsExactly("manual");
    }

    @Test
    void unban_nobodyBanned_saysSo() throws Exception {
        assertThat(unban(Map.of(), "198.51.100.1")).containsExactly("198.51.100.1 is not banned.");
        assertThat(site.told("unban", Map.of("all", true))).containsExactly("Nobody is banned.");
    }

    @Test
    void unban_all_endsEveryBanForGood() throws Exception {
        ban(Map.of(), "198.51.100.1", "2001:db8::1");

        assertThat(site.told("unban", Map.of("all", true))).hasSize(2);

        site.restart();
        assertThat(site.banned()).isEmpty();
    }

    @Test
    void unban_addressThatFailedButIsNotBanned_beginsAnew() throws Exception {
        site.fail("198.51.100.1", "198.51.100.1");
        site.awaitHeard("seen Found", 2);

        unban(Map.of(), "198.51.100.1");
        site.restart();
        site.fail("198.51.100.1", "198.51.100.1");
        site.awaitHeard("seen Found", 4);

        assertThat(site.banned()).isEmpty();
    }

    @Test
    void unban_banThatWasAMistake_doesNotCountAsOneBefore() throws Exception {
        ban(Map.of(), "198.51.100.1");
        unban(Map.of(), "198.51.100.1");

        ban(Map.of(), "198.51.100.1");

        assertThat(site.ask("bans", Map.of()).getFirst()).containsEntry("bancount", 1);
    }

    private List<String> ban(Map<String, Object> options, String... subjects) throws ControlException {
        return site.told("ban", with(options, subjects));
    }

    private List<String> unban(Map<String, Object> options, String... subjects) throws ControlException {
        return site.told("unban", with(options, subjects));
    }

    private static Map<String, Object> with(Map<String, Object> options, String... subjects) {
        Map<String, Object> all = new java.util.HashMap<>(options);
        all.put("subjects", List.of(subjects));
        return all;
    }

    private static void refused(ThrowingCallable order, int exit, String words) {
        assertThatThrownBy(order)
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.exit()).isEqualTo(exit))
                .hasMessageContaining(words);
    }
}
