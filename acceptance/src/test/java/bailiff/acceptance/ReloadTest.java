package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A configuration that changes under the guard, and one that is wrong. Takes no root. */
class ReloadTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String BYSTANDER = "198.51.100.7";

    @AutoClose
    private final PaperSite site = new PaperSite();

    @Test
    void reload_jailUnchanged_keepsItsCounters() {
        site.guard();
        site.log.failures(ATTACKER, 2);
        site.machine.awaitStatus("wordpress", "found", 2);

        site.machine.bailiff("reload").good();
        boolean kept =
                Integer.valueOf(1).equals(site.machine.status("wordpress").get("failing"));
        site.log.failures(ATTACKER, 1);

        site.machine.awaitBanned(ATTACKER);
        assertThat(kept).isTrue();
    }

    @Test
    void reload_jailChanged_keepsItsFailuresAndBansUnderTheNewLimit() {
        site.guardAndBan(ATTACKER);
        site.log.failures(BYSTANDER, 2);
        site.machine.awaitStatus("wordpress", "found", 5);

        site.configure("maxretry = 5");
        site.machine.bailiff("reload").good();
        site.log.failures(BYSTANDER, 2);
        site.machine.awaitStatus("wordpress", "found", 2);
        List<String> afterFour = site.machine.banned();
        site.log.failures(BYSTANDER, 1);

        site.machine.awaitBanned(ATTACKER, BYSTANDER);
        assertThat(afterFour).containsExactly(ATTACKER);
    }

    @Test
    void reload_brokenConfiguration_namesThePlaceExitsTwoAndChangesNothing() {
        site.guardAndBan(ATTACKER);

        site.configure("maxretry = many");
        Outcome outcome = site.machine.bailiff("reload");
        site.log.failures(BYSTANDER, 3);

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("jail.local:8", "[wordpress]", "maxretry", "'many'");
        site.machine.awaitBanned(ATTACKER, BYSTANDER);
    }

    @Test
    void reload_jailSwitchedOff_isGoneWithItsBansUntilItReturns() {
        site.guardAndBan(ATTACKER);

        site.machine.configure(
                "jail.d/more.local",
                "[other]\nenabled = true\nfilter = wordpress\nlogpath = " + site.log.file() + ".other\n");
        site.machine.configure("jail.d/off.local", "[wordpress]\nenabled = false\n");
        site.machine.bailiff("reload").good();
        List<String> without = site.machine.banned();
        site.machine.configure("jail.d/off.local", "");
        site.machine.bailiff("reload").good();

        assertThat(without).isEmpty();
        assertThat(site.machine.banned()).containsExactly(ATTACKER);
    }

    @Test
    void check_severalMistakes_listsThemAllWithFileAndLine() {
        site.configure("maxretry = many", "findtime = soon");

        Outcome check = site.machine.bailiff("check", "-c", site.etc());

        assertThat(check.exit()).isEqualTo(2);
        assertThat(check.out()).contains("jail.local:8", "maxretry", "jail.local:9", "findtime");
    }
}
