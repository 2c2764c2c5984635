package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    private static final Place PLACE = new Place("jail.local", 3, "web", "port");
    private static final Ports PORTS = Ports.withServices(Path.of("/nonexistent"));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80 | [80]",
                "http,https | [80, 443]",
                "80, 443 | [80, 443]",
                "80 443 | [80, 443]",
                "1000:2000 | [1000-2000]",
                "1000-2000,22 | [1000-2000, 22]",
                "http,80,www | [80]",
                "65535 | [65535]",
                "0:65535 | []",
                "1:65535 | []",
                "80,0:65535 | []",
                "pop3,pop3s,imap,imaps,submission,465,sieve | [110, 995, 143, 993, 587, 465, 4190]",
            })
    void parse_ports_areRangesWithoutRepetition(String text, String ranges) throws BadValue {
        assertThat(PORTS.parse(Passage.of(text, PLACE))).hasToString(ranges);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"htttp", "65536", "99999", "0", "2000:1000", "80:", ":80", "-1", "80;22", "{ 80 }", "$(id)", ","
            })
    void parse_anythingElse_isRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> PORTS.parse(Passage.of(text, PLACE))).isInstanceOfSatisfying(BadValue.class, bad -> {
            assertThat(bad.problem().place()).isEqualTo(PLACE);
            assertThat(bad.problem().message()).startsWith("read '").contains("expected a port");
        });
    }

    @Test
    void parse_moreThanAHundredRanges_isRefused() {
        StringBuilder text = new StringBuilder();
        for (int port = 1; port <= 202; port += 2) {
            text.append(port).append(',');
        }

        assertThatThrownBy(() -> PORTS.parse(Passage.of(text.toString(), PLACE)))
                .hasMessage("expected at most 100 ports");
    }

    @Test
    void withServices_file_addsItsNamesAndAliases() throws Exception {
        Path services = Files.writeString(
                directory.resolve("services"),
                "# network\nmine\t\t7001/tcp\tours theirs # said so\nhttp 81/tcp\nbroken\nhuge 99999/tcp\n");

        Ports ports = Ports.withServices(services);

        assertThat(ports.parse(Passage.of("mine,ours,theirs", PLACE))).hasToString("[7001]");
        assertThat(ports.parse(Passage.of("http", PLACE))).hasToString("[80]");
        assertThatThrownBy(() -> ports.parse(Passage.of("said", PLACE))).isInstanceOf(BadValue.class);
        assertThatThrownBy(() -> ports.parse(Passage.of("huge", PLACE))).isInstanceOf(BadValue.class);
    }

    @Test
    void withServices_directoryInPlaceOfTheFile_knowsTheWellKnown() throws BadValue, IOException {
        assertThat(Ports.withServices(directory).parse(Passage.of("ssh", PLACE)))
                .hasToString("[22]");
    }
}
