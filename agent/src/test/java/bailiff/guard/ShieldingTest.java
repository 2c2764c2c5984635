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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shield of a whole guard, which observes: where it would refuse it says "count". */
class ShieldingTest {

    private static final String ATTACKER = "203.0.113.9";

    @TempDir
    Path directory;

    @AutoClose
    private Site site;

    @BeforeEach
    void lay() throws IOException {
        site = new Site(directory);
    }

    private Path socket() {
        return directory.resolve("run/shield.sock");
    }

    private void server(String options) throws IOException {
        Files.writeString(directory.resolve("etc/fail2ban.local"), "[Definition]\n" + options);
    }

    private String ask(String address) {
        return ask(socket(), address);
    }

    private static String ask(Path socket, String address) {
        return Site.shield(socket, "ip=" + address + " door=login");
    }

    private Map<String, Object> status() throws Exception {
        return Site.object(
                Objects.requireNonNull(site.ask("status", Map.of()).getFirst().get("shield")));
    }

    @Test
    void start_usualSocket_isForEveryUserOfTheMachine() throws Exception {
        site.start();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-rw-rw-");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("run"))))
                .endsWith("--x--x");
        assertThat(ask(ATTACKER)).isEqualTo("proceed");
    }

    @Test
    void ban_byFailures_isCountedUntilItsEnd() throws Exception {
        site.start();

        site.fail(ATTACKER, ATTACKER, ATTACKER);
        Site.await("the ban", () -> ask(ATTACKER).equals("count banned 86400"));
        site.clock.pass(Duration.ofDays(1));

        assertThat(ask(ATTACKER)).isEqualTo("proceed");
    }

    @Test
    void ban_byHand_holdsUntilItIsLifted() throws Exception {
        site.start();

        site.ask("ban", Map.of("subjects", List.of("203.0.113.0/28"), "for", "10m"));
        String banned = ask(ATTACKER);
        site.ask("unban", Map.of("subjects", List.of("203.0.113.0/28")));

        assertThat(banned).isEqualTo("count banned 600");
        assertThat(ask(ATTACKER)).isEqualTo("proceed");
    }

    @Test
    void ban_ofAnEarlierRun_holds() throws Exception {
        site.start();
        site.fail(ATTACKER, ATTACKER, ATTACKER);
        Site.await("the ban", () -> ask(ATTACKER).startsWith("count"));

        site.restart();

        assertThat(ask(ATTACKER)).startsWith("count banned");
    }

    @Test
    void reload_jailStopsAndStartsToTakePart_isFollowed() throws Exception {
        site.start();
        site.fail(ATTACKER, ATTACKER, ATTACKER);
        Site.await("the ban", () -> ask(ATTACKER).startsWith("count"));

        site.configure(site.jail("wordpress", "shield = no"));
        site.ask("reload", Map.of());
        String without = ask(ATTACKER);
        site.configure(site.jail("wordpress", "shield = yes"));
        site.ask("reload", Map.of());

        assertThat(without).isEqualTo("proceed");
        assertThat(ask(ATTACKER)).startsWith("count banned");
        assertThat(site.banned()).containsExactly(ATTACKER);
    }

    @Test
    void reload_jailGoes_itsBansGo() throws Exception {
        site.configure(site.jail("wordpress", "") + site.jail("other", "maxretry = 9"));
        site.start();
        site.fail(ATTACKER, ATTACKER, ATTACKER);
        Site.await("the ban", () -> ask(ATTACKER).startsWith("count"));

        site.configure(site.jail("other", "maxretry = 9"));
        site.ask("reload", Map.of());

        assertThat(ask(ATTACKER)).isEqualTo("proceed");
        assertThat(status().get("jails")).isEqualTo(List.of("manual", "other"));
    }

    @Test
    void reload_socketElsewhere_isThereAndTheOldOneGone() throws Exception {
        site.start();
        Path elsewhere = directory.resolve("run/other.sock");

        server("shieldsocket = " + elsewhere + "\n");
        site.ask("reload", Map.of());

        assertThat(ask(elsewhere, ATTACKER)).isEqualTo("proceed");
        assertThat(socket()).doesNotExist();
        server("shieldsocket = none\n");
        site.ask("reload", Map.of());
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void start_socketCannotBe_isAProblemAndTheGuardRuns() throws Exception {
        Files.createDirectories(directory.resolve("run"));
        Files.writeString(socket(), "text");
        site.start();

        assertThat(status().get("socket")).isEqualTo("");
        assertThat(String.valueOf(status().get("problems"))).contains("is no socket");
        assertThat(socket()).hasContent("text");
    }

    @Test
    void ask_whoIsIgnored_proceedsWhateverItDoes() throws Exception {
        site.configure(site.jail("wordpress", "ignoreip = " + ATTACKER));
        site.start();

        site.ask("ban", Map.of("subjects", List.of("203.0.113.8"), "for", "10m"));
        assertThat(ask(ATTACKER + " logins=50")).isEqualTo("proceed");
        assertThat(ask("203.0.113.7 logins=50")).isEqualTo("count multicall 60");
        assertThat(ask("203.0.113.8")).startsWith("count banned");
    }

    @Test
    void why_whoWasRefused_saysSo() throws Exception {
        site.start();
        ask("203.0.113.7 logins=50");
        ask("203.0.113.7 logins=20");

        assertThat(site.told("why", Map.of("ip", "203.0.113.7")))
                .contains(
                        "The shield would have refused it 2 times, last at 2026-04-09T12:00:00.000Z at the door login:"
                                + " multicall (20 attempts in one request).");
        assertThat(status())
                .containsEntry("asked", 2)
                .containsEntry("refused", 2)
                .containsEntry("misunderstood", 0);
    }

    @Test
    void observe_writesNoFileForOthers() throws Exception {
        server("denymap = " + directory.resolve("deny.map") + "\n");
        site.start();
        site.ask("ban", Map.of("subjects", List.of(ATTACKER), "for", "10m"));

        site.close();

        assertThat(directory.resolve("deny.map")).doesNotExist();
    }

    @Test
    void reload_socketWhoseFileWasRemoved_answersAgain() throws Exception {
        site.start();
        Files.delete(socket());

        site.ask("reload", Map.of());

        assertThat(ask(ATTACKER)).isEqualTo("proceed");
    }

    @Test
    void start_directoryOthersMayWriteTo_isAProblemAndNoSocket() throws Exception {
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        server("shieldsocket = " + open.resolve("s.sock") + "\n");

        site.start();

        assertThat(open.resolve("s.sock")).doesNotExist();
        assertThat(status().get("problems")).asString().contains("others than root may replace files in " + open);
    }

    @Test
    void close_takesTheSocketAway() throws Exception {
        site.start();

        site.close();

        assertThat(socket()).doesNotExist();
    }
}
