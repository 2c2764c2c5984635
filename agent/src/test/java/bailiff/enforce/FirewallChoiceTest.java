package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirewallChoiceTest {

    @Test
    void find_noNft_observesAndSaysSo() {
        FirewallChoice choice = find(command -> {
            throw new IOException("error=2, No such file or directory");
        });

        assertThat(choice.firewall().backend()).isEqualTo("observe");
        assertThat(choice.firewall().enforces()).isFalse();
        assertThat(choice.reason()).contains("nft (package nftables) could not be started");
    }

    @Test
    void find_nftThatMayNot_observesAndNamesTheRight() {
        FirewallChoice choice = find(
                script("echo 'netlink: Error: cache initialization failed: Operation not permitted';" + " exit 1"));

        assertThat(choice.firewall().backend()).isEqualTo("observe");
        assertThat(choice.reason())
                .isEqualTo("Bans are not enforced: changing the packet filter takes root or CAP_NET_ADMIN.");
    }

    @Test
    void find_kernelWithoutNftables_observesInNftsWords() {
        FirewallChoice choice =
                find(script("printf '/dev/stdin:1:1: Error: Could not\\033 process rule\\n  ^^^\\n'; exit 1"));

        assertThat(choice.firewall().backend()).isEqualTo("observe");
        assertThat(choice.reason()).isEqualTo("Bans are not enforced: nft refuses (Error: Could not? process rule).");
    }

    @Test
    void find_here_isNftablesAndLeavesNothingBehind() {
        try (Namespaces network = new Namespaces("guarded")) {
            FirewallChoice choice = find(network.runner("guarded"));

            assertThat(choice.firewall().backend()).isEqualTo("nftables");
            assertThat(network.in("guarded", "nft", "list", "ruleset")).isEmpty();
            choice.firewall().close();
        }
    }

    @Test
    void find_netlinkRefused_isNftablesByNftAndSaysWhy() throws Exception {
        try (Namespaces network = new Namespaces("guarded")) {
            FirewallChoice choice = FirewallChoice.find(
                    network.runner("guarded"),
                    Optional.of(() -> {
                        throw new IOException("netlink socket: Operation not permitted");
                    }),
                    InstantSource.system());

            assertThat(choice.firewall().backend()).isEqualTo("nftables");
            assertThat(choice.reason())
                    .isEqualTo("Bans are enforced by nftables, through the program nft"
                            + " (netlink socket: Operation not permitted).");
            choice.firewall().close();
        }
    }

    @Test
    void find_netlinkThatWorks_leavesNothingBehind() throws Exception {
        try (Namespaces network = new Namespaces("guarded")) {
            FirewallChoice choice = FirewallChoice.find(
                    network.runner("guarded"), Optional.of(network.netlink("guarded")), InstantSource.system());

            assertThat(choice.reason()).isEqualTo("Bans are enforced by nftables.");
            assertThat(network.in("guarded", "nft", "list", "ruleset")).isEmpty();
            choice.firewall().close();
        }
    }

    private static FirewallChoice find(CommandRunner runner) {
        return FirewallChoice.find(runner, InstantSource.system());
    }

    private static CommandRunner script(String script) {
        return command -> CommandRunner.here().start(List.of("sh", "-c", "cat > /dev/null; " + script));
    }
}
