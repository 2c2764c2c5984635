package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT1H, 64, maxretry 0 is below 1",
        "3, PT0S, 64, findtime PT0S is not positive",
        "3, PT1H, 0, IPv6 prefix length 0 is not in 1..128",
        "3, PT1H, 129, IPv6 prefix length 129 is not in 1..128",
    })
    void limits_outOfRange_areRefused(int maxretry, Duration findtime, int prefix, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(maxretry, findtime, prefix))
                .withMessage(message);
    }
}
