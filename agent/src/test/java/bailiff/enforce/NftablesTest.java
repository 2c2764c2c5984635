package bailiff.enforce;

import static bailiff.enforce.Samples.ban;
import static bailiff.enforce.Samples.banFor;
import static bailiff.enforce.Samples.network;
import static bailiff.enforce.Samples.networks;
import static bailiff.enforce.Samples.remove;
import static bailiff.enforce.Samples.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import bailiff.net.PortRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernel holds, asked from the kernel of a namespace of the test. */
@ParameterizedClass
@EnumSource(Way.class)
class NftablesTest {

    private static Namespaces network;

    private final Way way;
    private Nftables firewall;

    NftablesTest(Way way) {
        this.way = way;
        this.firewall = way.firewall(network, "guarded");
    }

    @BeforeAll
    static void build() {
        network = new Namespaces("guarded");
    }

    @AfterAll
    static void demolish() {
        if (network != null) {
            network.close();
        }
    }

    @BeforeEach
    void raise() throws FirewallException {
        firewall.raise(List.of(web("wordpress")));
    }

    @AfterEach
    void lower() throws FirewallException {
        firewall.lower();
        firewall.close();
    }

    @Test
    void apply_longerShorterAndEndlessBan_replaceTheEndThatWasThere() throws Exception {
        firewall.apply(List.of(banFor("203.0.113.10", Duration.ofMinutes(1))));

        firewall.apply(List.of(banFor("203.0.113.10", Duration.ofDays(10))));
        assertThat(members()).contains("203.0.113.10 timeout 10d");
        firewall.apply(List.of(banFor("203.0.113.10", Duration.ofSeconds(30))));
        assertThat(members()).contains("203.0.113.10 timeout 30s");
        firewall.apply(List.of(new Change.Add("wordpress", network("203.0.113.10"), Instant.MAX)));
        assertThat(members()).contains("{ 203.0.113.10 }");
        firewall.apply(List.of(banFor("203.0.113.10", Duration.ofSeconds(-1))));
        assertThat(members()).doesNotContain("203.0.113.10");
    }

    @Test
    void apply_longestTimes_areUnderstoodByNft() throws Exception {
        firewall.apply(List.of(
                banFor("203.0.113.10", Duration.ofDays(36_499)), banFor("203.0.113.11", Duration.ofDays(1_157))));

        assertThat(members()).contains("203.0.113.10 timeout 36499d", "203.0.113.11 timeout 1157d");
    }

    @Test
    void apply_removeOfWhatIsNotBanned_isNoError() throws Exception {
        firewall.apply(List.of(remove("203.0.113.10"), remove("192.0.2.0/28"), remove("2001:db8::/40")));

        assertThat(Way.held(firewall).getOrDefault("wordpress", Set.of())).isEmpty();
    }

    @Test
    void standing_afterSomebodyClearedTheRules_isFalseUntilRaisedAgain() throws Exception {
        assertThat(firewall.standing()).isTrue();

        network.in("guarded", "nft", "flush", "chain", "inet", "bailiff", "wordpress-bans");
        assertThat(firewall.standing()).isFalse();
        firewall.raise(List.of(web("wordpress")));
        assertThat(firewall.standing()).isTrue();
        network.in("guarded", "nft", "delete", "table", "inet", "bailiff");
        assertThat(firewall.standing()).isFalse();
        assertThat(Way.held(firewall)).isEmpty();
        firewall.raise(List.of(web("wordpress")));

        assertThat(firewall.standing()).isTrue();
        firewall.apply(List.of(ban("192.0.2.0/28")));
        assertThat(firewall.standing()).as("with a set more").isTrue();
    }

    @Test
    void apply_afterTheNftChildWasKilled_stillBans() throws Exception {
        firewall.apply(List.of(ban("203.0.113.10")));
        List<ProcessHandle> children = children();
        assertThat(children).as("children of %s", way).hasSize(way == Way.NFT ? 1 : 0);

        children.forEach(ProcessHandle::destroyForcibly);
        firewall.apply(List.of(ban("203.0.113.11")));
        firewall.apply(List.of(ban("203.0.113.12")));

        assertThat(Way.held(firewall))
                .containsEntry("wordpress", networks("203.0.113.10", "203.0.113.11", "203.0.113.12"));
    }

    @Test
    void apply_tableGone_namesTheChangesInNftsWords() throws Exception {
        network.in("guarded", "nft", "delete", "table", "inet", "bailiff");

        assertThatThrownBy(() -> firewall.apply(List.of(ban("203.0.113.10"), ban("203.0.113.11"))))
                .isInstanceOfSatisfying(FirewallException.class, e -> {
                    assertThat(e.failed()).containsExactly(ban("203.0.113.10"), ban("203.0.113.11"));
                    assertThat(e.why()).isEqualTo("Error: No such file or directory");
                });
    }

    @Test
    void apply_changeOfAJailWithoutFence_failsAloneAndTheRestIsDone() throws Exception {
        Change stray = new Change.Add("nobody", network("203.0.113.11"), Instant.MAX);

        assertThatThrownBy(() -> firewall.apply(List.of(stray, ban("203.0.113.10"))))
                .isInstanceOfSatisfying(
                        FirewallException.class, e -> assertThat(e.failed()).containsExactly(stray));

        assertThat(Way.held(firewall)).containsEntry("wordpress", networks("203.0.113.10"));
    }

    @Test
    void apply_setThatRefusesMore_failsForTheSurplusOnly() throws Exception {
        network.in(
                "guarded",
                "nft",
                "flush chain inet bailiff wordpress-bans; delete set inet bailiff wordpress-ip4;"
                        + " add set inet bailiff wordpress-ip4 { type ipv4_addr; size 2; flags timeout; }");

        assertThatThrownBy(() ->
                        firewall.apply(List.of(ban("192.0.2.1"), ban("192.0.2.2"), ban("192.0.2.3"), ban("192.0.2.4"))))
                .isInstanceOfSatisfying(
                        FirewallException.class, e -> assertThat(e.failed()).hasSize(2));

        assertThat(Way.held(firewall).get("wordpress")).hasSize(2);
    }

    @Test
    void raise_hostileJailNames_areNamesAndNothingElse() throws Exception {
        List<String> names = List.of(
                "x; flush ruleset",
                "\"} ; delete table inet bailiff\n",
                "tcp",
                "wordpress-ip4",
                "3com",
                "x.33com",
                "$(reboot)",
                "jäil 🔒",
                "-ip6-64",
                "n".repeat(180));

        firewall.raise(names.stream().map(Samples::web).toList());
        firewall.apply(names.stream()
                .map(name -> (Change) new Change.Add(name, network("192.0.2.0/25"), Instant.MAX))
                .toList());

        assertThat(Way.held(firewall))
                .containsOnlyKeys(names)
                .allSatisfy((name, held) -> assertThat(held).isEqualTo(networks("192.0.2.0/25")));
        firewall.raise(List.of());
        assertThat(Way.held(firewall)).isEmpty();
    }

    @Test
    void apply_hundredThousandBansTwice_areAllHeld() throws Exception {
        List<Change> bans = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            Cidr subject = i % 2 == 0
                    ? IpAddress.ofV4(0x0a00_0000 + i).alone()
                    : Cidr.of(new IpAddress(0x2001_0db8_0000_0000L + i, 0), 64);
            bans.add(new Change.Add("wordpress", subject, Instant.now().plusSeconds(86_400)));
        }

        firewall.apply(bans);
        firewall.apply(bans);

        assertThat(Way.held(firewall).get("wordpress")).hasSize(100_000);
        firewall.raise(List.of(web("wordpress")));
        assertThat(Way.held(firewall).get("wordpress")).hasSize(100_000);
        assertThat(firewall.standing()).isTrue();
    }

    @Test
    void raise_portsThatOverlapOrNone_isTakenByNft() throws Exception {
        firewall.raise(List.of(new Fence(
                "wordpress",
                Protocol.TCP,
                List.of(new PortRange(80, 90), PortRange.of(85), PortRange.of(80), new PortRange(0, 65_535)))));
        assertThat(firewall.standing()).isTrue();

        firewall.raise(List.of());
        assertThat(firewall.standing()).isTrue();
        network.in("guarded", "nft", "flush", "ruleset");
        assertThat(firewall.standing()).isFalse();
    }

    @Test
    void lower_tableThatIsNotThere_isNoError() throws Exception {
        firewall.lower();
        firewall.lower();

        assertThat(firewall.standing()).isFalse();
        assertThat(Way.held(firewall)).isEmpty();
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").endsWith("nft -i"))
                .toList();
    }

    private static String members() {
        return network.in("guarded", "nft", "list", "set", "inet", "bailiff", "wordpress-ip4");
    }
}
