package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the real fail2ban to Bailiff, by the commands of the page on moving. */
class MoveTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String NEIGHBOUR = "203.0.113.10";
    private static final DateTimeFormatter CLIENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static final String JAIL = """
            [sshd]
            backend = polling
            bantime = 1h
            banaction = iptables-multiport
            """;

    @Test
    void bannedByFail2ban_imported_isDroppedUntilTheSameSecond() {
        try (Site site = Site.fail2ban(JAIL)) {
            site.network.settle(ATTACKER);
            site.network.settle(NEIGHBOUR);
            site.machine.run("fail2ban-client", "start").good();
            site.log.wrongPasswords(ATTACKER, 5);
            site.log.wrongPasswords(NEIGHBOUR, 2);
            Await.until(() -> told(site).contains(ATTACKER), () -> told(site));
            long end = endByFail2ban(told(site));
            site.machine.run("fail2ban-client", "stop").good();
            boolean open = site.network.isAnswered(ATTACKER, 22);

            Outcome imported = site.machine.bailiff("import", "-c", "/etc/fail2ban");
            site.guardAsFail2ban();
            site.network.awaitInKernel(ATTACKER);

            assertThat(open).isTrue();
            assertThat(imported.good().out()).contains("sshd");
            assertThat(site.network.isDropped(ATTACKER, 22)).isTrue();
            assertThat(site.network.isAnswered(NEIGHBOUR, 22)).isTrue();
            Map<String, Object> ban =
                    site.machine.bailiff("bans", "--json").good().row();
            assertThat(OffsetDateTime.parse(String.valueOf(ban.get("until"))).toEpochSecond())
                    .isCloseTo(end, within(1L));
        }
    }

    @Test
    void guardBesideFail2ban_observing_decidesTheSameAndLeavesItAlone() {
        try (Site site = Site.fail2ban(JAIL)) {
            site.network.settle(ATTACKER);
            site.machine.run("fail2ban-client", "start").good();
            site.guardAsFail2ban("--observe");

            site.log.wrongPasswords(ATTACKER, 5);
            Await.until(() -> told(site).contains(ATTACKER), () -> told(site));
            site.machine.awaitBanned(ATTACKER);
            String log = site.machine.run("cat", "/var/log/fail2ban.log").good().out();
            site.machine.bailiff("stop").good();
            site.machine.guardExit();
            Outcome second = site.machine.guardInVain("-c", "/etc/fail2ban", "--observe", "--fail2ban-socket");

            assertThat(log.split("\\[sshd] Ban " + ATTACKER, -1)).hasSize(2);
            assertThat(site.network.ruleset()).doesNotContain("inet bailiff");
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.err()).contains("fail2ban.sock");
            assertThat(site.machine.run("fail2ban-client", "ping").good().out()).contains("pong");
        }
    }

    @Test
    void backToFail2ban_itsBanStandsAgainWithItsEnd() {
        try (Site site = Site.fail2ban(JAIL)) {
            site.network.settle(ATTACKER);
            site.machine.run("fail2ban-client", "start").good();
            site.machine
                    .run("fail2ban-client", "set", "sshd", "banip", ATTACKER)
                    .good();
            Await.until(() -> told(site).contains(ATTACKER), () -> told(site));
            long end = endByFail2ban(told(site));
            site.machine.run("fail2ban-client", "stop").good();
            site.machine.bailiff("import", "-c", "/etc/fail2ban").good();
            site.guardAsFail2ban();
            site.network.awaitInKernel(ATTACKER);

            site.machine.bailiff("stop").good();
            site.machine.guardExit();
            site.network.nft("delete", "table", "inet", "bailiff");
            boolean open = site.network.isAnswered(ATTACKER, 22);
            site.machine.run("fail2ban-client", "start").good();
            Await.until(() -> site.network.isRefused(ATTACKER, 22), () -> told(site));

            assertThat(open).isTrue();
            assertThat(endByFail2ban(told(site))).isCloseTo(end, within(1L));
        }
    }

    private static String told(Site site) {
        return site.machine
                .run("fail2ban-client", "get", "sshd", "banip", "--with-time")
                .out();
    }

    private static long endByFail2ban(String told) {
        String end = told.strip().replaceFirst("(?s).* = ", "");
        return LocalDateTime.parse(end, CLIENT).atZone(ZoneId.systemDefault()).toEpochSecond();
    }
}
