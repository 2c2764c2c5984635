package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.25S, 250ms",
        "PT59.9S, 59s",
        "PT10M, 10m",
        "PT1H0M5S, 1h 5s",
        "P1DT2H3M4S, 1d 2h",
        "P365D, 365d",
    })
    void text_anySpan_hasItsTwoLargestUnits(Duration span, String text) {
        assertThat(Spans.text(span)).isEqualTo(text);
    }
}
