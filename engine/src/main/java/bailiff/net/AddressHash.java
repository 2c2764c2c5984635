package bailiff.net;

import java.util.SplittableRandom;

/** Spreads networks over the buckets of a table so that nobody who does not know the seed can choose colliding ones. */
final class AddressHash {

    /*
     * MULTILINEAR of Lemire and Kaser, "Strongly universal string hashing is fast" (2013), over the words of 32 bits of
     * the address and its prefix length: (k0 + k1 w1 + ... + k5 w5 mod 2^64) / 2^32. For any two different networks
     * chosen without knowledge of the keys, the two results are uniform and independent: in a table of n buckets they
     * meet with probability 1/n, whatever the rest of the world sends. It is linear, so addresses in a row would lie in
     * a row; the finalizer of MurmurHash3, which is one to one and so takes nothing from that, scatters them.
     */
    private static final long HALF = 0xffff_ffffL;

    private final long start;
    private final long first;
    private final long second;
    private final long third;
    private final long fourth;
    private final long fifth;

    AddressHash(long seed) {
        SplittableRandom keys = new SplittableRandom(seed);
        start = keys.nextLong();
        first = keys.nextLong();
        second = keys.nextLong();
        third = keys.nextLong();
        fourth = keys.nextLong();
        fifth = keys.nextLong();
    }

    /** 32 bits for the network of that many leading bits. */
    int of(long high, long low, int length) {
        long sum = start
                + first * (high >>> 32)
                + second * (high & HALF)
                + third * (low >>> 32)
                + fourth * (low & HALF)
                + fifth * length;
        return scattered((int) (sum >>> 32));
    }

    private static int scattered(int sum) {
        int mixed = (sum ^ sum >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }
}
