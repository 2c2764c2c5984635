package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Excuse.Answer;
import bailiff.config.IgnoreCache;
import bailiff.filter.Sighting;
import bailiff.guard.ShellRunner.Result;
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
    private final List<ShellText> ran = new ArrayList<>();
    private Result result = new Result.Ended(1);

    private final ShellRunner fake = command -> {
        ran.add(command);
        return result;
    };

    @Test
    void of_exitCode_isTheAnswer() {
        IgnoreCommand command = command("check <ip>", IgnoreCache.NONE);

        result = new Result.Ended(0);
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.YES);
        result = new Result.Ended(1);
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.NO);
        assertThat(command.problem()).isEmpty();
        result = new Result.Ended(3);
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.NO);
        assertThat(command.problem()).contains("exit code 3");
    }

    @Test
    void of_commandThatIsNotThere_blamesNobody() {
        IgnoreCommand command = new IgnoreCommand(
                "web", "/no/such/program <ip>", IgnoreCache.NONE, ShellRunner.here(Duration.ofSeconds(20)), clock);

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
                ShellRunner.here(Duration.ofSeconds(20)),
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
        result = new Result.Silent("did not answer within 10 s");
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.UNKNOWN);

        result = new Result.Ended(0);
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.YES);
    }

    @Test
    void of_commandThatHangsThreeTimes_isLeftAloneForAMinute() {
        IgnoreCommand command = command("check <ip>", IgnoreCache.NONE);
        result = new Result.Silent("did not answer within 10 s");
        for (int i = 0; i < 10; i++) {
            assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.UNKNOWN);
        }
        assertThat(ran).hasSize(3);
        assertThat(command.problem()).contains("did not answer within 10 s").contains("10 failures");

        clock.pass(Duration.ofMinutes(1));
        result = new Result.Ended(1);
        assertThat(ask(command, "192.0.2.1")).isEqualTo(Answer.NO);
    }

    @Test
    void here_commandThatHangs_isKilledWithItsChildren() throws Exception {
        Path pid = directory.resolve("pid");
        ShellText text = ShellText.of("sleep 1000 & echo $! >" + pid + "; wait", _ -> null);

        Result hung = ShellRunner.here(Duration.ofSeconds(2)).run(text);

        assertThat(hung).isInstanceOf(Result.Silent.class);
        long child = Long.parseLong(Files.readString(pid).strip());
        Site.await(
                "the child's end",
                () -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    private IgnoreCommand command(String template, IgnoreCache cache) {
        return new IgnoreCommand("web", template, cache, fake, clock);
    }

    private static Answer ask(IgnoreCommand command, String address) {
        Sighting sighting = new Sighting(Site.NOON, address, 0, 2, Map.of("user", "$(id) root"), List.of("earlier"));
        return command.of(sighting, IpAddress.parse(address).orElseThrow());
    }
}
