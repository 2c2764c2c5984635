package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fail2ban's own recidive filter, as installed, over the log that Bailiff writes in fail2ban's form. */
class RecidiveTest {

    private static final Path STOCK = Path.of("/etc/fail2ban/filter.d");
    private static final String A = "203.0.113.9";
    private static final String V6 = "2001:db8:7:1::9";

    @TempDir
    Path directory;

    private MovingSite site;

    @BeforeEach
    void open() throws Exception {
        Path stock = STOCK.resolve("recidive.conf");
        Needs.orSkip(Files.exists(stock), "Needs fail2ban (package fail2ban): there is no " + stock + ".");
        site = new MovingSite(directory);
        for (String name : List.of("recidive.conf", "common.conf")) {
            Files.copy(STOCK.resolve(name), directory.resolve("etc/filter.d").resolve(name));
        }
        site.configure("bantime = 1\n[recidive]\nenabled = true\nfilter = recidive\nlogpath = " + log()
                + "\nmaxretry = 3\nbantime = 1w\nfindtime = 1d");
    }

    @AfterEach
    void close() {
        site.close();
    }

    private Path log() {
        return directory.resolve("bailiff-as-fail2ban.log");
    }

    @Test
    void recidive_addressBannedThreeTimes_isBannedForAWeekAndOnce() throws Exception {
        site.startGuard("--logtarget", log().toString());
        for (int i = 1; i <= 3; i++) {
            banAndWait(A, i);
        }

        MovingSite.await("the ban for a week", () -> bansOf("recidive").contains(A));

        assertThat(Files.readAllLines(log()).stream().filter(line -> line.endsWith(" NOTICE  [recidive] Ban " + A)))
                .as("its own bans are none of the bans that it counts")
                .hasSize(1);
        assertThat(site.ask("status", "recidive").out()).contains("3 failures found");
    }

    @Test
    void recidive_ipv6Network_isARepeatedOffenderToo() throws Exception {
        site.startGuard("--logtarget", log().toString());
        for (int i = 1; i <= 3; i++) {
            banAndWait(V6, i);
        }

        MovingSite.await("the ban for a week", () -> bansOf("recidive").contains("2001:db8:7:1::/64"));
    }

    @Test
    void log_afterBanAndUnban_hasFail2bansWords() throws Exception {
        site.startGuard("--logtarget", log().toString());
        banAndWait(A, 1);
        site.stopGuard();

        List<String> words = Files.readAllLines(log()).stream()
                .map(line -> line.replaceFirst("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} ", "")
                        .replaceFirst("\\[\\d+\\]", "[]")
                        .replaceFirst(" - \\d.*", " - TIME"))
                .toList();
        assertThat(words)
                .containsSubsequence(
                        "fail2ban.jail           []: INFO    Jail 'site' started",
                        "fail2ban.filter         []: INFO    [site] Found " + A + " - TIME",
                        "fail2ban.actions        []: NOTICE  [site] Ban " + A,
                        "fail2ban.actions        []: NOTICE  [site] Unban " + A,
                        "fail2ban.jail           []: INFO    Jail 'site' stopped",
                        "fail2ban.server         []: INFO    Exiting Fail2ban");
        assertThat(words.getFirst()).startsWith("fail2ban.server         []: INFO    Starting Fail2ban v");
    }

    @Test
    void log_logrotateInBetween_goesOnInTheNewFileAndTheJailReadsBoth() throws Exception {
        site.startGuard("--logtarget", log().toString());
        banAndWait(A, 1);
        Files.move(log(), directory.resolve("bailiff-as-fail2ban.log.1"));
        banAndWait(A, 2);
        banAndWait(A, 3);

        MovingSite.await("the ban for a week", () -> bansOf("recidive").contains(A));
        assertThat(log()).exists();
    }

    /** The same lines as fail2ban itself writes, told apart by nothing but the process and the time. */
    @Test
    void log_besideFail2bansOwn_hasTheSameLines() throws Exception {
        site.configure("bantime = 3");
        try (RunningFail2ban fail2ban = new RunningFail2ban(site)) {
            assertThat(fail2ban.client("ping")).contains("pong");
            site.fail(A, A, A);
            MovingSite.await("fail2ban's unban", () -> lines(fail2banLog()).contains("NOTICE  [site] Unban " + A));
        }
        Files.write(site.log(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        site.startGuard("--logtarget", log().toString());
        site.fail(A, A, A);
        MovingSite.await("our unban", () -> lines(log()).contains("NOTICE  [site] Unban " + A));

        assertThat(ofTheSite(log())).isEqualTo(ofTheSite(fail2banLog()));
    }

    private Path fail2banLog() {
        return directory.resolve("fail2ban.log");
    }

    private static List<String> ofTheSite(Path log) throws Exception {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("[site] "))
                .map(line -> line.substring(24).replaceFirst("\\[\\d+\\]", "[]").replaceFirst(" - \\d.*", " - TIME"))
                .toList();
    }

    private static String lines(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    private void banAndWait(String address, int times) throws Exception {
        site.fail(address, address, address);
        MovingSite.await("ban " + times, () -> count(" [site] Ban ") == times);
        MovingSite.await("its end", () -> count(" [site] Unban ") == times);
    }

    private long count(String words) {
        return (lines(directory.resolve("bailiff-as-fail2ban.log.1")) + lines(log()))
                .lines()
                .filter(line -> line.contains(words))
                .count();
    }

    private List<String> bansOf(String jail) {
        return site.bans().stream()
                .filter(ban -> jail.equals(ban.get("jail")))
                .map((Map<String, Object> ban) -> String.valueOf(ban.get("ip")))
                .toList();
    }
}
