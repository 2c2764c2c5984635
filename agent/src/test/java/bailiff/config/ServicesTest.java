package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
