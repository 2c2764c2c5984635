package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom no line of a log and no command shuts out. */
class NeverBannedTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String SSH_CLIENT = "198.51.100.50";
    private static final String OFFICE = "198.51.100.77";

    private static final List<String> SPARED = List.of(
            "127.0.0.1",
            "127.9.9.9",
            "::1",
            Network.SITE,
            Network.SITE6,
            Network.GATEWAY,
            Network.GATEWAY6,
            SSH_CLIENT,
            "198.51.100.60",
            "198.51.100.65",
            "2001:db8:600d::5",
            OFFICE);

    private static Site guarded() {
        Site site = Site.quiet();
        site.amend("ignoreip = 198.51.100.60 198.51.100.64/30, 2001:db8:600d::/48 office.example.test");
        site.machine.name(OFFICE, "office.example.test");
        site.machine.export("SSH_CONNECTION", SSH_CLIENT + " 50022 " + Network.SITE + " 22");
        site.machine.startGuard();
        return site;
    }

    @Test
    void failures_ofThoseWhoAreSpared_banNobody() {
        try (Site site = guarded()) {
            SPARED.forEach(address -> site.log.failures(address, 4));
            site.log.failures(ATTACKER, 3);

            site.machine.awaitBanned(ATTACKER);
            assertThat(SPARED).noneMatch(site.network::holds);
        }
    }

    @Test
    void ban_ofThoseWhoAreSpared_isRefused() {
        try (Site site = guarded()) {
            for (String address : SPARED) {
                Outcome outcome = site.machine.bailiff("ban", "--jail", "wordpress", ATTACKER, address);

                assertThat(outcome.exit()).as(address).isEqualTo(1);
                assertThat(outcome.err()).contains(address, "must never be banned");
            }

            assertThat(site.machine.banned()).isEmpty();
        }
    }

    @Test
    void ban_onEveryPort_sparesWhomAJailSpares() {
        try (Site site = guarded()) {
            assertThat(site.machine.bailiff("ban", "198.51.100.60").exit()).isEqualTo(1);
            assertThat(site.machine.bailiff("ban", OFFICE).exit()).isEqualTo(1);
            assertThat(site.machine.banned()).isEmpty();
        }
    }

    @Test
    void ban_networkThatHoldsOneOfThem_isRefused() {
        try (Site site = guarded()) {
            for (String network : List.of("0.0.0.0/0", "::/0", "192.0.2.0/24", "198.51.100.0/24", "2001:db8::/32")) {
                assertThat(site.machine.bailiff("ban", network).exit())
                        .as(network)
                        .isEqualTo(1);
            }

            assertThat(site.machine.banned()).isEmpty();
        }
    }

    @Test
    void neighbourOfTheGateway_fails_isBannedAloneAndNotItsNetwork() {
        try (Site site = guarded()) {
            site.log.failures("2001:db8:0:1::bad", 3);

            site.machine.awaitBanned("2001:db8:0:1::bad");
            site.network.awaitInKernel("2001:db8:0:1::bad");
        }
    }
}
