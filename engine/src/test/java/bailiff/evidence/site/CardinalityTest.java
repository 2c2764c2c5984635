package bailiff.evidence.site;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardinalityTest {

    /** Three standard errors of 1.04 / sqrt(1,024). */
    private static final Percentage NEARLY = Percentage.withPercentage(10);

    private final SplittableRandom random = new SplittableRandom(5);

    private Cidr source() {
        return IpAddress.ofV4(random.nextInt()).alone();
    }

    @Test
    void count_ofFew_isExactHoweverOftenTheyCome() {
        Cardinality sources = new Cardinality();
        Cidr first = source();
        for (int i = 1; i < Cardinality.EXACT; i++) {
            sources.add(source());
            sources.add(first);
        }

        assertThat(sources.count()).isEqualTo(Cardinality.EXACT);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 1_000, 3_000, 10_000, 200_000})
    void count_ofMany_isNearlyRight(int many) {
        Cardinality sources = new Cardinality();
        for (int i = 0; i < many; i++) {
            sources.add(source());
        }

        assertThat(sources.count()).isCloseTo(many, NEARLY);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100, 2_000})
    void merge_ofTwoThatShareSources_countsAsOneThatSawAll(int each) throws IOException {
        Cardinality all = new Cardinality();
        Cardinality left = new Cardinality();
        Cardinality right = new Cardinality();
        for (int i = 0; i < each; i++) {
            Cidr one = source();
            Cidr other = source();
            all.add(one);
            all.add(other);
            left.add(one);
            right.add(other);
            if (i % 3 == 0) {
                right.add(one);
            }
        }

        left.merge(restored(right));

        assertThat(left.count()).isEqualTo(all.count());
    }

    private static Cardinality restored(Cardinality sources) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sources.write(new DataOutputStream(bytes));
        return Cardinality.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
