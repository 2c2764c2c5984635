package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenTest {

    @TempDir
    Path path;

    private ConfigDirectory directory = new ConfigDirectory(Path.of("/nowhere"));

    @BeforeEach
    void lay() {
        directory = ConfigDirectory.withFilter(path);
    }

    @ParameterizedTest
    @CsvSource({
        "unix:trap.sock, unix:trap.sock, true",
        "unix:/run/x/trap.sock, unix:/run/x/trap.sock, true",
        "udp:5140, udp:127.0.0.1:5140, true",
        "udp:127.0.0.1:5140, udp:127.0.0.1:5140, true",
        "tcp:[::1]:5140, tcp:[::1]:5140, true",
        "tcp:[0:0::0:1]:514, tcp:[::1]:514, true",
        "udp:0.0.0.0:514, udp:0.0.0.0:514, false",
        "tcp:[2001:db8::1]:514, tcp:[2001:db8::1]:514, false",
    })
    void parse_address_isReadInItsOneSpelling(String text, String spelled, boolean isLocal) {
        Listen listen = Listen.parse(text).orElseThrow();

        assertThat(listen).hasToString(spelled);
        assertThat(listen.isLocal()).isEqualTo(isLocal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unix:",
                "unix:/",
                "unix:../x",
                "unix:a/b",
                "unix:.hidden",
                "udp:0",
                "udp:65536",
                "udp:localhost:514",
                "udp:127.0.0.1:",
                "udp:[127.0.0.1]:514",
                "udp:127.0.0.1.5:514",
                "tcp:::1:514",
                "tls:514",
                "514"
            })
    void parse_anythingElse_isNone(String text) {
        assertThat(Listen.parse(text)).isEmpty();
    }

    @Test
    void parse_pathLongerThanTheKernelTakes_isNone() {
        assertThat(Listen.parse("unix:/" + "x".repeat(106))).isPresent();
        assertThat(Listen.parse("unix:/" + "x".repeat(107))).isEmpty();
    }

    @Test
    void read_listen_needsNoLogpathAndTakesSeveral() {
        directory.write("jail.local", """
                [web]
                enabled = true
                filter = test
                listen = unix:trap.sock udp:5140
                         unix:trap.sock
                """);

        assertThat(directory.onlyJail().sources().listen())
                .extracting(Listen::toString)
                .containsExactly("unix:trap.sock", "udp:127.0.0.1:5140");
        assertThat(directory.problems()).isEmpty();
    }

    @Test
    void read_wrongAddress_isAnErrorWithItsPlace() {
        directory.jail("listen = udp:somewhere:1\n");

        assertThat(directory.problems())
                .containsExactly(
                        "ERROR jail.local:5: [web] listen: read 'udp:somewhere:1', expected " + Listen.EXPECTED);
    }

    @Test
    void read_portThatIsOpenToOthers_isAWarning() {
        directory.jail("listen = tcp:0.0.0.0:514\n");

        assertThat(directory.problems())
                .singleElement()
                .asString()
                .startsWith(
                        "WARNING jail.local:5: [web] listen: everybody who reaches tcp:0.0.0.0:514 can have anybody");
    }

    @Test
    void read_moreThanAreTaken_isAnError() {
        StringBuilder many = new StringBuilder("listen =");
        for (int port = 5_001; port <= 5_017; port++) {
            many.append(" udp:").append(port);
        }
        directory.jail(many + "\n");

        assertThat(directory.problems()).singleElement().asString().contains("expected 16 addresses at most");
    }
}
