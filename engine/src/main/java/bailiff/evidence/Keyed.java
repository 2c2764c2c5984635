package bailiff.evidence;

import bailiff.net.Cidr;
import java.util.SplittableRandom;

/** Hashes hostile text to numbers that nobody who does not know the seed can make meet. Immutable. */
final class Keyed {

    /*
     * The text as a polynomial over the integers modulo the prime 2^61 - 1, evaluated at a secret point (Carter and
     * Wegman, 1979; Dietzfelbinger, Gil, Matias and Pippenger, 1992): two texts of at most n characters meet with
     * probability n / 2^61. The finalizer of MurmurHash3, which is one to one, spreads that over all bits.
     */
    private static final int BITS = 61;
    private static final long PRIME = (1L << BITS) - 1;

    private static final long HALF = 0xffff_ffffL;

    private final long point;

    Keyed(long seed) {
        this.point = new SplittableRandom(seed).nextLong(1L << 32, PRIME);
    }

    /** The number of these texts, one behind the other; where one ends counts as well. */
    long of(String... texts) {
        long hash = 1;
        for (String text : texts) {
            for (int i = 0; i < text.length(); i++) {
                hash = next(hash, text.charAt(i) + 2);
            }
            hash = next(hash, 1);
        }
        return scattered(hash);
    }

    /** The number of a network that belongs to something else, of which that is the number. */
    long of(long owner, Cidr network) {
        long hash = next(1, owner & HALF);
        hash = next(hash, owner >>> Integer.SIZE);
        long high = network.first().high();
        long low = network.first().low();
        hash = next(next(hash, high & HALF), high >>> Integer.SIZE);
        hash = next(next(hash, low & HALF), low >>> Integer.SIZE);
        return scattered(next(hash, network.length()));
    }

    private long next(long hash, long added) {
        long high = Math.multiplyHigh(hash, point);
        long low = hash * point;
        long sum = (low & PRIME) + (low >>> BITS | high << (Long.SIZE - BITS)) + added;
        sum = (sum & PRIME) + (sum >>> BITS);
        return sum >= PRIME ? sum - PRIME : sum;
    }

    static long scattered(long number) {
        long mixed = (number ^ number >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
