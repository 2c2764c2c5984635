package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.IpAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShieldOptionsTest {

    @TempDir
    Path path;

    private ConfigDirectory directory;

    @BeforeEach
    void lay() {
        directory = ConfigDirectory.withFilter(path).jail("");
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(IpAddress.parse(host).orElseThrow().toInetAddress(), port);
    }

    private ConfigDirectory server(String options) {
        return directory.write("fail2ban.local", "[Definition]\n" + options);
    }

    @Test
    void read_nothingSaid_isTheUsualSocketAlone() {
        assertThat(directory.read().server().shield()).isEqualTo(ShieldOptions.DEFAULT);
    }

    @Test
    void read_everyOption_isTaken() {
        directory.write("key", "0123456789abcdef\n");

        Configuration read = server("shieldsocket = /run/web/ask.sock\nshieldhttp = [::1]:734\nmulticall = 3\n"
                        + "denymap = " + directory.path("deny.map") + "\ndecisions = " + directory.path("decisions")
                        + "\ndecisionkey = " + directory.path("key") + "\n")
                .read();

        assertThat(read.problems()).isEmpty();
        assertThat(read.server().shield())
                .isEqualTo(new ShieldOptions(
                        "/run/web/ask.sock",
                        List.of(address("::1", 734)),
                        3,
                        directory.path("deny.map"),
                        directory.path("decisions"),
                        directory.path("key")));
    }

    @Test
    void read_everythingOff_isOff() {
        ShieldOptions read = server("shieldsocket = none\nshieldhttp = none\ndenymap = none\ndecisions = none\n")
                .read()
                .server()
                .shield();

        assertThat(read.isOn()).isFalse();
    }

    @Test
    void read_httpForOthers_takesTheWordForIt() {
        assertThat(server("shieldhttp = 192.0.2.1:80 open\n")
                        .read()
                        .server()
                        .shield()
                        .http())
                .containsExactly(address("192.0.2.1", 80));
    }

    @Test
    void read_mapInTheGuardsOwnDirectory_isNoErrorBeforeTheFirstStart() {
        assertThat(server("denymap = /run/bailiff/deny.map\n")
                        .read()
                        .server()
                        .shield()
                        .denymap())
                .isEqualTo("/run/bailiff/deny.map");
        assertThat(directory.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shieldsocket = shield.sock           | an absolute path of at most 107 bytes
            shieldhttp = 192.0.2.1:80            | an address of loopback and a port
            shieldhttp = 127.0.0.1               | an address of loopback and a port
            shieldhttp = 127.0.0.1:0             | an address of loopback and a port
            shieldhttp = 127.0.0.1:65536         | an address of loopback and a port
            shieldhttp = localhost:80            | an address of loopback and a port
            shieldhttp = 0.0.0.0:80              | the word open
            multicall = 0                        | 1 to 10000
            multicall = many                     | 1 to 10000
            denymap = deny.map                   | the absolute path of a file
            denymap = /tmp                       | the absolute path of a file
            denymap = /nonexistent/deny.map      | a directory that is there, and '/nonexistent' is not
            decisions = /tmp/decisions           | in decisionkey, and none is named
            """)
    void read_whatCannotBe_isAnErrorWithItsPlace(String option, String expected) {
        server(option + "\n");

        assertThat(directory.problems())
                .singleElement()
                .asString()
                .startsWith(
                        "ERROR fail2ban.local:2: [Definition] " + option.substring(0, option.indexOf(' ')) + ": read '")
                .contains(expected);
        assertThat(directory.read().jails()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"short, and that has 5", "'', and that has 0"})
    void read_keyTooShort_isAnErrorAndNothingIsSigned(String key, String expected) {
        directory.write("key", key + "\n");
        server("decisions = " + directory.path("decisions") + "\ndecisionkey = " + directory.path("key") + "\n");

        assertThat(directory.problems()).singleElement().asString().contains("fail2ban.local:3", expected);
        assertThat(directory.read().server().shield().decisions()).isEmpty();
    }

    @Test
    void read_keyMissing_isAnError() {
        server("decisions = " + directory.path("decisions") + "\ndecisionkey = /nonexistent/key\n");

        assertThat(directory.problems()).singleElement().asString().contains("fail2ban.local:3", "no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"port = http", "port = 8080,443", "port = 1:1024", "", "shield = yes\nport = ssh"})
    void read_jailOfAWebServer_takesPart(String options) {
        assertThat(directory.jail(options + "\n").onlyJail().shield()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"port = ssh", "port = 8080", "shield = no", "shield = auto\nport = smtp,imap"})
    void read_otherJail_takesNoPart(String options) {
        assertThat(directory.jail(options + "\n").onlyJail().shield()).isFalse();
    }

    @Test
    void read_shieldOtherwise_isAnError() {
        directory.jail("shield = perhaps\n");

        assertThat(directory.problems())
                .singleElement()
                .asString()
                .contains("shield", "read 'perhaps', expected auto, yes or no");
    }
}
