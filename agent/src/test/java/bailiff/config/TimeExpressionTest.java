package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeExpressionTest {

    /** As {@code fail2ban-client --str2sec} answers. */
    @ParameterizedTest
    @CsvSource({
        "10, 10",
        "0, 0",
        "-1, -1",
        "+5, 5",
        "--1, 1",
        "1h30m, 5400",
        "1h 30m, 5400",
        "1h 30, 3630",
        "1 2, 3",
        "1m1, 61",
        "1h - 5m, 3300",
        "1h -30m, 1800",
        "1h 30m - 5, 5395",
        "1.5h, 5400",
        ".5h, 1800",
        "1 h, 3600",
        "1M, 60",
        "1mo, 2629800",
        "1y 6mo, 47336400",
        "1 Y, 31557600",
        "1hh, 3600",
        "1hour30min, 5400",
        "3 days, 259200",
        "1d12h, 129600",
        "1w 2d, 777600",
        "90 seconds, 90",
        "2*3, 6",
        "1h/2, 1800",
        "7//2, 3",
        "-7//2, -4",
        "7 % 4, 3",
        "(1h+5m)*2, 7800",
        "((1)), 1",
        "1h30m*2, 7200",
        "2*1h30m, 9000",
    })
    void parse_whatFail2banTakes_meansTheSame(String text, long seconds) {
        assertThat(TimeExpression.parse(text)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc",
                "1e3",
                "1h+",
                "0x10",
                "1.h",
                "1h,5",
                "1fortnight",
                "1_000",
                "2**3",
                "1<<3",
                "(1",
                "1)",
                "()",
                "*2",
                "1;2",
                "1/0",
                "0/0",
                "1%0",
                "h",
                "1 % ",
                "ban.Time",
                "1h\u0000",
            })
    void parse_anythingElse_isNoTime(String text) {
        assertThat(TimeExpression.parse(text)).isEmpty();
    }

    @Test
    void parse_aHundredYears_isTheLongest() {
        assertThat(TimeExpression.parse("100y")).contains(Duration.ofDays(36_525));
        assertThat(TimeExpression.parse("101y")).isEmpty();
        assertThat(TimeExpression.parse("9".repeat(190))).isEmpty();
    }

    @Test
    void parse_fractionOfASecond_isKeptToTheMillisecond() {
        assertThat(TimeExpression.parse("0.25")).contains(Duration.ofMillis(250));
    }

    @Test
    void parse_nestedAsDeepAsItMayBe_comesBack() {
        assertThat(TimeExpression.parse("(".repeat(99) + "7" + ")".repeat(99))).contains(Duration.ofSeconds(7));
        assertThat(TimeExpression.parse("(".repeat(100_000))).isEmpty();
        assertThat(TimeExpression.parse("-".repeat(199) + "1")).contains(Duration.ofSeconds(-1));
    }
}
