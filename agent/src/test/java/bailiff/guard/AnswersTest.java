package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.control.ControlException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the guard says of itself: {@code status}, {@code bans} and {@code why}. */
class AnswersTest extends SiteTests {

    @BeforeEach
    void start() throws IOException, ControlException {
        site.start();
    }

    @Test
    void status_runningGuard_hasTheContractsKeys() throws Exception {
        site.fail(A, A, A, "203.0.113.201");
        site.awaitHeard("seen Found", 3);

        Map<String, Object> status = site.ask("status", Map.of()).getFirst();

        assertThat(status.keySet())
                .containsExactly(
                        "version",
                        "pid",
                        "since",
                        "observe",
                        "jails",
                        "lag",
                        "firewall",
                        "shield",
                        "evidence",
                        "campaigns",
                        "problems");
        assertThat(status)
                .containsEntry("version", "test")
                .containsEntry("since", "2026-04-09T12:00:00.000Z")
                .containsEntry("observe", true)
                .containsEntry("lag", Map.of("bytes", 0, "seconds", 0));
        assertThat(status.get("firewall"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("backend", "observe")
                .containsEntry("verified", false)
                .containsEntry("reason", "Bans are not enforced: --observe was given.");
    }

    @Test
    void status_jail_countsWhatItHasSeen() throws Exception {
        site.fail(A, A, A, "203.0.113.201");
        site.awaitHeard("seen Found", 3);

        Map<String, Object> jail = site.jailStatus();

        assertThat(jail)
                .containsEntry("name", "wordpress")
                .containsEntry("found", 4)
                .containsEntry("failing", 1)
                .containsEntry("banned", 1)
                .containsEntry("totalBanned", 1)
                .containsEntry("problems", List.of());
        List<?> sources = (List<?>) Objects.requireNonNull(jail.get("sources"));
        assertThat(Site.object(sources.getFirst()))
                .containsEntry("path", site.log().toString())
                .containsEntry("state", "followed")
                .containsEntry("lines", 4);
    }

    @Test
    void status_failuresOfTheBannedWhileOnlyObserving_areNoProblem() throws Exception {
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
        site.clock.pass(Duration.ofMinutes(1));

        site.fail(A);
        site.awaitHeard("seen StillBanned");

        assertThat(site.jailStatus().get("problems")).isEqualTo(List.of());
    }

    @Test
    void status_lineTooLong_isAProblem() throws Exception {
        site.write("x".repeat(9_000));
        site.fail(A);
        site.awaitHeard("seen Found");

        assertThat(site.jailStatus().get("problems"))
                .isEqualTo(List.of("1 lines were longer than 8192 bytes and were left out."));
    }

    @Test
    void status_logThatIsMissing_saysSo() throws Exception {
        site.configure(site.jail("wordpress", "").replace("auth.log", "missing.log"));
        site.ask("reload", Map.of());

        assertThat(String.valueOf(site.jailStatus().get("sources"))).contains("missing.log", "state=missing");
    }

    @Test
    void status_unknownJail_namesThoseThatRun() {
        assertThatThrownBy(() -> site.ask("status", Map.of("jail", "ssh")))
                .hasMessage("There is no jail 'ssh'; running: manual, wordpress.");
    }

    @Test
    void bans_several_areInTheOrderOfTheirEndsWithTheContractsKeys() throws Exception {
        site.ask("ban", Map.of("subjects", List.of("203.0.113.201"), "for", "2d"));
        site.ask("ban", Map.of("subjects", List.of("203.0.113.202"), "for", "-1"));
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);

        List<Map<String, Object>> bans = site.ask("bans", Map.of());

        assertThat(bans).extracting(ban -> ban.get("ip")).containsExactly(A, "203.0.113.201", "203.0.113.202");
        assertThat(bans.getFirst())
                .isEqualTo(Map.of(
                        "ip", A,
                        "jail", "wordpress",
                        "since", "2026-04-09T12:00:00.000Z",
                        "until", "2026-04-10T12:00:00.000Z",
                        "bancount", 1,
                        "failures", 3,
                        "evidence", "address",
                        "reason", "3 failures at once (maxretry 3, findtime 1h)"));
    }

    @Test
    void why_bannedAddress_showsTheLinesAndWhetherItIsInForce() throws Exception {
        site.fail(A, A, A);
        site.awaitHeard("not enforced " + A);
        site.clock.pass(Duration.ofHours(1));

        Map<String, Object> why = site.ask("why", Map.of("ip", A)).getFirst();

        assertThat(why)
                .containsEntry("banned", true)
                .containsEntry("enforced", "NOT in force: Bans are not enforced: --observe was given.");
        assertThat(why.get("lines"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("Authentication failure for admin from " + A));
        assertThat(String.valueOf(why.get("answer")))
                .startsWith(A + " is banned in wordpress for another 23h: 3 failures at once")
                .contains("The first time");
    }

    @Test
    void why_addressOfABannedIpv6Network_showsTheNetworksBan() throws Exception {
        site.fail("2001:db8::1", "2001:db8::2", "2001:db8::3");
        site.awaitHeard("banned 2001:db8::/64");

        assertThat(site.told("why", Map.of("ip", "2001:db8::77")).getFirst()).startsWith("2001:db8::/64 is banned");
    }

    @Test
    void why_failuresBelowMaxretry_areShown() throws Exception {
        site.fail(A, A);
        site.awaitHeard("seen Found", 2);

        assertThat(site.told("why", Map.of("ip", A)))
                .containsExactly(
                        A + " is not banned.",
                        "At blog.example.test: 2 failed logins without a success in 2 attempts since"
                                + " 2026-04-09T12:00:00.000Z, the last at 2026-04-09T12:00:00.000Z; 4 more refuse it, 8 more ban"
                                + " it.",
                        "2 failures count against it in wordpress:");
    }

    @Test
    void why_banThatWasLifted_saysByWhom() throws Exception {
        site.ask("ban", Map.of("subjects", List.of(A), "reason", "scanner"));
        site.ask("unban", Map.of("subjects", List.of(A)));

        assertThat(site.told("why", Map.of("ip", A)))
                .containsExactly(
                        A + " is not banned.",
                        A + " was banned in manual at 2026-04-09T12:00:00.000Z: scanner;"
                                + " lifted at 2026-04-09T12:00:00.000Z by bailiff unban.");
    }

    @Test
    void why_banThatIsOver_saysWhenItEnded() throws Exception {
        site.ask("ban", Map.of("subjects", List.of(A), "for", "10m"));
        site.clock.pass(Duration.ofMinutes(10));
        site.awaitHeard("unbanned " + A);

        assertThat(site.told("why", Map.of("ip", A)).getLast()).endsWith("ended at 2026-04-09T12:10:00.000Z.");
    }

    @Test
    void why_loopback_isNeverBanned() throws Exception {
        assertThat(site.told("why", Map.of("ip", "127.0.0.1")))
                .first()
                .asString()
                .contains("is never banned");
    }

    @Test
    void why_noAddress_isWrongUsage() {
        assertThatThrownBy(() -> site.ask("why", Map.of("ip", "example.com")))
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.exit()).isEqualTo(ControlException.USAGE));
    }

    @Test
    void anything_unknownCommand_isWrongUsage() {
        assertThatThrownBy(() -> site.ask("dance", Map.of())).hasMessage("The guard knows no command 'dance'.");
    }

    @Test
    void anything_guardThatIsClosed_isNotAnswered() {
        site.close();

        assertThat(Files.exists(site.socket())).isFalse();
        assertThatThrownBy(() -> site.ask("ping", Map.of())).hasMessageContaining("not running");
    }
}
