package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The protocol, with shell scripts in nft's place. */
class NftShellTest {

    private static final String ANSWER = "echo 'datatype ipv4_addr (IPv4 address), 32 bits'";

    private static final int LIFETIME = 10_000;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void tell_nothingButTheAnswer_isDone() {
        try (NftShell shell = shell("while read a; do read b; " + ANSWER + "; done", Duration.ofSeconds(20))) {
            assertThat(shell.tell("add element x")).isTrue();
            assertThat(shell.tell("add element y")).isTrue();
        }
        assertThat(started).hasSize(1);
    }

    @Test
    void tell_complaintBeforeTheAnswer_isNotDoneAndTheNextLineIsNew() {
        String script = "while read a; do read b; [ \"$a\" = bad ] && echo \"Error: no\"; " + ANSWER + "; done";
        try (NftShell shell = shell(script, Duration.ofSeconds(20))) {
            assertThat(shell.tell("bad")).isFalse();
            assertThat(shell.tell("good")).isTrue();
        }
        assertThat(started).hasSize(1);
    }

    @Test
    void tell_endlessComplaint_isReadWithoutBeingKept() {
        String script = "read a; read b; head -c 50000000 /dev/zero; echo; " + ANSWER + "; cat > /dev/null";
        try (NftShell shell = shell(script, Duration.ofSeconds(60))) {
            assertThat(shell.tell("add element x")).isFalse();
        }
    }

    @Test
    void tell_childThatDies_isNotDoneAndStartsAnother() {
        try (NftShell shell = shell("read a; exit 1", Duration.ofSeconds(20))) {
            assertThat(shell.tell("add element x")).isFalse();
            assertThat(shell.tell("add element x")).isFalse();
        }
        assertThat(started).hasSize(2);
    }

    @Test
    void tell_childThatHangs_isNotDoneAndIsReplaced() {
        try (NftShell shell = shell("cat > /dev/null", Duration.ofMillis(100))) {
            assertThat(shell.tell("add element x")).isFalse();
            assertThat(shell.tell("add element x")).isFalse();
        }
        assertThat(started).hasSize(2);
    }

    @Test
    void tell_noSuchProgram_isNotDone() {
        NftShell shell = new NftShell(
                command -> {
                    throw new IOException("no nft");
                },
                Duration.ofSeconds(1),
                LIFETIME);

        assertThat(shell.tell("add element x")).isFalse();
    }

    @Test
    void tell_manyLongLines_replacesTheChildWithItsHistory() {
        String line = "x".repeat(LIFETIME / 10);
        try (NftShell shell = shell("while read a; do read b; " + ANSWER + "; done", Duration.ofSeconds(60))) {
            for (int i = 0; i < 35; i++) {
                assertThat(shell.tell(line)).isTrue();
            }
        }
        assertThat(started).hasSize(4);
    }

    private NftShell shell(String script, Duration patience) {
        CommandRunner runner = command -> {
            Process process = CommandRunner.here().start(List.of("sh", "-c", script));
            started.add(process);
            return process;
        };
        return new NftShell(runner, patience, LIFETIME);
    }
}
