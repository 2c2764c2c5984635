package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTimesTest {

    private static final long FINDTIME = 600_000;

    private final FailureTimes times = new FailureTimes(8);

    @Test
    void heaviest_stretchOfExactlyFindtime_countsBothEnds() {
        add(0, 300_000, 600_000);

        assertThat(times.heaviest(FINDTIME, 600_000)).isEqualTo(new FailureTimes.Stretch(3, 600_000));
    }

    @Test
    void heaviest_stretchThatDoesNotHoldTheTime_isNotCounted() {
        add(0, 1, 2, 650_000);

        assertThat(times.heaviest(FINDTIME, 650_000)).isEqualTo(new FailureTimes.Stretch(1, 0));
    }

    @Test
    void add_timesOutOfOrder_areSorted() {
        add(500, 100, 300);

        assertThat(times.last()).isEqualTo(500);
        assertThat(times.heaviest(FINDTIME, 300)).isEqualTo(new FailureTimes.Stretch(3, 400));
        assertThat(times.heaviest(200, 500)).isEqualTo(new FailureTimes.Stretch(2, 200));
    }

    @Test
    void add_timesBeyondFindtimeAndLateness_areLetGo() {
        long whole = FINDTIME + FailureTimes.LATENESS;
        add(0, whole);
        assertThat(times.heaviest(whole, whole).failures()).isEqualTo(2);

        add(whole + 1);

        assertThat(times.heaviest(2 * whole, whole).failures())
                .as("the first is gone")
                .isEqualTo(2);
    }

    private void add(long... moments) {
        for (long moment : moments) {
            times.add(moment, FINDTIME);
        }
    }
}
