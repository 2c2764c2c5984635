package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.control.ControlException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Times}, and the time that {@link LogArguments} reads. */
class TimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void local_noEnd_isForEver() {
        assertThat(Times.local(Instant.MAX)).isEqualTo("for ever");
        assertThat(Times.local((Object) Integer.valueOf(-1))).isEqualTo("for ever");
    }

    @Test
    void local_contractsTime_isTheSameMoment() {
        Instant moment = Instant.parse("2026-04-09T12:00:00Z");

        assertThat(Times.local((Object) "2026-04-09T12:00:00.000Z"))
                .isEqualTo(Times.local(moment))
                .hasSize("2026-04-09 12:00:00".length());
    }

    @Test
    void local_momentsOfSeveralSeconds_areEachTheirOwn() {
        Instant moment = Instant.parse("2026-04-09T12:00:07Z");
        String seventh = Times.local(moment);

        assertThat(seventh).endsWith(":07");
        assertThat(Times.local(moment.plusSeconds(1))).endsWith(":08");
        assertThat(Times.local(moment.plusMillis(999))).isEqualTo(seventh);
        assertThat(Times.local(moment.minusMillis(1))).endsWith(":06");
    }

    @ParameterizedTest
    @CsvSource({
        "2016-04-09T12:00:00Z, 2016-04-09T12:00:00Z",
        "2016-04-09 12:00:00, 2016-04-09T10:00:00Z",
        "2016-04-09T12:00:00+05:30, 2016-04-09T06:30:00Z",
        "2016-04-09, 2016-04-09T21:59:59Z",
    })
    void now_isoTime_isThatMomentInItsZoneOrTheGivenOne(String text, Instant moment) throws ControlException {
        assertThat(LogArguments.now(text, BERLIN, Instant.EPOCH)).isEqualTo(moment);
    }

    @Test
    void now_nothing_isTheUsualMoment() throws ControlException {
        assertThat(LogArguments.now("", BERLIN, Instant.EPOCH)).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2016-02-31", "2016-04-09T12:00:00+0530", "12:00:00"})
    void now_noTime_isWrongUsage(String text) {
        assertThatThrownBy(() -> LogArguments.now(text, BERLIN, Instant.EPOCH))
                .isInstanceOf(ControlException.class)
                .hasMessageStartingWith("--now: read '" + text + "'");
    }
}
