package bailiff.evidence.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasesTest {

    @ParameterizedTest
    @CsvSource({
        "Chrome/142.0.0.0, Chrome/141.0.7.3, true",
        "Chrome/142.0, Chrome/142.0, true",
        "Chrome/99.0, Chrome/142.0, false",
        "NT 6.1 Chrome/142, NT 10.0 Chrome/141, false",
        "Chrome/142 Edg/142, Chrome/141, false",
        "Chrome/, Chrome/141, false",
        "Chrome/9999999999, Chrome/141, false",
        "Firefox/142, Chrome/141, false",
    })
    void isSameOrLater_twoAgents_comparesTheFirstNumberThatDiffers(String agent, String earlier, boolean expected) {
        assertThat(Releases.isSameOrLater(agent, earlier)).isEqualTo(expected);
    }
}
