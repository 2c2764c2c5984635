package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BareCommandTest {

    private static boolean isBare(String line) {
        return BareCommand.of(line.isEmpty() ? new String[0] : line.split(" ", -1))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ping",
                "status",
                "bans",
                "reload",
                "stop",
                "check",
                "client",
                "client status wordpress",
                "match sshd a.log",
                "match sshd -c /etc a.log b.log",
                "replay -c /etc a.log",
                "replay a.log b.log"
            })
    void of_nothingToParse_isThere(String line) {
        assertThat(isBare(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dance",
                "ban",
                "ping --run /x",
                "ping --help",
                "client @words",
                "client status -- x",
                "match",
                "match sshd",
                "match sshd -",
                "match sshd --json a.log",
                "match -c",
                "match sshd a.log -c",
                "match -c /a -c /b sshd a.log",
                "match @words a.log",
                "match sshd -c -x a.log",
                "match -- sshd a.log",
                "match -c/etc sshd a.log",
                "replay",
                "replay -c /etc",
                "replay --jail x a.log",
                "replay  a.log",
                "replay -c /etc\0 a.log"
            })
    void of_somethingToParse_isNot(String line) {
        assertThat(isBare(line)).isFalse();
    }

    @Test
    void client_bare_answersWithItsExitCode() {
        assertThat(Run.of("client", "--str2sec", "1d 12h")).isEqualTo(new Run(0, "129600\n", ""));
        assertThat(Run.of("client", "--dance").exit()).isEqualTo(255);
    }

    @Test
    void matchAndReplay_bareOrParsed_sayTheSame(@TempDir Path directory) throws IOException {
        Path log = Files.writeString(directory.resolve("a.log"), """
                2026-04-09 12:00:00 door: no entry for 192.0.2.1
                2026-04-09 12:00:01 door: no entry for 192.0.2.2
                2026-04-09 12:00:01 door: hello
                """);
        Files.createDirectories(directory.resolve("filter.d"));
        Files.writeString(directory.resolve("filter.d/door.conf"), "[Definition]\nfailregex = no entry for <HOST>$\n");
        Files.writeString(
                directory.resolve("jail.local"),
                "[door]\nenabled = true\nfilter = door\nmaxretry = 1\nlogpath = " + log + "\naction =\n");
        String config = directory.toString();

        Run match = Run.of("match", "door", "-c", config, log.toString());
        Run replay = Run.of("replay", "-c", config, log.toString());

        assertThat(match.out()).contains("3 lines: 2 matched, 0 ignored, 1 missed");
        assertThat(match).isEqualTo(Run.of("match", "door", "-c" + config, log.toString()));
        assertThat(replay.out()).contains("3 lines: 2 failures, 2 bans of 2 addresses");
        assertThat(replay).isEqualTo(Run.of("replay", "-c" + config, log.toString()));
        assertThat(Run.of("match", "-c", config, "nobody", log.toString()))
                .isEqualTo(Run.of("match", "-c" + config, "nobody", log.toString()));
    }

    @Test
    void replay_directoryThatCanBeNoPath_isWrongUsage() {
        Run run = Run.of("replay", "-c", "/etc/\0", "a.log");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("Invalid value for option '-c'");
    }
}
