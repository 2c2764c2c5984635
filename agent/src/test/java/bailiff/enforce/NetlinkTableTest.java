package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import bailiff.net.PortRange;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Netlink without nft's help, on the kernel of a namespace of the test; nft reads back what is there. */
class NetlinkTableTest {

    private static final CommandRunner NO_PROGRAM = command -> {
        throw new IOException("no program in this test: " + command);
    };

    private static Namespaces network;

    private final AtomicInteger opened = new AtomicInteger();
    private final Nftables firewall = new Nftables(
            NO_PROGRAM,
            Optional.of(() -> {
                opened.incrementAndGet();
                return network.netlink("guarded").open();
            }),
            InstantSource.system());

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

    @AfterEach
    void lower() throws FirewallException {
        firewall.lower();
        firewall.close();
    }

    @Test
    void raise_everyKindOfFence_isListedAsIfNftHadMadeIt() throws Exception {
        List<Fence> fences = List.of(
                new Fence("web", Protocol.TCP, List.of(PortRange.of(80), PortRange.of(443))),
                new Fence("one", Protocol.UDP, List.of(PortRange.of(53))),
                new Fence("range", Protocol.SCTP, List.of(new PortRange(2_000, 3_000), PortRange.of(80))),
                new Fence("edges", Protocol.DCCP, List.of(new PortRange(0, 9), new PortRange(65_000, 65_535))),
                new Fence("every", Protocol.TCP, List.of(new PortRange(0, 65_535))),
                new Fence("tcp", Protocol.TCP, List.of()),
                new Fence("all", Protocol.ALL, List.of()),
                new Fence("all", Protocol.ALL, List.of(PortRange.of(22), new PortRange(8_000, 8_100))),
                new Fence("jäil 🔒", Protocol.TCP, List.of(PortRange.of(25))));
        List<Change> bans = new ArrayList<>();
        for (String text : List.of(
                "192.0.2.1",
                "192.0.2.0/24",
                "128.0.0.0/1",
                "0.0.0.0/0",
                "2001:db8::1",
                "2001:db8::/64",
                "2001:db8:8::/45")) {
            bans.add(new Change.Add("web", network(text), Instant.MAX));
        }

        firewall.raise(fences);
        firewall.apply(bans);
        String ours = listing();
        firewall.lower();
        Nftables nft = Way.NFT.firewall(network, "guarded");
        nft.raise(fences);
        nft.apply(bans);
        String theirs = listing();
        nft.close();

        assertThat(ours).isEqualTo(theirs).contains("tcp dport { 80, 443 } jump web-bans");
        firewall.raise(fences);
        assertThat(listing()).as("raised over what nft had made").isEqualTo(theirs);
    }

    @Test
    void raise_fewerJails_takesDownTheOthersWithTheirSets() throws Exception {
        firewall.raise(List.of(web("stays"), web("goes")));
        firewall.apply(List.of(
                new Change.Add("stays", network("192.0.2.1"), Instant.MAX),
                new Change.Add("goes", network("192.0.2.0/28"), Instant.MAX)));

        firewall.raise(List.of(web("stays")));

        assertThat(listing()).contains("stays-ip4").doesNotContain("goes");
        assertThat(Way.held(firewall)).isEqualTo(Map.of("stays", Set.of(network("192.0.2.1"))));
        assertThat(firewall.standing()).isTrue();
    }

    @Test
    void apply_memberThatIsThereAlready_takesTheOthersOfTheBatchAlong() throws Exception {
        firewall.raise(List.of(web("web")));
        network.in("guarded", "nft", "add element inet bailiff web-ip4 { 192.0.2.2 timeout 5m }");
        Instant until = Instant.now().plusSeconds(86_400);

        firewall.apply(List.of(
                new Change.Add("web", network("192.0.2.1"), until),
                new Change.Add("web", network("192.0.2.2"), until),
                new Change.Remove("web", network("192.0.2.3"))));

        assertThat(network.in("guarded", "nft", "list", "set", "inet", "bailiff", "web-ip4"))
                .contains("192.0.2.1 timeout 1d", "192.0.2.2 timeout 1d")
                .doesNotContain("192.0.2.3");
    }

    @Test
    void apply_moreThanOneMessageHolds_isHeld() throws Exception {
        firewall.raise(List.of(web("web"), web("mail")));
        List<Change> bans = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            IpAddress address = i % 3 == 0 ? IpAddress.ofV4(0x0a00_0000 + i) : new IpAddress(0x2001_0db8L << 32, i);
            bans.add(new Change.Add(
                    i % 2 == 0 ? "web" : "mail", address.alone(), Instant.now().plusSeconds(600)));
        }

        firewall.apply(bans);
        firewall.apply(bans);

        Map<String, Set<Cidr>> held = Way.held(firewall);
        assertThat(held.get("web")).hasSize(5_000);
        assertThat(held.get("mail")).hasSize(5_000);
        assertThat(opened).as("sockets").hasValue(1);
    }

    @Test
    void strays_allThatIsWantedIsCounted_areNone() throws Exception {
        Cidr wanted = network("192.0.2.1");
        Places places = new Places(1, 7);
        places.add("web", wanted, true);
        firewall.raise(List.of(web("web")));
        firewall.raise(List.of(web("web")));

        firewall.apply(List.of(new Change.Add("web", wanted, Instant.MAX)));
        assertThat(strays(places)).isEmpty();
        firewall.apply(List.of(new Change.Add("web", network("192.0.2.2"), Instant.MAX)));

        assertThat(strays(places)).containsExactly(network("192.0.2.2"));
    }

    @Test
    void strays_setsThatWereNotThereBefore_areReadFromTheSecondTimeOn() throws Exception {
        firewall.raise(List.of(web("web")));
        firewall.apply(List.of(new Change.Add("web", network("192.0.2.2"), Instant.MAX)));

        assertThat(strays(new Places(0, 7))).isEmpty();
        assertThat(strays(new Places(0, 7))).containsExactly(network("192.0.2.2"));
    }

    @Test
    void strays_somethingWasRefusedInSetsThatWereNotThereBefore_areRead() throws Exception {
        firewall.raise(List.of(web("web")));
        firewall.apply(List.of(new Change.Add("web", network("192.0.2.2"), Instant.MAX)));
        assertThatThrownBy(() -> firewall.apply(List.of(new Change.Add("other", network("192.0.2.3"), Instant.MAX))))
                .isInstanceOf(FirewallException.class);

        assertThat(strays(new Places(0, 7))).containsExactly(network("192.0.2.2"));
    }

    @Test
    void apply_netlinkThatBreaks_bansByNftAndLeavesNetlinkAloneAfterThreeTimes() throws Exception {
        FakeChannel broken = new FakeChannel();
        broken.broken = true;
        AtomicInteger attempts = new AtomicInteger();
        Nftables falling = new Nftables(
                network.runner("guarded"),
                Optional.of(() -> {
                    attempts.incrementAndGet();
                    return broken;
                }),
                InstantSource.system());

        falling.raise(List.of(web("web")));
        for (String text : List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")) {
            falling.apply(List.of(new Change.Add("web", network(text), Instant.MAX)));
        }

        assertThat(Way.held(falling).get("web")).hasSize(4);
        assertThat(falling.standing()).isTrue();
        assertThat(attempts).hasValue(3);
        falling.close();
    }

    @Test
    void apply_tableGone_saysWhatTheSystemSays() throws Exception {
        firewall.raise(List.of(web("web")));
        network.in("guarded", "nft", "flush", "ruleset");

        assertThat(firewall.standing()).isFalse();
        assertThatThrownBy(() -> firewall.apply(List.of(new Change.Add("web", network("192.0.2.1"), Instant.MAX))))
                .isInstanceOf(FirewallException.class)
                .hasMessage("Error: No such file or directory");
    }

    @Test
    void strays_rulesChangeMeanwhile_areReadToTheEnd() throws Exception {
        firewall.raise(List.of(web("web")));
        List<Change> bans = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            bans.add(new Change.Add("web", IpAddress.ofV4(0x0a00_0000 + i).alone(), Instant.MAX));
        }
        firewall.apply(bans);
        Nftables other = new Nftables(NO_PROGRAM, Optional.of(network.netlink("guarded")), InstantSource.system());
        AtomicInteger shown = new AtomicInteger();

        firewall.strays(new Places(0, 0), false, (jail, subject) -> {
            if (shown.incrementAndGet() == 1) {
                disturb(other);
            }
        });

        assertThat(shown.get()).as("read again from the beginning").isGreaterThan(5_000);
        other.close();
    }

    private List<Cidr> strays(Places wanted) throws FirewallException {
        List<Cidr> strays = new ArrayList<>();
        firewall.strays(wanted, true, (jail, subject) -> strays.add(subject));
        return strays;
    }

    private static void disturb(Nftables other) {
        try {
            other.raise(List.of(web("web"), web("other")));
        } catch (FirewallException e) {
            throw new AssertionError(e);
        }
    }

    private static String listing() {
        return network.in("guarded", "nft", "list", "table", "inet", "bailiff");
    }

    private static Fence web(String jail) {
        return new Fence(jail, Protocol.TCP, List.of(PortRange.of(80), PortRange.of(443)));
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
