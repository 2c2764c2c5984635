package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTimesTest {

    private static final long FINDTIME = 600_000;

    private final FailureTimes times = new FailureTimes();

    @Test
    void within_stretchOfExactlyFindtime_countsBothEnds() {
        add(0, 300_000, 600_000);

        assertThat(times.within(FINDTIME, 600_000)).isEqualTo(3);
    }

    @Test
    void within_stretchThatDoesNotHoldTheTime_isNotCounted() {
        add(0, 1, 2, 650_000);

        assertThat(times.within(FINDTIME, 650_000)).isOne();
    }

    @Test
    void add_timesOutOfOrder_areSorted() {
        add(500, 100, 300);

        assertThat(times.last()).isEqualTo(500);
        assertThat(times.span(3)).isEqualTo(400);
        assertThat(times.span(2)).isEqualTo(200);
    }

    @Test
    void add_timesBeyondFindtimeAndLateness_areLetGo() {
        add(0, FINDTIME + FailureTimes.LATENESS);
        assertThat(times.span(9)).isEqualTo(FINDTIME + FailureTimes.LATENESS);

        add(FINDTIME + FailureTimes.LATENESS + 1);

        assertThat(times.span(9)).isOne();
    }

    private void add(long... moments) {
        for (long moment : moments) {
            times.add(moment, FINDTIME);
        }
    }
}
