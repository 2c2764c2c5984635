package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * fail2ban's own client against fail2ban's own server and against a guard with the same configuration and log: the same
 * Python values, the same output, the same exit codes. And {@code bailiff client} against both.
 */
class ClientOracleTest {

    private static final String PYTHON = "/usr/bin/python3";
    private static final int FAILED = 255;
    private static final int LEAST_ALIKE = 218;
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");

    @TempDir
    Path directory;

    private @Nullable BothServers servers;

    @BeforeEach
    void start() throws Exception {
        servers = new BothServers(directory);
        servers.awaitBoth();
    }

    @AfterEach
    void stop() {
        if (servers != null) {
            servers.close();
        }
    }

    private BothServers servers() {
        return Objects.requireNonNull(servers);
    }

    private List<List<String>> commands() throws IOException {
        return BothServers.resource("client-commands.txt")
                .replace("@", directory.toString())
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> ShellWords.of(line).orElseThrow())
                .toList();
    }

    private String neutral(String text) {
        return MOMENT.matcher(text).replaceAll("TIME");
    }

    @Test
    void guard_everyCommandOfFail2bansClient_isAnsweredAsByFail2ban() throws Exception {
        servers().fail("203.0.113.9", "203.0.113.10", "203.0.113.9", "203.0.113.9");
        for (Path socket : List.of(servers().theirs(), servers().ours())) {
            BothServers.await(
                    "the ban of " + socket,
                    () -> servers()
                            .ask(socket, List.of(List.of("status", "wp")))
                            .getFirst()
                            .value()
                            .contains("('Currently failed', 1), ('Total failed', 4)"));
            BothServers.await(
                    "the ban of " + socket,
                    () -> servers()
                            .ask(socket, List.of(List.of("banned")))
                            .getFirst()
                            .value()
                            .contains("203.0.113.9"));
        }
        List<List<String>> commands = commands();
        List<BothServers.Told> theirs = servers().ask(servers().theirs(), commands);
        List<BothServers.Told> ours = servers().ask(servers().ours(), commands);

        SoftAssertions all = new SoftAssertions();
        Set<String> met = new HashSet<>();
        int same = 0;
        for (int i = 0; i < commands.size(); i++) {
            BothServers.Told expected = theirs.get(i);
            BothServers.Told actual = ours.get(i);
            boolean equal = neutral(actual.value()).equals(neutral(expected.value()))
                    && neutral(actual.out()).equals(neutral(expected.out()))
                    && actual.done() == expected.done();
            same += equal ? 1 : 0;
            List<String> meant = ClientDifferences.of(commands.get(i));
            if (!equal) {
                met.addAll(meant);
            }
            if (meant.isEmpty()) {
                all.assertThat(actual.done()).as("done: %s", commands.get(i)).isEqualTo(expected.done());
                all.assertThat(neutral(actual.value()))
                        .as("value of %s", commands.get(i))
                        .isEqualTo(neutral(expected.value()));
                all.assertThat(neutral(actual.out()))
                        .as("output of %s", commands.get(i))
                        .isEqualTo(neutral(expected.out()));
            }
        }
        all.assertThat(same).as("answered alike of %s", commands.size()).isGreaterThanOrEqualTo(LEAST_ALIKE);
        all.assertThat(met).as("differences that are there").isEqualTo(ClientDifferences.MEANT.keySet());
        all.assertAll();
    }

    /** The program itself, process by process, with its exit codes. */
    @Test
    void client_unmodifiedProgram_saysAndEndsTheSame() throws Exception {
        List<List<String>> commands = Stream.of(
                        "ping",
                        "status",
                        "status wp",
                        "status nojail",
                        "set wp banip 198.18.0.1",
                        "banned",
                        "get wp banip --with-time",
                        "set wp unbanip --report-absent 198.18.0.9",
                        "reload",
                        "reload wp",
                        "get wp maxretry",
                        "nonsense")
                .map(line -> List.of(line.split(" ")))
                .toList();
        SoftAssertions all = new SoftAssertions();
        for (List<String> command : commands) {
            Run theirs = program(servers().theirs(), command);
            Run ours = program(servers().ours(), command);
            List<String> arguments =
                    new ArrayList<>(List.of("client", "-s", servers().path("run/control.sock")));
            arguments.addAll(command);
            Run ownClient = Run.of(arguments.toArray(String[]::new));
            all.assertThat(neutral(ours.out())).as("output of %s", command).isEqualTo(neutral(theirs.out()));
            all.assertThat(ours.exit()).as("exit code of %s", command).isEqualTo(theirs.exit());
            if (!command.getFirst().equals("set") || theirs.exit() == FAILED) {
                all.assertThat(neutral(ownClient.out()))
                        .as("bailiff client %s", command)
                        .isEqualTo(neutral(theirs.out()));
            }
            all.assertThat(ownClient.exit())
                    .as("exit of bailiff client %s", command)
                    .isEqualTo(theirs.exit());
        }
        all.assertAll();
    }

    private Run program(Path socket, List<String> command) throws Exception {
        List<String> words = new ArrayList<>(
                List.of(BothServers.CLIENT.toString(), "-c", servers().path("etc"), "-s", socket.toString()));
        words.addAll(command);
        Process process = new ProcessBuilder(words)
                .redirectError(directory.resolve("client.err").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, "");
    }

    /** {@code bailiff client} prints what fail2ban's client prints for the same answers. */
    @Test
    void bailiffClient_sameCommands_printsTheSame() throws Exception {
        List<List<String>> commands = commands().stream()
                .filter(words -> words.getFirst().equals("get")
                        || (words.getFirst().equals("status") && !words.contains("--all"))
                        || words.getFirst().equals("ping"))
                .toList();
        List<BothServers.Told> expected = servers().ask(servers().ours(), commands);

        SoftAssertions all = new SoftAssertions();
        for (int i = 0; i < commands.size(); i++) {
            List<String> arguments =
                    new ArrayList<>(List.of("client", "-s", servers().path("run/control.sock")));
            arguments.addAll(commands.get(i));
            Run run = Run.of(arguments.toArray(String[]::new));
            all.assertThat(run.out())
                    .as("%s", commands.get(i))
                    .isEqualTo(expected.get(i).out() + "\n");
            all.assertThat(run.exit()).isEqualTo(expected.get(i).done() ? 0 : FAILED);
        }
        all.assertAll();
    }

    /** What exporters of metrics do: a pickle in the protocol of their choice, and values by their places. */
    @Test
    void guard_exporterInEveryProtocol_findsItsNumbers() throws Exception {
        Process python = new ProcessBuilder(
                        PYTHON,
                        "-c",
                        BothServers.resource("metrics_exporter.py"),
                        servers().ours().toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("wp 0 0 0 0\nwp2 0 0 0 0\n".repeat(6));
    }
}
