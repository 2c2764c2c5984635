package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "bantme, bantime",
        "bantimes, bantime",
        "bnatime, bantime",
        "maxretrys, maxretry",
        "max_retry, maxretry",
        "ignore_ip, ignoreip",
        "logpaht, logpath",
        "enable, enabled",
        "fliter, filter",
        "findtmie, findtime",
    })
    void near_slip_findsWhatWasMeant(String written, String meant) {
        assertThat(Spelling.near(written, JailReader.OPTIONS)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bantime", "mode", "chain", "mta", "destemail", "sender", "action_mwl", "webroot", "prot", ""})
    void near_otherWord_findsNothing(String written) {
        assertThat(Spelling.near(written, JailReader.OPTIONS)).isEmpty();
    }
}
