package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.action.Shell;
import bailiff.action.ShellCommand;
import bailiff.ban.Excuse.Answer;
import bailiff.config.IgnoreCache;
import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import bailiff.net.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgnoreCommandTest {

    private static final IgnoreCache BY_ADDRESS = new IgnoreCache("<ip>", 2, Duration.ofMinutes(5));

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(Site.NOON);
    private final List<ShellCommand> ran = new ArrayList<>();
    private Shell.Outcome outcome = ended(1);

    private final Shell fake = (command, _) -> {
        ran.add(command);
        return outcome;
    };

    @Test
    void of_exitCode_isTheAnswer() {
        IgnoreCommand command = command("check <ip>", IgnoreCache.NONE);

        outcome = ended(0);
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.YES);
        outcome = ended(1);
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.NO);
        assertThat(command.problem()).isEmpty();
        outcome = ended(3);
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.NO);
        assertThat(command.problem()).contains("exit code 3");
    }

    @Test
    void of_commandThatIsNotThere_blamesNobody() {
        IgnoreCommand command =
                new IgnoreCommand("web", "/no/such/program <ip>", IgnoreCache.NONE, Shell.here(), clock);

        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.UNKNOWN);
        assertThat(command.problem()).contains("could not be run").contains("1 failures");
    }

    @Test
    void of_noCommand_ignoresNobodyAndRunsNothing() {
        assertThat(ask(command("", BY_ADDRESS), "192.0.2.1")).isEqualTo(Answer.NO);
        assertThat(ran).isEmpty();
    }

    @Test
    void of_tags_areGivenToTheCommand() throws Exception {
        Path output = directory.resolve("output");
        IgnoreCommand command = new IgnoreCommand(
                "web",
                "printf '%s|' <ip> <family> <ip-rev> <F-USER> <F-NOTHING> <time> <failures> <matches> >" + output,
                IgnoreCache.NONE,
                Shell.here(),
                clock);
        command.reading(LogLine.of("the line"));

        ask(command, "192.0.2.1");

        assertThat(Files.readString(output))
                .isEqualTo("192.0.2.1|inet4|1.2.0.192.|$(id) root||1775736000|2|earlier\nthe line|");
    }

    @Test
    void of_cache_asksOnceForAKeyWhileItLastsAndHasRoom() {
        IgnoreCommand command = command("check <ip>", BY_ADDRESS);

        ask(command, "192.0.2.1");
        ask(command, "192.0.2.1");
        assertThat(ran).hasSize(1);

        ask(command, "192.0.2.2");
        ask(command, "192.0.2.3");
        ask(command, "192.0.2.1");
        assertThat(ran).as("the first was forgotten for want of room").hasSize(4);

        clock.pass(Duration.ofMinutes(5));
        ask(command, "192.0.2.1");
        assertThat(ran).hasSize(5);
    }

    @Test
    void of_unknownAnswer_isNotRemembered() {
        IgnoreCommand command = command("check <ip>", BY_ADDRESS);
        outcome = new Shell.Outcome(Shell.NO_CODE, "timed out after 10 seconds");
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.UNKNOWN);

        outcome = ended(0);
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.YES);
    }

    @Test
    void of_commandThatHangsThreeTimes_isLeftAloneForAMinute() {
        IgnoreCommand command = command("check <ip>", IgnoreCache.NONE);
        outcome = new Shell.Outcome(Shell.NO_CODE, "timed out after 10 seconds");
        for (int i = 0; i < 10; i++) {
            assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.UNKNOWN);
        }
        assertThat(ran).hasSize(3);
        assertThat(command.problem()).contains("timed out after 10 seconds").contains("10 failures");

        clock.pass(Duration.ofMinutes(1));
        outcome = ended(1);
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.NO);
    }

    private static Shell.Outcome ended(int code) {
        return new Shell.Outcome(code, "");
    }

    private IgnoreCommand command(String template, IgnoreCache cache) {
        return new IgnoreCommand("web", template, cache, fake, clock);
    }

    private static Answer ask(IgnoreCommand command, String address) {
        Sighting sighting = new Sighting(Site.NOON, address, 0, 2, Map.of("user", "$(id) root"), List.of("earlier"));
        return command.of(sighting, IpAddress.parse(address).orElseThrow());
    }
}
