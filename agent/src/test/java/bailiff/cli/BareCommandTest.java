package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BareCommandTest {

    private static boolean isBare(String line) {
        return BareCommand.of(line.isEmpty() ? new String[0] : line.split(" ", -1))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "status", "bans", "reload", "stop", "check", "client", "client status wordpress"})
    void of_nothingToParse_isThere(String line) {
        assertThat(isBare(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dance", "ban", "ping --run /x", "ping --help", "client @words", "client status -- x"})
    void of_somethingToParse_isNot(String line) {
        assertThat(isBare(line)).isFalse();
    }

    @Test
    void client_bare_answersWithItsExitCode() {
        assertThat(Run.of("client", "--str2sec", "1d 12h")).isEqualTo(new Run(0, "129600\n", ""));
        assertThat(Run.of("client", "--dance").exit()).isEqualTo(255);
    }
}
