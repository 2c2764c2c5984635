package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From wrong passwords at a web server to packets that the kernel drops. */
class PacketsTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String NEIGHBOUR = "203.0.113.10";

    private static Site site(String log, String jail, String... visitors) {
        Site site = Site.open(log, jail);
        List.of(visitors).forEach(site.network::settle);
        return site;
    }

    @Test
    void debianRecipe_thirdFailure_dropsTheFourthConnectionButNotTheNeighbours() {
        try (Site site = site("auth.log", Recipe.DEBIAN_JAIL, ATTACKER, NEIGHBOUR)) {
            site.machine.startGuard();

            site.attack(ATTACKER, ATTACKER);

            assertThat(site.network.isDropped(ATTACKER, 80)).isTrue();
            assertThat(site.network.isDropped(ATTACKER, 443)).isTrue();
            assertThat(site.network.isAnswered(ATTACKER, 8080)).isTrue();
            assertThat(site.network.isAnswered(NEIGHBOUR, 80)).isTrue();
        }
    }

    @Test
    void redHatRecipe_iptablesMultiport_dropsThePortsOfItsAction() {
        try (Site site = site("secure", Recipe.RED_HAT_JAIL, ATTACKER, NEIGHBOUR)) {
            site.machine.startGuard();

            site.attack(ATTACKER, ATTACKER);

            assertThat(site.network.isDropped(ATTACKER, 80)).isTrue();
            assertThat(site.network.isDropped(ATTACKER, 443)).isTrue();
            assertThat(site.network.isAnswered(ATTACKER, 8080)).isTrue();
            assertThat(site.network.isAnswered(NEIGHBOUR, 80)).isTrue();
        }
    }

    @Test
    void noConfiguration_builtInJail_bansWithTheSeventhFailure() {
        try (Site site = site("auth.log", "", ATTACKER)) {
            site.machine.startGuard();

            IntStream.range(0, 4).forEach(i -> site.network.failToLogIn(ATTACKER));
            site.attack(ATTACKER, ATTACKER);

            assertThat(site.machine.bailiff("bans", "--json").row()).containsEntry("failures", 7);
            assertThat(site.network.isDropped(ATTACKER, 80)).isTrue();
        }
    }

    @Test
    void twoFailures_belowMaxretry_areAnswered() {
        try (Site site = site("auth.log", Recipe.DEBIAN_JAIL, ATTACKER, NEIGHBOUR)) {
            site.machine.startGuard();

            site.network.failToLogIn(ATTACKER);
            site.network.failToLogIn(ATTACKER);
            // The neighbour's ban comes after them in the log: by then they have been read.
            site.attack(NEIGHBOUR, NEIGHBOUR);

            assertThat(site.network.isAnswered(ATTACKER, 80)).isTrue();
        }
    }

    @Test
    void bantime_over_addressIsAnsweredAgain() {
        try (Site site = site("auth.log", Recipe.DEBIAN_JAIL, ATTACKER)) {
            site.amend("bantime = 8");
            site.machine.startGuard();

            site.attack(ATTACKER, ATTACKER);
            boolean dropped = site.network.isDropped(ATTACKER, 80);
            Await.until(() -> !site.network.isDropped(ATTACKER, 80), site.network::ruleset);

            assertThat(dropped).isTrue();
            site.machine.awaitBanned();
            assertThat(site.machine.bailiff("why", ATTACKER).good().out()).contains("was banned", "ended at");
        }
    }

    @Test
    void ipv6Address_banned_dropsItsNetworkButNotTheNext() {
        String neighbour = "2001:db8:bad:1:ffff::77";
        String next = "2001:db8:bad:2::9";
        try (Site site = site("auth.log", Recipe.DEBIAN_JAIL, "2001:db8:bad:1::9", neighbour, next)) {
            site.machine.startGuard();

            site.attack("2001:db8:bad:1::9", "2001:db8:bad:1::/64");

            assertThat(site.network.isDropped("2001:db8:bad:1::9", 80)).isTrue();
            assertThat(site.network.isDropped(neighbour, 80)).isTrue();
            assertThat(site.network.isAnswered("2001:db8:bad:1::9", 8080)).isTrue();
            assertThat(site.network.isAnswered(next, 80)).isTrue();
            assertThat(site.machine.banned()).containsExactly("2001:db8:bad:1::/64");
        }
    }

    @Test
    void establishedConnection_addressBanned_isCut() {
        try (Site site = site("auth.log", Recipe.DEBIAN_JAIL, ATTACKER)) {
            site.machine.startGuard();

            // 1.8 MB at 20 KB a second: without the ban it would go on for longer than curl's patience.
            var download = CompletableFuture.supplyAsync(
                    () -> site.network.curl(
                            ATTACKER,
                            "-o",
                            "/dev/null",
                            "--speed-limit",
                            "1",
                            "--speed-time",
                            "3",
                            Network.url(ATTACKER, 80, "/film")),
                    Thread::startVirtualThread);
            Await.until(() -> connections(site).contains(ATTACKER), () -> connections(site));
            site.attack(ATTACKER, ATTACKER);

            Await.until(() -> !connections(site).contains(ATTACKER), () -> connections(site));
            // 28: nothing came any more; 56: the connection was reset.
            assertThat(download.join().exit()).isIn(28, 56);
        }
    }

    @Test
    void guard_withoutNft_observesAndSaysSo() {
        try (Site site = Site.quiet()) {
            site.machine.lose("nft");

            site.machine.startGuard();
            site.log.failures(ATTACKER, 3);
            site.machine.awaitBanned(ATTACKER);

            assertThat(site.machine.bailiff("status", "--json").row()).containsEntry("observe", true);
            assertThat(site.machine.guardLog()).contains("Bans are not enforced", "nftables");
            assertThat(site.machine.bailiff("status").out()).contains("nobody is shut out");
        }
    }

    private static String connections(Site site) {
        List<String> command = new ArrayList<>(site.network.atSite());
        command.addAll(List.of("ss", "-Htn", "state", "established", "sport", "=", ":80"));
        return Programs.run(command, Map.of()).good().out();
    }
}
