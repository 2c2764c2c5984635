package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an installed fail2ban-regex prints, {@code regex} prints, save the time that it took. */
class RegexCommandTest {

    private static final Path ORIGINAL = Path.of("/usr/bin/fail2ban-regex");
    private static final String LINES = """
            Nov 20 11:03:14 vm app: failure for root from 192.0.2.1
            Nov 20 11:03:15 vm app: failure for it's from 192.0.2.2
            # a comment

            Nov 20 11:03:16 vm app: hello  \s
            Nov 20 11:03:17 vm app: failure for "x" from 2001:db8::1
            """;
    private static final String REGEX = "failure for <F-USER>\\S+</F-USER> from <HOST>";
    private static final String DATES = "%b %d %H:%M:%S";

    @TempDir
    Path directory;

    static Stream<List<String>> reports() {
        return Stream.of(
                List.of("LOG", REGEX),
                List.of("LOG", REGEX, "for root"),
                List.of("LOG", REGEX, "for \\S+ from 192"),
                List.of("-v", "LOG", REGEX),
                List.of("-d", "%b %d %H:%M", "LOG", REGEX),
                List.of("--TZ", "UTC+0100", "-v", "LOG", REGEX),
                List.of("--print-all-matched", "LOG", REGEX, "for root"),
                List.of("--print-no-missed", "--print-no-ignored", "LOG", REGEX, "for root"),
                List.of("--print-all-missed", "--print-all-ignored", "LOG", REGEX, "for root"),
                List.of("Nov 20 11:03:14 vm app: failure for root from 192.0.2.1", REGEX),
                List.of("Nov 20 11:03:14 a\nNov 20 11:03:15 from 192.0.2.1\n\nd\ne\nf", "from <HOST>$"),
                List.of("--no-check-all", "LOG", REGEX),
                List.of("--usedns", "no", "--raw", "-e", "UTF-8", "LOG", REGEX),
                List.of("-c", "DIR", "LOG", "app"),
                List.of("-c", "DIR", "LOG", "app[who=root]"),
                List.of("-c", "DIR", "-v", "LOG", "app[who=\"it's\"]"),
                List.of("-c", "DIR", "LOG", "DIR/filter.d/app.conf"),
                List.of("-c", "DIR/filter.d", "LOG", "app.conf"));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void regex_report_isTheOriginals(List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(arguments);
        if (arguments.stream().noneMatch(argument -> argument.startsWith("-d") || argument.equals("DIR"))) {
            all.addAll(0, List.of("-d", DATES));
        }

        compare(all);
    }

    static Stream<List<String>> outputs() {
        return Stream.of("id", "ip", "msg", "user", "nothing", "<ip> <fid> <F-USER> <family> <failures> <msg> <other>")
                .map(form -> List.of("-o", form, "LOG", REGEX));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void regex_out_isTheOriginals(List<String> arguments) throws Exception {
        compare(arguments);
    }

    @Test
    void regex_manyMissedLines_areNotListed() throws Exception {
        Files.writeString(directory.resolve("many.log"), "Nov 20 11:03:14 x\n".repeat(20));

        compare(List.of("-d", DATES, directory + "/many.log", REGEX));
        compare(List.of("-d", DATES, "--print-all-missed", directory + "/many.log", REGEX));
    }

    /** Of a session, lines that are no failure by themselves are hits as well. */
    @ParameterizedTest
    @ValueSource(strings = {"sshd", "sshd[mode=aggressive]", "sshd[mode=extra]"})
    void regex_sessionsOfTheStockSshd_countAsInTheOriginal(String filter) throws Exception {
        Path log = Files.writeString(directory.resolve("sshd.log"), """
                Nov 20 11:03:10 vm sshd[100]: Connection from 192.0.2.1 port 50000 on 10.0.0.1 port 22
                Nov 20 11:03:11 vm sshd[100]: Invalid user bob from 192.0.2.1 port 50000
                Nov 20 11:03:12 vm sshd[100]: Failed password for invalid user bob from 192.0.2.1 port 50000 ssh2
                Nov 20 11:03:13 vm sshd[100]: Connection closed by invalid user bob 192.0.2.1 port 50000 [preauth]
                Nov 20 11:03:15 vm sshd[101]: Failed password for root from 192.0.2.2 port 4 ssh2
                Nov 20 11:03:16 vm sshd[101]: Accepted password for root from 192.0.2.2 port 4 ssh2
                Nov 20 11:03:17 vm sshd[102]: User eve from 192.0.2.3 not allowed because not listed in AllowUsers
                Nov 20 11:03:18 vm sshd[102]: Disconnected from invalid user eve 192.0.2.3 port 3 [preauth]
                Nov 20 11:03:19 vm sshd[103]: Received disconnect from 192.0.2.4 port 5:11: Bye [preauth]
                Nov 20 11:03:20 vm sshd[103]: Disconnected from 192.0.2.4 port 5 [preauth]
                Nov 20 11:03:21 vm sshd[104]: Failed publickey for git from 192.0.2.5 port 6 ssh2: RSA SHA256:abc
                Nov 20 11:03:22 vm sshd[104]: Failed password for git from 192.0.2.5 port 6 ssh2
                Nov 20 11:03:23 vm sshd[104]: Connection closed by authenticating user git 192.0.2.5 port 6 [preauth]
                Nov 20 11:03:26 vm cron[9]: nothing of ours
                """);

        compare(List.of("--print-all-matched", "--print-all-ignored", "--print-all-missed", log.toString(), filter));
    }

    @Test
    void regex_withoutAnAddress_saysSoAndEndsWith255() throws Exception {
        compare(List.of("LOG", "foo"));
        compare(List.of("LOG", "nosuchfilter"));
    }

    @Test
    void regex_wrongArguments_endWith255() {
        assertThat(Run.of("regex", "only").exit()).isEqualTo(255);
        assertThat(Run.of("regex", "only").err()).contains("ERROR: provide both <LOG> and <REGEX>.");
        assertThat(Run.of("regex", "--print-no-missed", "--print-all-missed", "a", "b")
                        .exit())
                .isEqualTo(255);
        assertThat(Run.of("regex", "a", "(").exit()).isEqualTo(255);
        assertThat(Run.of("regex", "-d", "%Q", "a", "<HOST>").exit()).isEqualTo(255);
        assertThat(Run.of("fail2ban-regex", "--TZ", "XX", "a", "<HOST>").exit()).isEqualTo(255);
        assertThat(Run.of("regex", "-e", "xx", "a", "<HOST>").exit()).isEqualTo(255);
    }

    @Test
    void regex_invert_givesTheLinesThatDoNotMatch() throws IOException {
        Path log = Files.writeString(directory.resolve("auth.log"), LINES);

        assertThat(Run.of("regex", "-i", "-o", "msg", log.toString(), REGEX).lines())
                .singleElement()
                .asString()
                .endsWith("hello   ");
    }

    private void compare(List<String> arguments) throws Exception {
        Needs.orSkip(Files.isExecutable(ORIGINAL), ORIGINAL + " is missing");
        Files.writeString(directory.resolve("auth.log"), LINES);
        Files.createDirectories(directory.resolve("filter.d"));
        Files.writeString(directory.resolve("filter.d/app.conf"), """
                [Definition]
                who = \\S+
                failregex = ^ vm app: failure for <who> from <HOST>$
                            from <HOST>$
                ignoreregex = 192\\.0\\.2\\.2
                datepattern = {^LN-BEG}%%b %%d %%H:%%M:%%S
                """);
        List<String> named = arguments.stream()
                .map(argument ->
                        argument.replace("LOG", directory + "/auth.log").replace("DIR", directory.toString()))
                .toList();

        List<String> command = new ArrayList<>(List.of(ORIGINAL.toString()));
        command.addAll(named);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TZ", ZoneId.systemDefault().getId());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process original = builder.start();
        String expected = new String(original.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> ours = new ArrayList<>(List.of("regex"));
        ours.addAll(named);

        Run run = Run.of(ours.toArray(String[]::new));

        assertThat(timeless(run.out() + run.err())).isEqualTo(timeless(expected));
        assertThat(run.exit()).isEqualTo(original.waitFor());
    }

    private static String timeless(String text) {
        return text.replaceAll("processed in [0-9.]+ sec", "processed in N sec");
    }
}
