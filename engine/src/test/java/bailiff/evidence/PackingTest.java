package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackingTest {

    /** Default limits, 5 in 10 minutes, need one word: 52 bytes a source with the table's. */
    @ParameterizedTest
    @CsvSource({
        "1, 660000, 1, 4",
        "5, 660000, 1, 4",
        "6, 660000, 2, 7",
        "5, 2097151, 1, 4",
        "4, 2097152, 1, 3",
        "5, 2097152, 2, 5",
        "100, 86460000, 2, 5",
    })
    void of_anyIndex_givesWhatWasPutIn(int maxretry, long longest, int words, int fit) {
        Packing packing = new Packing(maxretry, longest);
        long near = 0;
        long far = 0;
        for (int i = 0; i < fit - 1; i++) {
            near |= packing.near(i, packing.farthest() - i);
            far |= packing.far(i, packing.farthest() - i);
        }

        assertThat(packing.words()).isEqualTo(words);
        assertThat(packing.fit()).isEqualTo(fit);
        assertThat(words > 1 ? 0 : far).isZero();
        for (int i = 0; i < fit - 1; i++) {
            assertThat(packing.of(i, near, far)).isEqualTo(packing.farthest() - i);
        }
    }
}
