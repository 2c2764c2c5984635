package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpelledLengthTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "59, 59s",
        "1200, 20m",
        "3594, 59m 54s",
        "3595, 1h",
        "7290, 2h 1m",
        "90061, 1d 1h 1m",
        "605000, 1w",
        "31536000, 1y",
        "34000000, 1y 4w 1d",
    })
    void of_seconds_areRoundedTheMoreTheLonger(long seconds, String spelled) {
        assertThat(SpelledLength.of(Duration.ofSeconds(seconds))).isEqualTo(spelled);
    }
}
