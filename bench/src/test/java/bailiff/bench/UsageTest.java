package bailiff.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {

    @Test
    void number_ofAStatusLine_isItsKibibytes() {
        String status = "Name:\tjava\nVmRSS:\t   64312 kB\nRssAnon:\t   41216 kB\n";

        assertThat(Usage.number(status, "VmRSS")).isEqualTo(64_312);
        assertThat(Usage.number(status, "RssFile")).isZero();
    }

    @Test
    void ticks_ofAProcessWithASpaceInItsName_areItsOwnAndItsChildrens() {
        String stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 7 8 9 10 1000 200 30 4 20 0 1 0 5";

        assertThat(Usage.ticks(stat)).isEqualTo(1_234);
    }
}
