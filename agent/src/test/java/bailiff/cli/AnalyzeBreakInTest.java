package bailiff.cli;

import static bailiff.cli.PastAttacks.START;
import static bailiff.cli.PastAttacks.access;
import static bailiff.cli.PastAttacks.auth;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeBreakInTest {

    private static final String THIEF = "203.0.113.9";
    private static final String OWNER = "198.51.100.7";
    private static final int GUESSES = 41;

    @TempDir
    Path directory;

    @Test
    void analyze_loginAfterManyFailures_alarmsFirst() throws IOException {
        List<String> lines = guesses(THIEF, GUESSES, "/wp-login.php", 5_800);
        lines.add(access(START.plusHours(1), THIEF, "POST /wp-login.php", 302, 0));

        Run run = analyze(log("access.log", lines));

        assertThat(run.lines().getFirst())
                .isEqualTo("SOMEBODY GOT IN: 203.0.113.9 at 2016-04-09 06:00:00, after 41 failures.");
        assertThat(run.out())
                .contains("wp user reset-password USER", "sudo bailiff ban 203.0.113.9 --for 4w", "  203.0.113.9 ");
    }

    @Test
    void analyze_authLogTellsOfTheSuccess_namesTheUser() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < GUESSES; i++) {
            lines.add(auth(START.plusSeconds(i), THIEF, i % 2 == 0 ? "admin" : "editor"));
        }
        lines.add(accepted(START.plusMinutes(9), THIEF, "admin"));

        Run run = analyze(log("auth.log", lines), "--now", "2016-04-12");

        assertThat(run.lines().getFirst()).startsWith("SOMEBODY GOT IN: 203.0.113.9 as admin at 2016-04-09 ");
        assertThat(run.lines().getFirst()).endsWith(", after 41 failures.");
        assertThat(run.out()).contains("wp user reset-password admin && wp user session destroy admin --all");
        assertThat(breakIns(log("auth.log", lines)))
                .singleElement()
                .satisfies(one -> assertThat(one.get("guessed")).isEqualTo(List.of("admin", "editor")));
    }

    @Test
    void analyze_ownerWhoMistypes_isNeitherAlarmNorAttacker() throws IOException {
        List<String> lines = guesses(OWNER, 9, "/wp-login.php", 5_800);
        lines.add(access(START.plusHours(1), OWNER, "POST /wp-login.php", 302, 0));
        lines.addAll(guesses(THIEF, GUESSES, "/wp-login.php", 5_800));

        Path log = log("access.log", lines);

        assertThat(breakIns(log)).isEmpty();
        assertThat(analyze(log).out()).doesNotContain(OWNER);
    }

    @Test
    void analyze_whoLoggedInBeforeHeFailed_isNoBurglar() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(access(START.minusDays(1), OWNER, "POST /wp-login.php", 302, 0));
        lines.addAll(guesses(OWNER, GUESSES, "/wp-login.php", 5_800));
        lines.add(access(START.plusHours(1), OWNER, "POST /wp-login.php", 302, 0));

        assertThat(breakIns(log("access.log", lines))).isEmpty();
    }

    @Test
    void analyze_passwordSetAnewByMail_isNoBurglar() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < GUESSES; i++) {
            lines.add(auth(START.plusSeconds(i), OWNER, "owner"));
        }
        lines.add(auth(START.plusMinutes(8), OWNER, "x")
                .replaceAll("Authentication failure.*", "Bailiff: reset user=owner ip=" + OWNER));
        lines.add(accepted(START.plusMinutes(9), OWNER, "owner"));

        assertThat(breakIns(log("auth.log", lines), "--now", "2016-04-12")).isEmpty();
    }

    @Test
    void analyze_oneOfAnAttackIsLetInAtOnce_alarms() throws IOException {
        List<String> lines = attackAndVisitors(302);

        Run run = analyze(log("access.log", lines));

        assertThat(run.lines().getFirst())
                .startsWith("SOMEBODY GOT IN: 203.0.113.200 at ")
                .contains("in the manner of attack login-20160409-");
        assertThat(run.out()).contains("addresses are one attack");
    }

    @Test
    void analyze_oneOfAnAttackFailsToo_doesNotAlarm() throws IOException {
        assertThat(breakIns(log("access.log", attackAndVisitors(200)))).isEmpty();
    }

    @Test
    void analyze_whoIsLetInAndGoesOnAsABrowser_isNoBurglar() throws IOException {
        List<String> lines = attackAndVisitors(302);
        for (int i = 0; i < 20; i++) {
            lines.add(
                    agent(START.plusHours(9).plusSeconds(i), "203.0.113.200", "GET /wp-includes/a" + i + ".css", 200));
        }

        assertThat(breakIns(log("access.log", lines))).isEmpty();
    }

    @Test
    void analyze_siteThatRedirectsRobots_doesNotTakeThemForPeople() throws IOException {
        List<String> lines = new ArrayList<>(visitors());
        for (int i = 0; i < 30; i++) {
            lines.add(agent(START.plusMinutes(i), "203.0.113." + i, "POST /wp-login.php", 302));
        }

        List<Map<String, Object>> all =
                analyze(log("access.log", lines), "--json").objects();

        assertThat(all.getFirst()).containsEntry("attempts", 30).containsEntry("letIn", 0);
        assertThat(all).noneMatch(object -> "breakin".equals(object.get("finding")));
    }

    @Test
    void analyze_xmlrpcAnswersOtherwiseAfterManyFaults_saysPerhaps() throws IOException {
        List<String> lines = guesses(THIEF, GUESSES, "/xmlrpc.php", 403);
        lines.add(access(START.plusHours(1), THIEF, "POST /xmlrpc.php", 200, 712));

        assertThat(analyze(log("access.log", lines)).out().replaceAll("\\s+", " "))
                .startsWith("Perhaps somebody got in: 203.0.113.9 had another answer from xmlrpc.php at "
                        + "2016-04-09 06:00:00, after 41 failures.");
    }

    @Test
    void analyze_hostileUserGotIn_isNotPutIntoACommand() throws IOException {
        List<String> lines = new ArrayList<>();
        String hostile = "x;reboot$(id)`id`";
        for (int i = 0; i < GUESSES; i++) {
            lines.add(auth(START.plusSeconds(i), THIEF, hostile));
        }
        lines.add(accepted(START.plusMinutes(9), THIEF, hostile));

        Run run = analyze(log("auth.log", lines), "--now", "2016-04-12");

        assertThat(run.lines().getFirst()).contains("as " + hostile);
        assertThat(run.lines().stream().filter(line -> line.contains("wp user")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("reboot"));
    }

    @Test
    void analyze_anonymised_saysWhoGotInWithoutSayingWho() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < GUESSES; i++) {
            lines.add(auth(START.plusSeconds(i), THIEF, "admin"));
        }
        lines.add(accepted(START.plusMinutes(9), THIEF, "admin"));

        Run run = analyze(log("auth.log", lines), "--now", "2016-04-12", "--anonymise");

        assertThat(run.lines().getFirst()).startsWith("SOMEBODY GOT IN: 240.0.0.1 as user-1 at ");
        assertThat(run.out()).doesNotContain(THIEF, " admin");
    }

    private static List<String> guesses(String client, int number, String script, int bytes) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            lines.add(access(START.plusSeconds(10L * i), client, "POST " + script, 200, bytes));
        }
        return lines;
    }

    /** Readers with their style sheets, so that it shows who fetches nothing; then thirty robots alike, and one more. */
    private static List<String> attackAndVisitors(int lastStatus) {
        List<String> lines = new ArrayList<>(visitors());
        for (int i = 0; i < 30; i++) {
            lines.add(agent(START.plusMinutes(10L * i), "203.0.113." + i, "POST /wp-login.php", 200));
        }
        lines.add(agent(START.plusHours(8), "203.0.113.200", "POST /wp-login.php", lastStatus));
        return lines;
    }

    private static List<String> visitors() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            ZonedDateTime time = START.minusHours(2).plusSeconds(20L * i);
            lines.add(access(time, "198.51.100." + i, "GET /a-post/", 200, 9_000));
            lines.add(access(time, "198.51.100." + i, "GET /style.css", 200, 900));
        }
        return lines;
    }

    private static String agent(ZonedDateTime time, String client, String request, int status) {
        return access(time, client, request, status, 4_000).replaceAll("\"-\"$", "\"Mozilla/5.0 (robot 7)\"");
    }

    private static String accepted(ZonedDateTime time, String client, String user) {
        String failure = auth(time, client, user);
        return failure.replace("Authentication failure for", "Accepted password for");
    }

    private List<Map<String, Object>> breakIns(Path log, String... options) {
        List<Object> arguments = new ArrayList<>(List.of(log, "--json"));
        arguments.addAll(Arrays.asList(options));
        return analyze(arguments.toArray()).objects().stream()
                .filter(object -> "breakin".equals(object.get("finding")))
                .toList();
    }

    private static Run analyze(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("analyze"));
        Arrays.stream(arguments).map(String::valueOf).forEach(all::add);
        return Run.of(all.toArray(String[]::new));
    }

    private Path log(String name, List<String> lines) throws IOException {
        return Files.write(directory.resolve(name), lines);
    }
}
