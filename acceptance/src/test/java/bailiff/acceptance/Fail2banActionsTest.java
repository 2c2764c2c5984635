package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The actions of fail2ban's package, run for real where Bailiff is told not to enforce bans itself. */
class Fail2banActionsTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String NEIGHBOUR = "203.0.113.10";
    private static final String ATTACKER6 = "2001:db8:bad:1::9";
    private static final int SSH = 22;

    private static final String JAIL = """
            [sshd]
            backend = polling
            banaction = iptables-multiport
            banaction_native = no
            action = %(action_)s
                     dummy[name=%(__name__)s]
            """;

    @Test
    void iptablesMultiport_banUnbanStop_runItsCommandsAndLeaveNothing() {
        Needs.program("iptables", "iptables");
        try (Site site = Site.fail2ban(JAIL)) {
            List.of(ATTACKER, NEIGHBOUR).forEach(site.network::settle);
            site.guardAsFail2ban();

            site.log.wrongPasswords(ATTACKER, 5);
            Await.until(() -> site.network.isRefused(ATTACKER, SSH), site.machine::guardLog);
            boolean elsewhere = site.network.isAnswered(ATTACKER, 80);
            boolean neighbour = site.network.isAnswered(NEIGHBOUR, SSH);
            String rules = rules(site);
            boolean natively = site.network.holds(ATTACKER);

            site.machine.bailiff("unban", ATTACKER).good();
            Await.until(() -> !site.network.isRefused(ATTACKER, SSH), site.machine::guardLog);
            boolean pardoned = site.network.isAnswered(ATTACKER, SSH);

            site.log.wrongPasswords(ATTACKER, 5);
            Await.until(() -> site.network.isRefused(ATTACKER, SSH), site.machine::guardLog);
            site.machine.bailiff("stop").good();

            assertThat(elsewhere).isTrue();
            assertThat(neighbour).isTrue();
            assertThat(rules).contains("f2b-sshd -s " + ATTACKER);
            assertThat(natively).isFalse();
            assertThat(pardoned).isTrue();
            assertThat(site.machine.guardExit()).isZero();
            assertThat(rules(site)).doesNotContain("f2b");
            assertThat(site.network.isAnswered(ATTACKER, SSH)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iptables",
                "iptables-allports",
                "iptables-ipset-proto6",
                "iptables-ipset-proto6-allports",
                "nftables-multiport",
                "nftables-allports"
            })
    void firewallAction_runAsCommands_shutsOutBothFamiliesUntilUnbanned(String banaction) {
        Needs.program("iptables", "iptables");
        Needs.program("ipset", "ipset");
        try (Site site = Site.fail2ban(JAIL.replace("iptables-multiport", banaction) + "ipv6prefix = 128\n")) {
            for (String attacker : List.of(ATTACKER, ATTACKER6)) {
                site.network.settle(attacker);
            }
            site.guardAsFail2ban();

            for (String attacker : List.of(ATTACKER, ATTACKER6)) {
                site.log.wrongPasswords(attacker, 5);
                Await.until(() -> site.network.isRefused(attacker, SSH), () -> state(site));
            }
            site.machine.bailiff("unban", ATTACKER).good();
            Await.until(() -> !site.network.isRefused(ATTACKER, SSH), () -> state(site));
            boolean stillRefused = site.network.isRefused(ATTACKER6, SSH);
            site.machine.bailiff("stop").good();

            assertThat(stillRefused).isTrue();
            assertThat(site.machine.guardExit()).isZero();
            assertThat(site.network.isAnswered(ATTACKER6, SSH)).isTrue();
            assertThat(site.machine.guardLog()).doesNotContain("ERROR");
            assertThat(site.network.ruleset()).doesNotContain("f2b-");
        }
    }

    @Test
    void guardStoppedAndStarted_bansThatStand_areToldToTheActionAgain() {
        try (Site site = Site.fail2ban(JAIL)) {
            site.network.settle(ATTACKER);
            site.guardAsFail2ban();
            site.log.wrongPasswords(ATTACKER, 5);
            Await.until(() -> site.network.isRefused(ATTACKER, SSH), () -> state(site));

            site.machine.bailiff("stop").good();
            site.machine.guardExit();
            boolean open = site.network.isAnswered(ATTACKER, SSH);
            site.guardAsFail2ban();
            Await.until(() -> site.network.isRefused(ATTACKER, SSH), () -> state(site));

            assertThat(open).isTrue();
        }
    }

    @Test
    void guardKilled_startedAgain_unbanOpensTheDoor() {
        try (Site site = Site.fail2ban(JAIL)) {
            site.network.settle(ATTACKER);
            site.guardAsFail2ban();
            site.log.wrongPasswords(ATTACKER, 5);
            Await.until(() -> site.network.isRefused(ATTACKER, SSH), () -> state(site));

            site.machine.killGuard();
            boolean shut = site.network.isRefused(ATTACKER, SSH);
            site.guardAsFail2ban();
            site.machine.awaitBanned(ATTACKER);
            site.machine.bailiff("unban", ATTACKER).good();
            Await.until(() -> !site.network.isRefused(ATTACKER, SSH), () -> state(site));

            assertThat(shut).isTrue();
            assertThat(site.network.isAnswered(ATTACKER, SSH)).isTrue();
        }
    }

    @Test
    void dummy_banUnbanStop_writesWhatItIsToldAndIsGoneInTheEnd() {
        try (Site site = Site.fail2ban(JAIL)) {
            Path told = site.machine.folder().path().resolve("run/fail2ban/fail2ban.dummy");
            site.guardAsFail2ban();

            site.log.wrongPasswords(ATTACKER, 5);
            Await.until(() -> read(told).contains("+" + ATTACKER), site.machine::guardLog);
            site.machine.bailiff("unban", ATTACKER).good();
            Await.until(() -> read(told).contains("-" + ATTACKER), site.machine::guardLog);
            List<String> lines = read(told).lines().toList();
            site.machine.bailiff("stop").good();
            site.machine.guardExit();

            assertThat(lines).containsExactly("123", "+" + ATTACKER, "-" + ATTACKER);
            assertThat(told).doesNotExist();
        }
    }

    /** What could say why it is not as expected. */
    private static String state(Site site) {
        return site.network.ruleset() + site.machine.guardLog();
    }

    private static String rules(Site site) {
        return site.machine.run("iptables", "-S").good().out();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
