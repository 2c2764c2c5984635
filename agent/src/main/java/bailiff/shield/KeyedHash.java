package bailiff.shield;

import java.util.random.RandomGenerator;

/**
 * Numbers of 61 bits for what visitors choose, by which tables may be keyed: a polynomial in a secret point modulo the
 * prime 2^61 - 1 (Carter and Wegman, JCSS 18, 1979). Two different inputs of n parts have the same number with a
 * probability below n / 2^60, whoever chose them, so that nobody can make a table slow or pass for somebody else.
 *
 * <p>Immutable and safe for any thread.
 */
final class KeyedHash {

    /** Where a number begins, of which no part is known yet. */
    static final long START = 1;

    private static final long PRIME = (1L << 61) - 1;

    private final long point;

    /** Numbers that nobody can foresee who does not know what the generator gives. */
    KeyedHash(RandomGenerator chance) {
        this.point = chance.nextLong(1L << 32, PRIME);
    }

    /** The number of what {@code hash} is the number of, with a whole number behind it. */
    long with(long hash, long value) {
        return step(step(hash, value >>> 32), value & 0xffff_ffffL);
    }

    /** The number of what {@code hash} is the number of, with a text behind it, and that text's end. */
    long with(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = step(mixed, text.charAt(i) + 1L);
        }
        return step(mixed, 0);
    }

    /** {@code (hash * point + part) mod PRIME}; the part is below 2^32, the hash below the prime. */
    private long step(long hash, long part) {
        long high = Math.multiplyHigh(hash, point);
        long low = hash * point;
        long sum = (low & PRIME) + (high << 3 | low >>> 61) + part;
        long folded = (sum & PRIME) + (sum >>> 61);
        return folded >= PRIME ? folded - PRIME : folded;
    }
}
