package bailiff.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void milliseconds_ofAHundredDurations_areTheNearestRanks() {
        Latencies latencies = new Latencies();
        for (int i = 100; i >= 1; i--) {
            latencies.add(i * 1_000_000L);
        }

        assertThat(latencies.milliseconds(0.5)).isEqualTo(50);
        assertThat(latencies.milliseconds(0.99)).isEqualTo(99);
        assertThat(latencies.milliseconds(1)).isEqualTo(100);
    }

    @Test
    void milliseconds_ofNothing_isNoNumber() {
        assertThat(new Latencies().milliseconds(0.5)).isNaN();
    }

    @Test
    void row_withAMiss_countsItApart() {
        Latencies latencies = new Latencies();
        latencies.add(2_500_000);
        latencies.miss();

        assertThat(latencies.row("some").trim().split("\\s+", -1))
                .containsExactly("some", "2.50", "2.50", "2.50", "2.50", "1", "1");
    }

    @Test
    void slowest_namesTheirPlacesInTime() {
        Latencies latencies = new Latencies();
        latencies.add(1_000_000);
        latencies.add(9_000_000);
        latencies.add(5_000_000);

        assertThat(latencies.slowest(2)).isEqualTo("9.0 (no. 2), 5.0 (no. 3)");
    }
}
