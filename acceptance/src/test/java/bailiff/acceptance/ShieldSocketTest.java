package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What WordPress is told over the shield's socket, by a real guard. Takes root, for a firewall that it may close. */
class ShieldSocketTest {

    private static final String ATTACKER = "203.0.113.9";

    @AutoClose
    private final Site site = Site.quiet();

    private final ShieldClient shield = new ShieldClient(site.machine);

    @Test
    void ban_byHand_isRefusedAtOnceAndUntilItIsLifted() {
        site.machine.startGuard();
        String before = shield.ask(ATTACKER);

        site.machine.bailiff("ban", ATTACKER, "--for", "10m").good();
        String banned = shield.ask(ATTACKER);
        site.machine.bailiff("unban", ATTACKER).good();

        assertThat(before).isEqualTo("proceed");
        assertThat(banned).matches("refuse banned (600|59\\d)");
        assertThat(shield.ask(ATTACKER)).isEqualTo("proceed");
        assertThat(site.machine.bailiff("why", ATTACKER).good().out())
                .contains("The shield refused it once", "at the door login: banned.");
        assertThat(site.machine.bailiff("status").good().out())
                .contains("Shield: answers at ", "asked 3 times, refused 1");
    }

    @Test
    void ban_byFailures_isRefused() {
        site.machine.startGuard();

        site.log.failures(ATTACKER, 3);

        Await.until(() -> shield.ask(ATTACKER).startsWith("refuse banned "), () -> shield.ask(ATTACKER));
        assertThat(shield.ask("203.0.113.8")).isEqualTo("proceed");
    }

    @Test
    void guard_onlyObserves_countsAndRefusesNobody() {
        site.machine.startGuard("--observe");
        site.machine.bailiff("ban", ATTACKER, "--for", "10m").good();

        assertThat(shield.ask(ATTACKER)).startsWith("count banned ");
    }

    @Test
    void guard_killed_leavesNobodyToAskAndItsBansHoldWithTheNext() {
        site.machine.startGuard();
        site.machine.bailiff("ban", ATTACKER, "--for", "10m").good();

        site.machine.killGuard();
        String dead = shield.ask(ATTACKER);
        site.machine.startGuard();

        assertThat(dead).isEqualTo(ShieldClient.REFUSED);
        assertThat(shield.ask(ATTACKER)).startsWith("refuse banned ");
    }

    @Test
    void guard_stopped_takesItsSocketAway() {
        site.machine.startGuard();

        site.machine.bailiff("stop").good();
        site.machine.guardExit();

        assertThat(shield.ask(ATTACKER)).isEqualTo(ShieldClient.ABSENT);
    }
}
