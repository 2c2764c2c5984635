package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {

    @TempDir
    Path directory;

    @Test
    void read_nothing_sparesJetpack() {
        Map<String, List<Cidr>> services = services();

        assertThat(services).containsOnlyKeys("jetpack");
        assertThat(services.get("jetpack"))
                .hasSize(7)
                .anyMatch(network ->
                        network.contains(IpAddress.parse("192.0.102.40").orElseThrow()))
                .noneMatch(
                        network -> network.contains(IpAddress.parse("192.0.2.1").orElseThrow()));
    }

    @Test
    void read_ownList_takesTheBuiltInOnesPlace() throws IOException {
        write("services.d/jetpack.local", "[Definition]\naddresses = 203.0.113.0/24\n");

        assertThat(services()).isEqualTo(Map.of("jetpack", List.of(network("203.0.113.0/24"))));
    }

    @Test
    void read_furtherService_isSparedAsWell() throws IOException {
        write("jail.local", "[DEFAULT]\nservices = jetpack uptime\n");
        write("services.d/uptime.conf", "[Definition]\naddresses = 203.0.113.7\n  2001:db8::/32\n");

        assertThat(services()).containsEntry("uptime", List.of(network("203.0.113.7"), network("2001:db8::/32")));
    }

    @Test
    void read_noServices_sparesNone() throws IOException {
        write("jail.local", "[DEFAULT]\nservices =\n");

        assertThat(services()).isEmpty();
    }

    @Test
    void read_serviceWithoutAFile_isNamed() throws IOException {
        write("jail.local", "[DEFAULT]\nservices = jetpak\n");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("jail.local:2: [DEFAULT] services: no file for the service 'jetpak'");
    }

    @Test
    void read_pathInPlaceOfAName_isRefused() throws IOException {
        write("jail.local", "[DEFAULT]\nservices = ../../etc/passwd\n");

        assertThat(problems()).singleElement().asString().contains("no file for the service");
    }

    @Test
    void read_badAddress_isNamedWithItsPlace() throws IOException {
        write("services.d/jetpack.local", "[Definition]\naddresses = 203.0.113.0/33\n");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains(
                        "jetpack.local:2: [Definition] addresses: read '203.0.113.0/33', expected an address or a network");
    }

    @Test
    void read_emptyList_isNamed() throws IOException {
        write("services.d/jetpack.local", "[Definition]\naddresses =\n");

        assertThat(problems()).singleElement().asString().contains("expected 1 to 10000 networks");
    }

    @Test
    void read_nothing_knowsSearchEnginesByTheirHosts() {
        List<Crawler> crawlers = read().jails().getFirst().exemptions().crawlers();

        assertThat(crawlers)
                .extracting(Crawler::name)
                .containsExactly("googlebot", "bingbot", "applebot", "yandex", "baidu");
        Crawler google = crawlers.getFirst();
        assertThat(google.owns("crawl-66-249-66-1.GoogleBot.com")).isTrue();
        assertThat(google.owns("crawl.googlebot.com.attacker.example")).isFalse();
        assertThat(google.owns("evilgooglebot.com")).isFalse();
        assertThat(google.isNamedIn("mozilla/5.0 (compatible; googlebot/2.1)")).isTrue();
        assertThat(google.isNamedIn("mozilla/5.0 firefox/140.0")).isFalse();
    }

    @Test
    void read_ownSearchEngines_takeThePlaceOfTheBuiltInOnes() throws IOException {
        write("services.d/search-engines.local", "[Definition]\nservices = bingbot seek\n");
        write("services.d/seek.conf", "[Definition]\nhosts = .Crawl.Seek.example\nagents = SeekBot\n");

        assertThat(read().problems()).isEmpty();
        assertThat(read().jails().getFirst().exemptions().crawlers())
                .extracting(Crawler::name)
                .containsExactly("bingbot", "seek");
        assertThat(read().jails().getFirst().exemptions().crawlers().getLast())
                .isEqualTo(new Crawler("seek", List.of(".crawl.seek.example"), List.of("seekbot")));
    }

    @Test
    void read_jailThatDoesNotGuardTheWeb_looksForNoSearchEngineAndNoProxy() throws IOException {
        write("filter.d/plain.conf", "[Definition]\nfailregex = ^<HOST>$\n");
        write("jail.local", """
                [ssh]
                enabled = true
                filter = plain
                port = ssh
                logpath = /var/log/ssh
                [all]
                enabled = true
                filter = plain
                logpath = /var/log/all
                [shop]
                enabled = true
                filter = plain
                port = 8000-9000,https
                logpath = /var/log/shop
                """);

        assertThat(read().jails())
                .extracting(
                        JailDefinition::name,
                        jail -> jail.exemptions().crawlers().size(),
                        jail -> jail.exemptions().proxies(),
                        jail -> jail.exemptions().services().keySet())
                .containsExactlyInAnyOrder(
                        tuple("wordpress", 5, true, Set.of("jetpack")),
                        tuple("wordpress-access", 5, true, Set.of("jetpack")),
                        tuple("ssh", 0, false, Set.of("jetpack")),
                        tuple("all", 0, false, Set.of("jetpack")),
                        tuple("shop", 5, true, Set.of("jetpack")));
    }

    @Test
    void read_wholeWordpressJailOverAllPorts_guardsTheWebAllTheSame() throws IOException {
        write("jail.local", "[wordpress]\nport = 0:65535\n");

        assertThat(read().jails().getFirst().exemptions().proxies()).isTrue();
    }

    @Test
    void read_proxiesNo_sparesNone() throws IOException {
        write("jail.local", "[wordpress]\nproxies = no\n");

        assertThat(read().problems()).isEmpty();
        assertThat(read().jails().getFirst().exemptions().proxies()).isFalse();
    }

    @Test
    void read_badProxies_isNamed() throws IOException {
        write("jail.local", "[wordpress]\nproxies = maybe\n");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("jail.local:2")
                .contains("expected auto or no");
    }

    @Test
    void read_hostsWithoutAgents_isNamed() throws IOException {
        write("services.d/googlebot.local", "[Definition]\nagents =\n");

        assertThat(problems()).singleElement().asString().contains("googlebot").contains("both hosts and agents");
    }

    @Test
    void read_hostThatIsAWholeTopLevelDomain_isNamed() throws IOException {
        write("services.d/googlebot.local", "[Definition]\nhosts = .com .googlebot.com\n");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("googlebot.local:2: [Definition] hosts: read '.com', expected the end of a host's name");
    }

    private Map<String, List<Cidr>> services() {
        return read().jails().getFirst().exemptions().services();
    }

    private List<Problem> problems() {
        return read().problems();
    }

    private Configuration read() {
        return ConfigReader.overBuiltIn(directory, ConfigDirectory.HOST).read();
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
