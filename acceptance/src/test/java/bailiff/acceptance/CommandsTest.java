package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as scripts use them: who may be asked what, and with which exit code. Takes no root. */
class CommandsTest {

    private static final String ATTACKER = "203.0.113.9";

    private static final List<String> USED_WRONGLY = List.of(
            "why",
            "why nonsense",
            "ban",
            "ban nonsense",
            "ban 192.0.2.300",
            "ban 192.0.2.1/33",
            "ban 192.0.2.7 --for soon",
            "ban 192.0.2.7 --for 0",
            "unban",
            "unban nonsense",
            "unban --all 192.0.2.7",
            "status --nonsense",
            "nonsense",
            "demo --seconds 1");

    @AutoClose
    private final PaperSite site = new PaperSite();

    @ParameterizedTest
    @CsvSource({"ping", "status", "bans", "reload", "stop", "why 192.0.2.7", "ban 192.0.2.7", "unban --all"})
    void anyQuestion_noGuard_isOneLineAndExitOne(String command) {
        Outcome outcome = site.machine.bailiff(command.split(" "));

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).singleElement().asString().contains("Bailiff is not running");
    }

    @Test
    void anyCommand_usedWrongly_saysSoAndExitsTwo() {
        site.guard();

        SoftAssertions softly = new SoftAssertions();
        for (String command : USED_WRONGLY) {
            Outcome outcome = site.machine.bailiff(command.split(" "));
            softly.assertThat(outcome.exit()).as(command).isEqualTo(2);
            softly.assertThat(outcome.out()).as(command).isEmpty();
            softly.assertThat(outcome.err()).as(command).isNotBlank();
        }

        softly.assertAll();
    }

    @Test
    void ping_guardRuns_isAnswered() {
        site.guard();

        assertThat(site.machine.bailiff("ping").good().out()).isEqualTo("pong\n");
    }

    @Test
    void status_observing_saysThatNobodyIsShutOut() {
        site.guard();

        assertThat(site.machine.bailiff("status").good().out()).contains("nobody is shut out");
    }

    @Test
    void status_unknownJail_exitsOne() {
        site.guard();

        Outcome outcome = site.machine.bailiff("status", "sshd");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("no jail 'sshd'", "wordpress");
    }

    @Test
    void guard_onlyJailIsBroken_namesThePlaceAndStartsItOnceMended() {
        site.configure("maxretry = many");
        site.machine.startGuard("--observe");

        String named = site.machine.guardLog();
        Outcome status = site.machine.bailiff("status");
        site.configure();
        Await.until(() -> "running".equals(site.machine.status("wordpress").get("state")), site.machine::guardLog);
        site.log.failures("203.0.113.9", 3);

        assertThat(named).contains("jail.local:8", "maxretry", "'many'");
        assertThat(status.out()).contains("wordpress", "maxretry");
        site.machine.awaitBanned("203.0.113.9");
    }

    @Test
    void guard_secondOnTheSameState_isRefused() {
        site.guard();

        Outcome second = site.machine.guardInVain("--observe");

        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err()).contains("Another guard is using");
        assertThat(site.machine.bailiff("ping").exit()).isZero();
    }

    @Test
    void stop_guardRuns_endsItInOrder() {
        site.guardAndBan(ATTACKER);

        Outcome stop = site.machine.bailiff("stop");

        assertThat(stop).isEqualTo(new Outcome(0, "Stopping.\n", ""));
        assertThat(site.machine.guardExit()).isZero();
        assertThat(site.machine.bailiff("ping").exit()).isEqualTo(1);
    }

    @Test
    void guard_terminated_endsInOrder() {
        site.guardAndBan(ATTACKER);

        ProcessHandle.of(site.machine.guardPid()).ifPresent(ProcessHandle::destroy);

        assertThat(site.machine.guardExit()).isIn(0, 143);
        site.machine.startGuard("--observe");
        assertThat(site.machine.banned()).containsExactly(ATTACKER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "demo", "guard", "status", "bans", "ban", "unban", "why", "campaigns", "reload", "stop", "ping",
                "check", "match", "replay"
            })
    void help_anyCommand_isPrintedAndExitsZero(String command) {
        Outcome help = command.isEmpty() ? site.machine.bailiff("--help") : site.machine.bailiff(command, "--help");

        assertThat(help.good().out()).startsWith(("Usage: bailiff " + command).strip());
        assertThat(help.err()).isEmpty();
    }
}
