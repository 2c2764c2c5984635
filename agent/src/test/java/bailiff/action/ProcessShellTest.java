package bailiff.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessShellTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Shell shell = new ProcessShell(List.of());

    @Test
    void run_success_isGood() {
        assertThat(run("echo fine", LONG)).isEqualTo(new Shell.Outcome(0, "fine"));
    }

    @Test
    void run_failure_tellsCodeAndWordsInOneLine() {
        assertThat(run("echo one; printf 'two\\033[2J' >&2; exit 3", LONG))
                .isEqualTo(new Shell.Outcome(3, "exit code 3: one; two?[2J"));
    }

    @Test
    void run_timeIsUp_killsChildrenAndThoseInOtherGroups() throws Exception {
        String command =
                "echo $$ >pids; sleep 300 & echo $! >>pids; sh -c 'trap \"\" TERM; echo $$ >>pids; sleep 300' &"
                        + " setsid sleep 300 & echo $! >>pids; wait";

        Shell.Outcome outcome = run("cd " + directory + "; " + command, Duration.ofSeconds(2));

        assertThat(outcome).isEqualTo(new Shell.Outcome(Shell.NO_CODE, "timed out after 2 seconds"));
        List<String> pids = Files.readAllLines(directory.resolve("pids"));
        assertThat(pids)
                .hasSize(4)
                .allSatisfy(pid -> assertThat(isRunning(pid)).as("%s", pid).isFalse());
    }

    @Test
    void run_childThatLivesOn_isNotWaitedFor() {
        assertThat(run("sleep 5 & echo begun", LONG)).isEqualTo(new Shell.Outcome(0, "begun"));
    }

    @Test
    void run_endlessOutput_keepsLittleOfIt() {
        Shell.Outcome outcome = run("yes | head -c 5000000; exit 1", LONG);

        assertThat(outcome.isGood()).isFalse();
        assertThat(outcome.words()).startsWith("exit code 1: y; y; y").hasSizeLessThan(2 * ProcessShell.MOST_OUTPUT);
    }

    @Test
    void run_commandThatReadsItsInput_findsNone() {
        assertThat(run("cat; echo end", LONG)).isEqualTo(new Shell.Outcome(0, "end"));
    }

    @Test
    void run_variable_isThereForItsProgramsToo() {
        ShellCommand command = new ShellCommand("sh -c 'echo \"$f2bV_x\"'", Map.of("f2bV_x", "a  b"));

        assertThat(shell.run(command, LONG).words()).isEqualTo("a  b");
    }

    @Test
    void run_programThatIsNotThere_saysSo() {
        Shell.Outcome outcome =
                new ProcessShell(List.of("/nonexistent/program")).run(new ShellCommand("true", Map.of()), LONG);

        assertThat(outcome.isGood()).isFalse();
        assertThat(outcome.words()).contains("/nonexistent/program");
    }

    private Shell.Outcome run(String command, Duration patience) {
        return shell.run(new ShellCommand(command, Map.of()), patience);
    }

    /** A killed process that nobody has waited for is a zombie for a moment. */
    private static boolean isRunning(String pid) throws Exception {
        Path status = Path.of("/proc", pid, "stat");
        for (int i = 0; i < 200; i++) {
            if (!Files.exists(status) || Files.readString(status).contains(") Z ")) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }
}
