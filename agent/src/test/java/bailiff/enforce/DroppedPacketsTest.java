package bailiff.enforce;

import static bailiff.enforce.Samples.ban;
import static bailiff.enforce.Samples.banFor;
import static bailiff.enforce.Samples.network;
import static bailiff.enforce.Samples.networks;
import static bailiff.enforce.Samples.remove;
import static bailiff.enforce.Samples.web;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.PortRange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Real packets, really dropped: clients, a guarded host, and a container behind it, each in its own namespace. */
@ParameterizedClass
@EnumSource(Way.class)
class DroppedPacketsTest {

    private static final String SERVER = "203.0.113.1";
    private static final String SERVER6 = "2001:db8:0:1::1";

    private static Namespaces network;
    private static Peer clients;
    private static List<Peer> servers;

    private final Way way;
    private Nftables firewall;

    DroppedPacketsTest(Way way) {
        this.way = way;
        this.firewall = way.firewall(network, "guarded");
    }

    @BeforeAll
    static void build() throws IOException {
        network = new Namespaces("clients", "guarded", "container");
        network.join("guarded", "clients");
        network.join("guarded", "container");
        network.address("guarded", "clients", SERVER + "/24", "198.51.100.1/24", SERVER6 + "/32");
        network.address("guarded", "container", "10.9.0.1/24");
        network.address("container", "guarded", "10.9.0.2/24");
        network.in("container", "ip", "route", "add", "default", "via", "10.9.0.1");
        network.address("clients", "guarded", "203.0.113.10/24", "203.0.113.11/24", "203.0.113.12/24");
        network.address("clients", "guarded", "198.51.100.5/24", "198.51.100.6/24");
        network.address("clients", "guarded", "2001:db8:a:1::5/32", "2001:db8:a:1::6/32", "2001:db8:a:2::5/32");
        network.in("guarded", "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        network.in(
                "guarded",
                "nft",
                "add table ip nat; add chain ip nat in { type nat hook prerouting priority -100; };"
                        + " add rule ip nat in tcp dport 8080 dnat to 10.9.0.2:80");
        servers = List.of(
                Peer.server(network.runner("guarded"), 80, 443, 2222), Peer.server(network.runner("container"), 80));
        clients = Peer.client(network.runner("clients"));
    }

    @AfterAll
    static void demolish() {
        if (clients != null) {
            clients.close();
            servers.forEach(Peer::close);
        }
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
    void apply_singleAddress_dropsItAndNotItsNeighbour() throws Exception {
        assertThat(clients.knock("203.0.113.10", SERVER, 80)).isEqualTo("answered");

        firewall.apply(List.of(ban("203.0.113.10"), ban("2001:db8:a:1::5")));

        assertThat(clients.knockBriefly("203.0.113.10", SERVER, 80)).isEqualTo("silent");
        assertThat(clients.knockBriefly("203.0.113.10", SERVER, 443)).isEqualTo("silent");
        assertThat(clients.knock("203.0.113.10", SERVER, 2222))
                .as("port of no fence")
                .isEqualTo("answered");
        assertThat(clients.knock("203.0.113.11", SERVER, 80)).isEqualTo("answered");
        assertThat(clients.knockBriefly("2001:db8:a:1::5", SERVER6, 80)).isEqualTo("silent");
        assertThat(clients.knock("2001:db8:a:1::6", SERVER6, 80)).isEqualTo("answered");
    }

    @Test
    void apply_prefixes_dropAllOfThemAndNobodyElse() throws Exception {
        firewall.apply(List.of(ban("198.51.100.0/24"), ban("2001:db8:a:1::/64")));

        assertThat(clients.knockBriefly("198.51.100.5", SERVER, 80)).isEqualTo("silent");
        assertThat(clients.knockBriefly("198.51.100.6", SERVER, 80)).isEqualTo("silent");
        assertThat(clients.knock("203.0.113.10", SERVER, 80)).isEqualTo("answered");
        assertThat(clients.knockBriefly("2001:db8:a:1::5", SERVER6, 80)).isEqualTo("silent");
        assertThat(clients.knockBriefly("2001:db8:a:1::6", SERVER6, 80)).isEqualTo("silent");
        assertThat(clients.knock("2001:db8:a:2::5", SERVER6, 80)).isEqualTo("answered");
    }

    @Test
    void apply_overlappingPrefixes_eachEndsByItself() throws Exception {
        firewall.apply(List.of(ban("198.51.100.0/24"), ban("198.51.0.0/16"), ban("198.51.100.5"), ban("0.0.0.0/1")));

        firewall.apply(List.of(remove("198.51.0.0/16"), remove("198.51.100.5")));

        assertThat(clients.knockBriefly("198.51.100.5", SERVER, 80)).isEqualTo("silent");
        firewall.apply(List.of(remove("198.51.100.0/24")));
        assertThat(clients.knock("198.51.100.5", SERVER, 80)).isEqualTo("answered");
        assertThat(Way.held(firewall)).isEqualTo(Map.of("wordpress", networks("0.0.0.0/1")));
    }

    @Test
    void apply_banThatEnds_answersAgain() throws Exception {
        firewall.apply(List.of(banFor("203.0.113.10", Duration.ofMillis(1_500))));
        assertThat(clients.knockBriefly("203.0.113.10", SERVER, 80)).isEqualTo("silent");

        Thread.sleep(2_000);

        assertThat(clients.knock("203.0.113.10", SERVER, 80)).isEqualTo("answered");
        assertThat(Way.held(firewall)).doesNotContainValue(networks("203.0.113.10"));
    }

    @Test
    void apply_establishedConnection_isCutAtTheServer() throws Exception {
        assertThat(clients.hold("203.0.113.10", SERVER, 80)).isEqualTo("answered");
        assertThat(clients.hold("203.0.113.11", SERVER, 80)).isEqualTo("answered");
        assertThat(clients.hold("203.0.113.12", SERVER, 2222)).isEqualTo("answered");

        firewall.apply(List.of(ban("203.0.113.10"), ban("203.0.113.12")));

        assertThat(clients.speak("203.0.113.10")).isNotEqualTo("answered");
        assertThat(clients.speak("203.0.113.11")).isEqualTo("answered");
        assertThat(clients.speak("203.0.113.12")).as("port of no fence").isEqualTo("answered");
        assertThat(connections()).doesNotContain("203.0.113.10").contains("203.0.113.11", "203.0.113.12");
    }

    @Test
    void apply_portThatAContainerAnswers_isClosedUnderTheNumberTheClientUses() throws Exception {
        firewall.raise(List.of(new Fence("wordpress", Protocol.TCP, List.of(PortRange.of(8080)))));
        assertThat(clients.knock("203.0.113.10", SERVER, 8080)).isEqualTo("answered");
        clients.hold("203.0.113.10", SERVER, 8080);

        firewall.apply(List.of(ban("203.0.113.10")));

        assertThat(clients.speak("203.0.113.10")).isEqualTo("silent");
        assertThat(clients.knockBriefly("203.0.113.10", SERVER, 8080)).isEqualTo("silent");
        assertThat(clients.knock("203.0.113.11", SERVER, 8080)).isEqualTo("answered");
    }

    @Test
    void apply_everyKindOfFence_closesWhatItSays() throws Exception {
        firewall.raise(List.of(
                new Fence("all", Protocol.ALL, List.of()),
                new Fence("tcp", Protocol.TCP, List.of()),
                new Fence("range", Protocol.ALL, List.of(new PortRange(2000, 3000), PortRange.of(443))),
                new Fence("dns", Protocol.UDP, List.of(PortRange.of(53)))));

        firewall.apply(List.of(
                new Change.Add("range", network("203.0.113.10"), Instant.MAX),
                new Change.Add("tcp", network("203.0.113.11"), Instant.MAX),
                new Change.Add("dns", network("203.0.113.12"), Instant.MAX),
                new Change.Add("all", network("198.51.100.5"), Instant.MAX)));

        assertThat(clients.knockBriefly("203.0.113.10", SERVER, 2222)).isEqualTo("silent");
        assertThat(clients.knock("203.0.113.10", SERVER, 80)).isEqualTo("answered");
        assertThat(clients.knockBriefly("203.0.113.11", SERVER, 80)).isEqualTo("silent");
        assertThat(clients.knock("203.0.113.12", SERVER, 80)).isEqualTo("answered");
        assertThat(clients.knockBriefly("198.51.100.5", SERVER, 443)).isEqualTo("silent");
    }

    @Test
    void raise_again_keepsBansOfJailsThatRemain() throws Exception {
        firewall.raise(List.of(web("wordpress"), web("leaving")));
        firewall.apply(List.of(
                ban("203.0.113.10"),
                ban("198.51.0.0/16"),
                new Change.Add("leaving", network("203.0.113.11"), Instant.MAX)));
        firewall.close();

        firewall = way.firewall(network, "guarded");
        assertThat(clients.knockBriefly("203.0.113.10", SERVER, 80))
                .as("without an agent")
                .isEqualTo("silent");
        firewall.raise(List.of(web("wordpress"), web("coming")));

        assertThat(Way.held(firewall)).containsEntry("wordpress", networks("203.0.113.10", "198.51.0.0/16"));
        assertThat(Way.held(firewall)).doesNotContainKey("leaving");
        assertThat(clients.knockBriefly("203.0.113.10", SERVER, 80)).isEqualTo("silent");
        assertThat(clients.knockBriefly("198.51.100.5", SERVER, 80)).isEqualTo("silent");
        assertThat(clients.knock("203.0.113.11", SERVER, 80)).isEqualTo("answered");
    }

    @Test
    void raise_whileAFloodOfPacketsArrives_letsNoneThrough() throws Exception {
        firewall.apply(List.of(ban("203.0.113.10")));
        network.in(
                "guarded",
                "nft",
                "add table inet witness; add chain inet witness in"
                        + " { type filter hook input priority 0; }; add rule inet witness in"
                        + " ip saddr 203.0.113.10 udp dport 9 counter");
        firewall.raise(List.of(new Fence("wordpress", Protocol.ALL, List.of())));

        clients.flood("203.0.113.10", SERVER, 9);
        for (int i = 0; i < 100; i++) {
            firewall.raise(List.of(new Fence("wordpress", Protocol.ALL, List.of()), web("jail" + i)));
        }

        assertThat(network.in("guarded", "nft", "list", "table", "inet", "witness"))
                .contains("packets 0 ");

        firewall.raise(List.of());
        String seen = soon(
                () -> network.in("guarded", "nft", "list", "table", "inet", "witness"),
                witness -> !witness.contains("packets 0 "));
        assertThat(clients.calm()).isGreaterThan(1_000);
        assertThat(seen).as("the witness sees").doesNotContain("packets 0 ");
        network.in("guarded", "nft", "delete", "table", "inet", "witness");
    }

    /** What the guarded host has open once those that were cut have gone. */
    private static String connections() throws InterruptedException {
        return soon(
                () -> network.in("guarded", "ss", "-H", "-n", "-t", "state", "established"),
                open -> !open.contains("203.0.113.10"));
    }

    /** What is there when it is as it should be, or after a second. */
    private static String soon(Supplier<String> question, Predicate<String> good) throws InterruptedException {
        String answer = question.get();
        for (int i = 0; i < 20 && !good.test(answer); i++) {
            Thread.sleep(50);
            answer = question.get();
        }
        return answer;
    }
}
