package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guard's end, sudden or asked for, does to bans and counters. */
class CrashTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String NEIGHBOUR = "203.0.113.10";

    private static Site answering() {
        Site site = Site.open("auth.log", Recipe.DEBIAN_JAIL);
        site.network.settle(ATTACKER);
        return site;
    }

    @Test
    void ban_guardKilled_holdsAndIsListedOnceAfterRestart() {
        try (Site site = answering()) {
            site.machine.startGuard();
            site.attack(ATTACKER, ATTACKER);

            site.machine.killGuard();
            boolean droppedWhileDead = site.network.isDropped(ATTACKER, 80);
            site.machine.startGuard();

            assertThat(droppedWhileDead).isTrue();
            assertThat(site.network.isDropped(ATTACKER, 80)).isTrue();
            assertThat(site.machine.banned()).containsExactly(ATTACKER);
            assertThat(site.machine.bailiff("bans", "--json").row()).containsEntry("bancount", 1);
            assertThat(site.machine.status("wordpress")).containsEntry("totalBanned", 1);
            assertThat(site.network.ruleset().split(ATTACKER + " timeout", -1)).hasSize(2);
        }
    }

    @Test
    void ban_guardRestarts_noPacketSlipsThrough() {
        try (Site site = answering()) {
            site.network.nft("add table inet witness");
            site.network.nft("add chain inet witness passed { type filter hook prerouting priority 0; }");
            site.network.nft("add rule inet witness passed ip saddr " + ATTACKER + " counter");
            site.machine.startGuard();
            site.attack(ATTACKER, ATTACKER);
            String passedBefore = passed(site);
            Process knocking = knock(site);

            site.machine.killGuard();
            site.machine.startGuard();
            site.machine.bailiff("stop").good();
            site.machine.guardExit();
            site.machine.startGuard();
            site.machine.bailiff("reload").good();

            Await.until(() -> isDropping(site), site.network::ruleset);
            assertThat(knocking.isAlive()).isTrue();
            assertThat(passedBefore).doesNotContain("packets 0 ");
            assertThat(passed(site)).isEqualTo(passedBefore);
        }
    }

    /** What the witness, a rule behind ours, has counted of the attacker's packets. */
    private static String passed(Site site) {
        return site.network.nft("list", "table", "inet", "witness").out();
    }

    private static boolean isDropping(Site site) {
        return Pattern.compile("@wordpress-ip4 counter packets [1-9]")
                .matcher(site.network.ruleset())
                .find();
    }

    private static Process knock(Site site) {
        List<String> command = new ArrayList<>(site.network.outside());
        String curl = "curl -s -o /dev/null --interface %s --connect-timeout 0.1 http://%s/"
                .formatted(ATTACKER, Network.SITE);
        command.addAll(List.of("sh", "-c", "while :; do " + curl + "; done"));
        return Programs.start(command, Map.of(), site.machine.folder().path().resolve("knocking.log"));
    }

    @Test
    void ban_kernelForgotItWhileGuardWasDead_isRestored() {
        try (Site site = answering()) {
            site.machine.startGuard();
            site.attack(ATTACKER, ATTACKER);

            site.machine.killGuard();
            site.network.nft("flush", "ruleset");
            site.machine.startGuard();

            site.network.awaitInKernel(ATTACKER);
            assertThat(site.network.isDropped(ATTACKER, 80)).isTrue();
        }
    }

    @Test
    void ruleset_flushedUnderTheGuard_isPutUpAgain() {
        try (Site site = answering()) {
            site.machine.startGuard();
            site.attack(ATTACKER, ATTACKER);

            site.network.nft("flush", "ruleset");

            site.network.awaitInKernel(ATTACKER);
            assertThat(site.network.isDropped(ATTACKER, 80)).isTrue();
            assertThat(site.machine.guardLog())
                    .contains("Somebody has removed the firewall's table, it is put up again.");
            assertThat(site.machine.bailiff("status").good().out()).contains("Firewall: nftables, in force");
        }
    }

    @Test
    void stop_bans_stayInTheKernel() {
        try (Site site = answering()) {
            site.machine.startGuard();
            site.attack(ATTACKER, ATTACKER);

            site.machine.bailiff("stop").good();

            assertThat(site.machine.guardExit()).isZero();
            assertThat(site.network.isDropped(ATTACKER, 80)).isTrue();
        }
    }

    @Test
    void stop_guardToldToLift_opensTheDoorsUntilTheNextStart() {
        try (Site site = answering()) {
            site.machine.startGuard("--lift");
            site.attack(ATTACKER, ATTACKER);

            site.machine.bailiff("stop").good();
            int exit = site.machine.guardExit();
            boolean answered = site.network.isAnswered(ATTACKER, 80);
            String left = site.network.ruleset();
            site.machine.startGuard();

            assertThat(exit).isZero();
            assertThat(answered).isTrue();
            assertThat(left).isEmpty();
            site.network.awaitInKernel(ATTACKER);
            assertThat(site.machine.banned()).containsExactly(ATTACKER);
        }
    }

    @Test
    void failures_twoBeforeTheCrashAndOneAfter_areABan() {
        try (Site site = Site.quiet()) {
            site.machine.startGuard();
            site.log.failures(ATTACKER, 2);
            site.machine.awaitStatus("wordpress", "found", 2);

            site.machine.killGuard();
            site.machine.startGuard();
            Map<String, Object> afterRestart = site.machine.status("wordpress");
            site.log.failures(ATTACKER, 1);

            site.network.awaitInKernel(ATTACKER);
            assertThat(afterRestart).containsEntry("failing", 1).containsEntry("banned", 0);
            assertThat(site.machine.bailiff("bans", "--json").row()).containsEntry("failures", 3);
        }
    }

    @Test
    void failures_logTurnedOverWhileGuardWasDead_countOnce() {
        try (Site site = Site.quiet()) {
            site.machine.startGuard();
            site.log.failures(ATTACKER, 2);
            site.machine.awaitStatus("wordpress", "found", 2);

            site.machine.killGuard();
            site.log.rotate();
            site.log.failures(ATTACKER, 1);
            site.machine.startGuard();

            site.network.awaitInKernel(ATTACKER);
            assertThat(site.machine.bailiff("bans", "--json").row()).containsEntry("failures", 3);
        }
    }

    @Test
    void failures_logTurnedOverAndCompressedWhileGuardWasDead_countOnce() {
        try (Site site = Site.quiet()) {
            site.machine.startGuard();
            site.log.failures(ATTACKER, 2);
            site.log.failures(NEIGHBOUR, 2);
            site.machine.awaitStatus("wordpress", "found", 4);

            site.machine.killGuard();
            site.log.failures(ATTACKER, 1);
            site.log.rotate();
            site.log.compress();
            site.machine.startGuard();

            site.network.awaitInKernel(ATTACKER);
            assertThat(site.machine.banned()).containsExactly(ATTACKER);
            assertThat(site.machine.status("wordpress")).containsEntry("failing", 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4711, 4712})
    void failures_guardKilledAtAnyMoment_eachCountsExactlyOnce(long seed) {
        Random moments = new Random(seed);
        try (Site site = Site.quiet()) {
            site.amend("maxretry = 10");
            for (int kill = 0; kill < 3; kill++) {
                site.machine.startGuard();
                site.log.failures(ATTACKER, 3);
                Await.pause(Duration.ofMillis(moments.nextInt(120)));
                site.machine.killGuard();
            }

            site.machine.startGuard();
            site.log.failures(NEIGHBOUR, 10);
            site.machine.awaitBanned(NEIGHBOUR);
            site.log.failures(ATTACKER, 1);

            site.machine.awaitBanned(NEIGHBOUR, ATTACKER);
            assertThat(site.machine.bailiff("bans", "--json").rows())
                    .allSatisfy(ban -> assertThat(ban).containsEntry("failures", 10));
        }
    }
}
