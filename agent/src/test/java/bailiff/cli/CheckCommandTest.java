package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    private static final String GOOD = """
            [wordpress]
            enabled = true
            port = http,https
            filter = wordpress
            logpath = /nonexistent/auth.log
            maxretry = 3
            findtime = 3600
            bantime = 86400
            """;

    @TempDir
    Path directory;

    @Test
    void check_goodConfiguration_saysWhatWouldRun() throws IOException {
        Run run = check(GOOD);

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("Jail wordpress would run: filter wordpress")
                .contains("3 failures within 1h close tcp 80,443 for 1d")
                .contains("weighed as evidence: at most 1 wrongful verdicts a site and year")
                .contains("/nonexistent/auth.log is not there now");
    }

    @Test
    void check_goodConfigurationAsJson_hasTheJailThenTheSummary() throws IOException {
        List<Map<String, Object>> objects = check(GOOD, "--json").objects();

        assertThat(objects.get(objects.size() - 2))
                .containsOnlyKeys("jail")
                .extractingByKey("jail")
                .satisfies(jail -> {
                    assertThat((Map<?, ?>) jail).hasSize(15);
                    assertThat(String.valueOf(jail))
                            .contains(
                                    "name=wordpress",
                                    "maxretry=3",
                                    "findtime=3600",
                                    "bantime=86400",
                                    "ports=[tcp 80,443]",
                                    "native=true",
                                    "scripts=[]",
                                    "evidence=auto",
                                    "wrongbans=1");
                });
        assertThat(objects.getLast())
                .isEqualTo(Map.of("summary", Map.of("jails", 1, "leftOut", List.of(), "problems", 1)));
    }

    @Test
    void check_shield_saysWhereItWouldAnswerAndForWhom() throws IOException {
        Files.writeString(
                directory.resolve("fail2ban.local"), "[Definition]\nshieldhttp = 127.0.0.1:734\nshieldsocket = none\n");
        String both =
                GOOD + "[sshd]\nenabled = true\nport = ssh\nfilter = wordpress\nlogpath = /nonexistent/auth.log\n";

        assertThat(check(both).lines())
                .contains(
                        "The shield would refuse whom these jails ban, besides bans by hand: wordpress",
                        "  It would answer web servers at 127.0.0.1:734")
                .noneMatch(line -> line.contains("answer WordPress"));
        assertThat(String.valueOf(check(both, "--json").objects()))
                .contains("shield={socket=, http=127.0.0.1:734, denymap=, decisions=, multicall=1, jails=[wordpress]}");
    }

    @Test
    void check_actions_saysWhatClosesPortsAndWhatIsRun() throws IOException {
        Path actions = Files.createDirectories(directory.resolve("action.d"));
        Files.writeString(actions.resolve("tell.conf"), "[Definition]\nactionban = true <ip>\n");
        Files.writeString(actions.resolve("nftables-multiport.conf"), "[Definition]\nactionban = true <ip>\n");
        String both = GOOD + "action = nftables-multiport[port=\"http,https\"]\n         tell\n";

        assertThat(check(both).lines())
                .contains(
                        "  Its ports are closed natively, in place of nftables-multiport",
                        "  Runs the commands of: tell");
        assertThat(check(GOOD + "action = tell\n").lines())
                .contains(
                        "  3 failures within 1h make a ban for 1d",
                        "  Runs the commands of: tell; they alone enforce the bans");
        assertThat(String.valueOf(check(both, "--json").objects())).contains("native=true, scripts=[tell]");
    }

    @Test
    void check_noActionThatCanBeRun_isSaidLoudly() throws IOException {
        Files.createDirectories(directory.resolve("action.d"));
        Files.writeString(directory.resolve("action.d/smtp.py"), "");

        Run run = check(GOOD + "action = smtp.py\n");

        assertThat(run.lines())
                .contains(
                        "  Does NOT run: smtp.py",
                        "  ITS BANS WOULD HAVE NO EFFECT: it closes no port and runs no command")
                .anyMatch(line -> line.startsWith("warning: ") && line.contains("its bans would have no effect"));
    }

    @Test
    void check_growingBansAndFail2bansCounter_areInPlainWords() throws IOException {
        Run run = check(GOOD + """
                compat = fail2ban
                bantime.increment = true
                bantime.multipliers = 1 2 4
                bantime.factor = 2
                bantime.maxtime = 5w
                bantime.rndtime = 10m
                bantime.overalljails = true
                """);

        assertThat(run.lines())
                .contains(
                        "  Failures are counted as fail2ban counts them (compat = fail2ban)",
                        "  Bans grow: the next one lasts bantime times one of 1 2 4, with a banFactor of 2, at most 35d,"
                                + " and up to 10m more by chance; the bans of all jails count");
    }

    @Test
    void check_everythingWrong_listsAllAtOnceWithFileAndLine() throws IOException {
        Run run = check("""
                [wordpress]
                enabled = true
                filter = wordpress
                logpath = /nonexistent/auth.log
                maxretry = \u001b[31mmany
                bantime = soon
                [other]
                enabled = true
                filter = unknown
                logpath = /nonexistent/auth.log
                """);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.lines())
                .anyMatch(line -> line.startsWith("error: " + jails() + ":5: [wordpress] maxretry"))
                .anyMatch(line -> line.startsWith("error: " + jails() + ":6: [wordpress] bantime"))
                .anyMatch(line -> line.startsWith("error: " + jails() + ":9: [other] filter"))
                .contains("Jail wordpress would NOT run.", "Jail other would NOT run.", "Nothing would run.");
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void check_problemAsJson_namesItsPlace() throws IOException {
        Run run = check(GOOD.replace("= 3\n", "= many\n"), "--json");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.objects())
                .anySatisfy(object -> assertThat(object)
                        .containsEntry("severity", "error")
                        .containsEntry("file", jails().toString())
                        .containsEntry("line", 6)
                        .containsEntry("section", "wordpress")
                        .containsEntry("option", "maxretry")
                        .containsKey("problem"));
    }

    @Test
    void check_noDirectory_isWrong() {
        Run run = Run.of("check", "-c", directory.resolve("none").toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains("no such directory", "Nothing would run.");
    }

    private Path jails() {
        return directory.resolve("jail.local");
    }

    private Run check(String jailLocal, String... options) throws IOException {
        Files.writeString(jails(), jailLocal);
        String[] arguments = {"check", "-c", directory.toString()};
        return Run.of(java.util.stream.Stream.of(arguments, options)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new));
    }
}
