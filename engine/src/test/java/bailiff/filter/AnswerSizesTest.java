package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.IpAddress;
import org.junit.jupiter.api.Test;

class AnswerSizesTest {

    private static final String SITE = "blog.example";

    private final AnswerSizes sizes = new AnswerSizes();

    @Test
    void logins_wordPresssOwnFaults_areOne() {
        assertThat(sizes.logins(SITE, 403)).isOne();
        assertThat(sizes.logins(SITE, 370)).isOne();
    }

    @Test
    void logins_sizeThatNobodyKnows_tellsNothing() {
        assertThat(sizes.logins(SITE, 614)).isZero();
        assertThat(sizes.logins(SITE, -1)).isZero();
    }

    @Test
    void seen_sameAnswerToEightNetworksAndNothingElse_isARefusal() {
        seen(7, 614);
        assertThat(sizes.logins(SITE, 614)).isZero();

        seen(8, 614);
        assertThat(sizes.logins(SITE, 614)).isOne();
        assertThat(sizes.logins("other.example", 614)).isZero();
    }

    @Test
    void seen_appsThatAskForMore_areNotTakenForGuessers() {
        for (int i = 0; i < 20; i++) {
            sizes.seen(SITE, network(i), 800);
            sizes.seen(SITE, network(i), 2_000 + i);
        }

        assertThat(sizes.logins(SITE, 800)).isZero();
    }

    @Test
    void seen_oneNetworkManyTimes_isNotEnough() {
        for (int i = 0; i < 100; i++) {
            sizes.seen(SITE, IpAddress.ofV4(0xcb007100 | i), 614);
        }

        assertThat(sizes.logins(SITE, 614)).isZero();
    }

    @Test
    void logins_headersCounted_shiftsEverySize() {
        sizes.failed(SITE, 403 + 211);

        assertThat(sizes.logins(SITE, 370 + 211)).isOne();
        assertThat(sizes.logins(SITE, 187 + 214 * 3 + 211)).isEqualTo(3);
        assertThat(sizes.logins(SITE, 187 + 214 * 3 + 212)).isZero();
    }

    @Test
    void logins_pingbackFaultLearnedFirst_givesWayToTheLongerFault() {
        sizes.failed(SITE, 370 + 211);
        sizes.failed(SITE, 403 + 211);

        assertThat(sizes.logins(SITE, 187 + 214 * 5 + 211)).isEqualTo(5);
    }

    @Test
    void seen_endlessSizesAndSites_forgetsNoLearnedRefusal() {
        sizes.failed(SITE, 614);

        for (int i = 0; i < 5_000; i++) {
            sizes.seen(SITE, network(i), 1_000 + i);
            sizes.seen("site-" + i, network(i), 1_000 + i);
        }

        assertThat(sizes.logins(SITE, 614)).isOne();
    }

    private void seen(int networks, long bytes) {
        for (int i = 0; i < networks; i++) {
            sizes.seen(SITE, network(i), bytes);
        }
    }

    private static IpAddress network(int number) {
        return IpAddress.ofV4(0x0a00_0001 + (number << 16));
    }
}
