package bailiff.cli;

import static bailiff.cli.PastAttacks.CULPRITS_SECOND;
import static bailiff.cli.PastAttacks.START;
import static bailiff.cli.PastAttacks.access;
import static bailiff.cli.PastAttacks.auth;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {

    private static final int WIDTH = 100;
    private static final int SCREEN = 24;
    private static final int ATTEMPTS = 30;

    @TempDir
    Path directory;

    @Test
    void analyze_bansThatPace_saysInWhatSetsAndWhenTheyCameBack() throws IOException {
        Run run = analyze(log("access.log", PastAttacks.paced()));

        assertThat(run.lines().get(0))
                .isEqualTo("6 addresses sent 50 attempts to xmlrpc.php in 3 d 6 h, 16 of 18 sets of exactly 3.");
        assertThat(run.lines().get(1))
                .isEqualTo("4 addresses came back 12 times as a ban of 24 h ended, the soonest 4 s after.");
        assertThat(run.out()).contains("3 in 1 h 4").contains("Open    xmlrpc.php");
    }

    @Test
    void analyze_pacedAttack_talliesEverySource() throws IOException {
        List<Object> tally = analyze(log("access.log", PastAttacks.paced()), "--json").objects().stream()
                .filter(object -> "source".equals(object.get("finding")))
                .map(object -> object.get("attempts"))
                .toList();

        assertThat(tally).containsExactly(12, 12, 12, 12, 1, 1);
    }

    @Test
    void analyze_oneAttemptPerAddress_isADistributedAttackThatNoLimitSees() throws IOException {
        Run run = analyze(log("access.log", PastAttacks.distributedAccess(ATTEMPTS)));

        assertThat(run.lines().get(0))
                .isEqualTo("One distributed attack: 30 addresses sent 30 attempts to xmlrpc.php, one every 5 min.");
        assertThat(run.lines().get(1))
                .isEqualTo(
                        "No limit per address sees it: of 30 addresses 5 in 10 min shuts out 0, 3 in 1 h 0, 4 in 24 h 0.");
        assertThat(run.out()).contains("no address tried twice, so no findtime, however long, adds anything up");
    }

    @Test
    void analyze_onePostServedAmongRefusals_namesTheCulpritWithItsAuthLine() throws IOException {
        Run run = attack();

        String time = CULPRITS_SECOND.toLocalTime().toString();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("Culprit 04-09 " + time
                        + ":00 203.0.113.250 POST /xmlrpc.php 200, failed as admin; 7 others refused.")
                .contains("192.0.2.44 POST /wp-login.php 403, AH01797: client denied")
                .contains("editor (30 by 30 addresses)");
    }

    @Test
    void analyze_attackInThreeLogs_fitsOneScreen() throws IOException {
        List<String> lines = attack().lines();

        assertThat(lines).hasSizeLessThanOrEqualTo(SCREEN);
        assertThat(lines).allMatch(line -> line.length() <= WIDTH);
    }

    @Test
    void analyze_authLogWithoutYearAndZone_isPutRightByTheEventsItShares() throws IOException {
        Path access = log("access.log", PastAttacks.distributedAccess(ATTEMPTS));
        Path auth = log("auth.log", PastAttacks.distributedAuth(ATTEMPTS));

        List<Map<String, Object>> joined =
                analyze(access, auth, "--json", "--timezone", "-0700", "--now", "2026-11-21").objects().stream()
                        .filter(object -> "joined".equals(object.get("finding")))
                        .toList();

        assertThat(joined).hasSize(ATTEMPTS).allSatisfy(event -> {
            assertThat(event.get("user")).isEqualTo("editor");
            assertThat(event.get("request")).isEqualTo("POST /xmlrpc.php");
            assertThat(event.get("time")).asString().startsWith("2016-04-09T");
        });
    }

    @Test
    void analyze_attackerSeenInTwoLogs_countsOnce() throws IOException {
        Map<String, Object> summary = attack("--json").objects().getFirst();

        assertThat(summary).containsEntry("attempts", ATTEMPTS + 8).containsEntry("sources", ATTEMPTS + 2);
    }

    @Test
    void analyze_siteWithoutAttack_doesNotAlarm() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.add(access(START.plusMinutes(i), "198.51.100." + i, "GET /a-post/", 200, 9_000));
        }
        lines.add(access(START, "203.0.113.9", "POST /wp-login.php", 200, 5_800));
        lines.add(access(START.plusSeconds(9), "203.0.113.9", "POST /wp-login.php", 302, 0));

        Run run = analyze(log("access.log", lines));

        assertThat(run.lines().get(0)).isEqualTo("Nobody tried a door of WordPress in 3 h 19 min.");
        assertThat(run.out()).doesNotContain("bailiff ban");
    }

    @Test
    void analyze_jetpack_isNeverAnAttacker() throws IOException {
        List<String> lines = new ArrayList<>(PastAttacks.distributedAccess(ATTEMPTS));
        for (int i = 0; i < 50; i++) {
            lines.add(access(START.plusMinutes(i), "192.0.96." + i, "POST /xmlrpc.php?for=jetpack", 200, 700 + i));
        }

        Run run = analyze(log("access.log", lines));

        assertThat(run.lines().get(0)).contains("30 addresses sent 30 attempts");
        assertThat(run.out())
                .contains("Jetpack uses xmlrpc.php here: do not shut it")
                .doesNotContain("printf");
    }

    @Test
    void analyze_linesOutOfOrderAndMixedInOneFile_givesTheSame() throws IOException {
        List<String> mixed = new ArrayList<>(PastAttacks.distributedAccess(ATTEMPTS));
        mixed.addAll(PastAttacks.distributedAuth(ATTEMPTS));
        java.util.Collections.shuffle(mixed, new java.util.Random(3));
        Path access = log("access.log", PastAttacks.distributedAccess(ATTEMPTS));
        Path auth = log("auth.log", PastAttacks.distributedAuth(ATTEMPTS));

        String apart = analyze(access, auth, "--now", "2016-04-12").out();

        assertThat(analyze(log("mixed.log", mixed), "--now", "2016-04-12").out())
                .isEqualTo(apart);
    }

    @Test
    void analyze_fileThatNobodyUnderstands_isNamed() throws IOException {
        Path access = log("access.log", PastAttacks.paced());
        Path other = log("other.log", List.of("one", "two"));

        Run run = analyze(access, other);

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("other.log: none of its 2 lines is");
        assertThat(run.err()).doesNotContain("access.log");
    }

    @Test
    void analyze_nothingUnderstood_tellsNothing() throws IOException {
        Run run = analyze(log("other.log", List.of("one", "two")), "--json");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no line was understood");
    }

    @Test
    void analyze_authLogAlone_asksForTheAccessLog() throws IOException {
        Run run = analyze(log("auth.log", PastAttacks.distributedAuth(ATTEMPTS)));

        assertThat(run.lines().get(0)).startsWith("A distributed attack: 30 addresses sent 30 attempts");
        assertThat(run.out()).contains("name the access log too");
    }

    @Test
    void analyze_mostRefused_speaksOfThoseThatReachedWordPress() throws IOException {
        List<String> lines = new ArrayList<>(PastAttacks.distributedAccess(ATTEMPTS));
        for (int i = 0; i < 500; i++) {
            lines.add(
                    access(START.plusSeconds(i), PastAttacks.botAddress(i % ATTEMPTS), "POST /wp-login.php", 403, 378));
        }

        assertThat(analyze(log("access.log", lines)).lines().get(0))
                .startsWith(
                        "One distributed attack: 30 addresses sent 30 attempts to xmlrpc.php (and 500 were refused)");
    }

    @Test
    void analyze_fewBusyAddressesAmongMany_isNoDistributedAttack() throws IOException {
        List<String> lines = new ArrayList<>(PastAttacks.distributedAccess(ATTEMPTS));
        for (int i = 0; i < 900; i++) {
            lines.add(access(START.plusSeconds(i), "203.0.113.5", "POST /wp-login.php", 200, 5_800));
        }

        Run run = analyze(log("access.log", lines));

        assertThat(run.lines().get(0)).contains("96 % came from 203.0.113.5");
        assertThat(run.lines().get(1))
                .isEqualTo("A limit of 5 in 10 min shuts out 1 of them, who made 96 % of the attempts.");
        assertThat(run.out()).contains("sudo bailiff ban 203.0.113.5 --for 4w");
    }

    @Test
    void analyze_format_isReadAsTheServerWritesIt() throws IOException {
        Path log = log("custom.log", List.of("203.0.113.9|2016-04-09T05:00:00Z|POST /xmlrpc.php HTTP/1.1|200"));

        assertThat(analyze(log).exit()).isEqualTo(1);
        assertThat(analyze(log, "--format", "$remote_addr|$time_iso8601|$request|$status", "--json")
                        .objects()
                        .getFirst())
                .containsEntry("attempts", 1);
        assertThat(analyze(log, "--format", "$status").exit()).isEqualTo(2);
    }

    @Test
    void analyze_anonymise_showsNoAddressAndNoUser() throws IOException {
        Path page = directory.resolve("page.html");

        Run run = attack("--anonymise", "--json", "--html", page.toString());
        String shown =
                run.out() + Files.readString(page) + attack("--anonymise").out();

        assertThat(shown).doesNotContain("198.18.", "203.0.113.", "192.0.2.44", "editor", "2001:db8:1:");
        assertThat(shown).contains("240.0.0.1").contains("user-1").contains("AH01797");
    }

    @Test
    void analyze_hostileNames_doNothingToTerminalOrPage() throws IOException {
        String evil = "<script>alert(1)</script>\u001b[31m\u202e";
        List<String> lines = new ArrayList<>(PastAttacks.distributedAccess(ATTEMPTS));
        for (int i = 0; i < 12; i++) {
            lines.add(auth(START.plusMinutes(i), "203.0.113.77", evil));
        }
        lines.add(access(START, "203.0.113.78", "POST /\"><img/src=x>/xmlrpc.php", 200, 5));
        Path page = directory.resolve("page.html");

        Run run = analyze(log("mixed.log", lines), "--html", page.toString(), "--now", "2016-04-12");
        String html = Files.readString(page);

        assertThat(run.out()).contains("<script>").doesNotContain("\u001b", "\u202e");
        assertThat(html).contains("&lt;script&gt;").doesNotContain("<script", "\u001b", "\u202e", "<img");
    }

    @Test
    void analyze_html_needsNothingElse() throws IOException {
        Path page = directory.resolve("page.html");

        attack("--html", page.toString());

        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>")
                .contains("<svg", "What to do now", "name=\"viewport\"", "@media print")
                .doesNotContain("src=", "href=", "@import", "url(");
    }

    @Test
    void analyze_nothingToRead_saysSo() {
        Run run = Run.of("analyze", directory.resolve("absent.log").toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("There is no log");
    }

    @Test
    void analyze_geoFile_saysWhoseAddressesAre() throws IOException {
        Path geo = directory.resolve("delegated");
        Files.writeString(
                geo,
                "2|ripencc|20260601|1|19830705|20260531|+0000\nripencc|XA|ipv4|203.0.113.0|256|20000101|allocated\n");

        Run run = analyze(log("access.log", PastAttacks.paced()), "--geo", geo.toString());

        assertThat(run.out()).contains("XA ripencc").contains("delegated of 2026-06-01");
        assertThat(analyze(geo, "--geo", directory.toString()).exit()).isEqualTo(2);
    }

    private Run attack(String... options) throws IOException {
        List<String> access = new ArrayList<>(PastAttacks.distributedAccess(ATTEMPTS));
        access.addAll(PastAttacks.refusedAccess());
        List<String> auth = new ArrayList<>(PastAttacks.distributedAuth(ATTEMPTS));
        auth.add(auth(CULPRITS_SECOND, "203.0.113.250", "admin"));
        List<Object> arguments = new ArrayList<>(List.of(
                log("access.log", access), log("auth.log", auth), log("error.log", PastAttacks.refusedErrors())));
        arguments.addAll(Arrays.asList(options));
        return analyze(arguments.toArray());
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
