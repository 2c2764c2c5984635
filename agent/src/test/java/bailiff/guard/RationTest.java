package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@link Ration} and {@link Portion}. */
class RationTest {

    @Test
    void take_moreThanARationInOneSecond_countsThemAndGivesAgainInTheNext() {
        Ration ration = new Ration(2);

        assertThat(ration.take(NOON)).isTrue();
        assertThat(ration.take(NOON.plusMillis(999))).isTrue();
        assertThat(ration.take(NOON.plusMillis(999))).isFalse();
        assertThat(ration.take(NOON.plusSeconds(1))).isTrue();
        assertThat(ration.takeRefused()).isEqualTo(1);
        assertThat(ration.takeRefused()).isZero();
    }

    @Test
    void take_clockSetBack_doesNotStarve() {
        Ration ration = new Ration(1);
        ration.take(NOON);

        assertThat(ration.take(NOON.minusSeconds(3_600))).isTrue();
    }

    @Test
    void renew_portionExceeded_tellsByHowMuchAndBeginsAnew() {
        Portion portion = new Portion(2);

        assertThat(portion.take()).isTrue();
        assertThat(portion.take()).isTrue();
        assertThat(portion.take()).isFalse();
        assertThat(portion.renew()).isEqualTo(1);
        assertThat(portion.renew()).isZero();
        assertThat(portion.take()).isTrue();
    }
}
