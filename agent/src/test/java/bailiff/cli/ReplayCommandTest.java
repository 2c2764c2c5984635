package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {

    private static final String A = "203.0.113.9";

    @TempDir
    Path directory;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(directory.resolve("jail.local"), """
                [DEFAULT]
                enabled = true
                filter = wordpress
                logpath = /nonexistent/auth.log
                findtime = 3600
                [wordpress]
                bantime = 600
                [strict]
                maxretry = 1
                bantime = -1
                """);
    }

    @Test
    void replay_refusedByEvidence_saysSo() throws IOException {
        String[] lines = new String[9];
        Arrays.setAll(lines, failure -> line(0, A).replace("T12:", "T%02d:".formatted(2 * failure)));
        Path log = log("log", lines);

        List<Map<String, Object>> objects =
                replay(log, "--jail", "wordpress", "--json").objects();

        assertThat(objects.getFirst())
                .containsEntry("event", "refuse")
                .containsEntry("time", "2026-04-09T12:00:00.000Z")
                .containsEntry("ip", A)
                .containsEntry("jail", "wordpress")
                .containsEntry("evidence", "address");
        assertThat(objects.getLast().get("summary")).asString().contains("bans=0", "refused=3");
        assertThat(replay(log, "--jail", "wordpress").out()).contains("refuse " + A, "3 attempts refused by evidence");
    }

    @Test
    void replay_json_hasTheContractsKeys() throws IOException {
        Path log = log("log", line(0, A), line(1, A), line(2, A), line(5, A), line(700, "203.0.113.10"), "other");

        List<Map<String, Object>> objects =
                replay(log, "--jail", "wordpress", "--json").objects();

        assertThat(objects).hasSize(3);
        assertThat(objects.get(0))
                .containsExactly(
                        Map.entry("event", "ban"),
                        Map.entry("time", "2026-04-09T12:00:02.000Z"),
                        Map.entry("ip", A),
                        Map.entry("jail", "wordpress"),
                        Map.entry("bantime", 600),
                        Map.entry("bancount", 1),
                        Map.entry("failures", 3),
                        Map.entry("evidence", "address"),
                        Map.entry("reason", "3 failures within 2s (maxretry 3, findtime 1h)"));
        assertThat(objects.get(1))
                .containsEntry("event", "unban")
                .containsEntry("time", "2026-04-09T12:10:02.000Z")
                .containsEntry("ip", A);
        assertThat(objects.get(2))
                .isEqualTo(
                        Map.of("summary", Map.of("lines", 6, "failures", 5, "bans", 1, "addresses", 2, "refused", 0)));
    }

    @Test
    void replay_banForEver_lastsMinusOne() throws IOException {
        Run run = replay(log("log", line(0, A)), "--jail", "strict", "--json");

        assertThat(run.objects().getFirst()).containsEntry("bantime", -1);
    }

    @Test
    void replay_forAPerson_saysWhoAndWhy() throws IOException {
        Run run = replay(log("log", line(0, A), line(1, A), line(2, A)), "--jail", "wordpress");

        assertThat(run.lines()).hasSize(2);
        assertThat(run.lines().getFirst())
                .endsWith("  [wordpress] ban " + A + "  3 failures within 2s (maxretry 3, findtime 1h)");
        assertThat(run.lines().getLast()).isEqualTo("3 lines: 3 failures, 1 bans of 1 addresses");
    }

    @Test
    void replay_allJails_eachDecidesForItself() throws IOException {
        Run run = replay(log("log", line(0, A), line(1, A), line(2, A)), "--json");

        assertThat(run.objects())
                .extracting(object -> object.get("jail") + " " + object.get("time"))
                .startsWith("strict 2026-04-09T12:00:00.000Z", "wordpress 2026-04-09T12:00:02.000Z");
    }

    @Test
    void replay_severalLogs_countTogetherInTheOrderGiven() throws IOException {
        Path old = log("auth.log.1", line(0, A), line(1, A));
        Path young = log("auth.log", line(2, A));

        Run run = replay(old, young.toString(), "--jail", "wordpress");

        assertThat(run.out()).contains("ban " + A);
        assertThat(run.lines().getLast()).startsWith("3 lines");
    }

    @Test
    void replay_unknownJailOrBrokenConfiguration_isWrong() throws IOException {
        Path log = log("log", line(0, A));
        Run unknown = replay(log, "--jail", "ssh");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("No jail 'ssh' of " + directory + " can run.");

        Files.writeString(
                directory.resolve("jail.local"), "[wordpress]\nenabled = true\nfilter = none\nlogpath = /x\n");
        Run broken = replay(log);

        assertThat(broken.exit()).isEqualTo(2);
        assertThat(broken.err()).contains("jail.local:3: [wordpress] filter");
    }

    @Test
    void replay_missingLog_isWrongUsage() {
        assertThat(replay(directory.resolve("none")).exit()).isEqualTo(2);
    }

    private static String line(int second, String address) {
        return "2026-04-09T12:%02d:%02d+00:00 vps wordpress(b)[1]: Authentication failure for admin from %s"
                .formatted(second / 60, second % 60, address);
    }

    private Path log(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private Run replay(Path log, String... options) {
        List<String> arguments = new ArrayList<>(List.of("replay", "-c", directory.toString(), log.toString()));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(String[]::new));
    }
}
