package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The unmodified {@code fail2ban-client} of the package, typed on a machine where Bailiff guards. */
class Fail2banClientTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String OTHER = "198.51.100.7";

    private static Site site;

    @BeforeAll
    static void guard() {
        site = Site.fail2ban("[sshd]\nbackend = polling\n");
        site.network.settle(OTHER);
        site.guardAsFail2ban("--fail2ban-socket");
        Await.until(() -> client("ping").exit() == 0, site.machine::guardLog);
    }

    @AfterAll
    static void end() {
        if (site != null) {
            site.close();
        }
    }

    private static Outcome client(String... words) {
        String[] command = new String[words.length + 1];
        command[0] = "fail2ban-client";
        System.arraycopy(words, 0, command, 1, words.length);
        return site.machine.run(command);
    }

    @Test
    void ping_pongs() {
        assertThat(client("ping").good().out()).isEqualTo("Server replied: pong\n");
    }

    @Test
    void statusOfAJail_someoneBanned_countsAndNamesHim() {
        site.log.wrongPasswords(ATTACKER, 5);
        site.network.awaitInKernel(ATTACKER);

        Outcome all = client("status").good();
        Outcome one = client("status", "sshd").good();
        Outcome banned = client("banned").good();

        assertThat(all.out()).contains("Number of jail:\t1", "Jail list:\tsshd");
        assertThat(one.out()).contains("Status for the jail: sshd", "File list:\t/var/log/auth.log", ATTACKER);
        assertThat(banned.out()).startsWith("[{'sshd': [").contains("'" + ATTACKER + "'");
    }

    @Test
    void banipAndUnbanip_reachTheKernel() {
        Outcome ban = client("set", "sshd", "banip", OTHER);
        site.network.awaitInKernel(OTHER);
        boolean dropped = site.network.isDropped(OTHER, 22);
        Outcome unban = client("set", "sshd", "unbanip", OTHER);
        Await.until(() -> !site.network.holds(OTHER), site.network::ruleset);

        assertThat(ban.good().out()).isEqualTo("1\n");
        assertThat(dropped).isTrue();
        assertThat(unban.good().out()).isEqualTo("1\n");
        assertThat(site.network.isAnswered(OTHER, 22)).isTrue();
    }

    @Test
    void ignoredAddress_isNeverBannedAndItsBanIsRefused() {
        String spared = "203.0.113.77";
        client("set", "sshd", "addignoreip", spared).good();

        Outcome ban = client("set", "sshd", "banip", spared);
        site.log.wrongPasswords(spared, 6);
        site.log.wrongPasswords("203.0.113.78", 5);
        site.network.awaitInKernel("203.0.113.78");

        assertThat(ban.exit()).isEqualTo(255);
        assertThat(site.network.holds(spared)).isFalse();
        assertThat(client("get", "sshd", "ignoreip").good().out()).contains(spared);
    }

    @Test
    void unbanAll_leavesNobodyInTheKernel() {
        client("set", "sshd", "banip", "203.0.113.80", "203.0.113.81").good();
        site.network.awaitInKernel("203.0.113.81");

        Outcome unban = client("unban", "--all").good();
        Await.until(
                () -> !site.network.holds("203.0.113.80") && !site.network.holds("203.0.113.81"),
                site.network::ruleset);

        assertThat(Integer.parseInt(unban.out().strip())).isGreaterThanOrEqualTo(2);
    }

    @Test
    void stop_endsTheGuardInOrder() {
        try (Site other = Site.fail2ban("[sshd]\nbackend = polling\n")) {
            other.guardAsFail2ban("--fail2ban-socket");
            Await.until(() -> other.machine.run("fail2ban-client", "ping").exit() == 0, other.machine::guardLog);

            Outcome stop = other.machine.run("fail2ban-client", "stop");

            assertThat(stop.good().out()).isEqualTo("Shutdown successful\n");
            assertThat(other.machine.guardExit()).isZero();
            assertThat(other.machine.run("fail2ban-client", "ping").exit()).isEqualTo(255);
        }
    }

    @Test
    void getBantime_tellsTheStockValue() {
        assertThat(client("get", "sshd", "bantime").good().out()).isEqualTo("600\n");
    }

    @Test
    void reload_readsTheFilesAnew() {
        site.machine.folder().write("fail2ban/jail.d/zz.local", "[sshd]\nfindtime = 11m\n");

        Outcome reload = client("reload");

        assertThat(reload.good().out()).isEqualTo("OK\n");
        assertThat(client("get", "sshd", "findtime").out()).isEqualTo("660\n");
    }

    @Test
    void unknownJail_exits255() {
        Outcome outcome = client("status", "nowhere");

        assertThat(outcome.exit()).isEqualTo(255);
        assertThat(outcome.out() + outcome.err()).contains("nowhere");
    }
}
