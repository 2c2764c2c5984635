package bailiff.shield;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyedHashTest {

    private static final BigInteger PRIME = BigInteger.TWO.pow(61).subtract(BigInteger.ONE);

    /* The point is the first number that the generator gives, which the same seed gives again. */
    private final long point = new Random(3).nextLong(1L << 32, PRIME.longValueExact());
    private final KeyedHash hash = new KeyedHash(new Random(3));

    private BigInteger step(BigInteger before, long part) {
        return before.multiply(BigInteger.valueOf(point))
                .add(BigInteger.valueOf(part))
                .mod(PRIME);
    }

    @Test
    void with_numbers_isThePolynomial() {
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            long before = random.nextLong(PRIME.longValueExact());
            long value = random.nextLong();

            BigInteger expected = step(step(BigInteger.valueOf(before), value >>> 32), value & 0xffff_ffffL);

            assertThat(hash.with(before, value)).isEqualTo(expected.longValueExact());
        }
    }

    @Test
    void with_texts_tellsWhereOneEnds() {
        Set<Long> seen = new HashSet<>();
        for (String[] pair : new String[][] {{"a", "b"}, {"ab", ""}, {"", "ab"}, {"a\u0000", "b"}, {"\u0000a", "b"}}) {
            seen.add(hash.with(hash.with(KeyedHash.START, pair[0]), pair[1]));
        }

        assertThat(seen).hasSize(5);
    }
}
