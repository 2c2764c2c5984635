package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RanksTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 0",
        "5, 4, 1, 0",
        "5, 4, 4, 3",
        "5, 4, 100, 3",
        "9, 8, 8, 7",
        "10, 4, 1, 0",
        "10, 4, 3, 1",
        "10, 4, 9, 3",
        "1000, 8, 127, 6",
        "1000, 8, 999, 7",
        "2147483647, 8, 2147483646, 7",
    })
    void of_someFailures_isHigherTheMoreThereAre(int maxretry, int count, int failures, int rank) {
        Ranks ranks = new Ranks(maxretry);

        assertThat(ranks.count()).isEqualTo(count);
        assertThat(ranks.of(failures)).isEqualTo(rank);
    }
}
