package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    @ParameterizedTest
    @CsvSource({
        "demo, --seconds --port",
        "guard, -c --observe --lift --state --run --verbose",
        "status, JAIL --json --run",
        "bans, --jail --json --run",
        "ban, IP|CIDR... --jail --for --reason --run",
        "unban, IP|CIDR... --all --jail --run",
        "why, IP --json --run",
        "reload, --run",
        "stop, --run",
        "ping, --run",
        "check, -c --json",
        "match, FILTER|REGEX LOG... -c --ignore --datepattern --timezone --now --all --json",
        "replay, LOG... -c --jail --timezone --now --json",
        "door, install|remove|status DIR --proxies --plugin --fpm --htaccess",
    })
    void help_everyCommand_namesItsOptions(String command, String options) {
        Run run = Run.of(command, "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("Usage: bailiff " + command).contains(options.split(" ", -1));
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void run_noCommand_listsThem() {
        Run run = Run.of();

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("demo", "guard", "check", "replay", "New here?");
    }

    @Test
    void help_ofACommand_isThatCommands() {
        assertThat(Run.of("help", "check")).isEqualTo(Run.of("check", "--help"));
    }

    @Test
    void run_wrongCommand_namesTheOnesThereAre() {
        assertThat(Run.of("chek").err()).contains("chek", "check");
    }

    @Test
    void run_version_isTold() {
        assertThat(Run.of("--version").out()).startsWith("bailiff ");
    }

    @ParameterizedTest
    @CsvSource({
        "dance",
        "--dance",
        "status --dance",
        "why",
        "ban",
        "match wordpress",
        "demo --seconds 4",
        "demo --seconds many",
        "demo --port 65536",
        "unban",
        "unban --all 192.0.2.1",
        "door",
        "door install",
        "door open /tmp",
    })
    void run_wrongUsage_endsWithTwoAndSaysWhyOnStandardError(String line) {
        Run run = Run.of(line.split(" ", -1));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isNotBlank();
    }

    @Test
    void run_noGuard_endsWithOneAndSaysHowToStartIt() {
        Run run = Run.of("ping", "--run", "/nonexistent");

        assertThat(run.exit()).isOne();
        assertThat(run.err())
                .isEqualTo("bailiff: Bailiff is not running: there is no socket"
                        + " /nonexistent/control.sock. 'bailiff guard' starts it.\n");
    }
}
