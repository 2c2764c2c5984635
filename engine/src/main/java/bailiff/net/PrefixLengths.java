package bailiff.net;

/** How many networks of each prefix length there are, by family. Not thread-safe. */
final class PrefixLengths {

    /* Lengths in use stand in a bit set, so that looking an address up costs nothing for the others. */
    private final int[] v4 = new int[33];
    private final int[] v6 = new int[129];
    private final long[] usedV4 = new long[1];
    private final long[] usedV6 = new long[3];

    void add(boolean isV4, int length) {
        if ((isV4 ? v4 : v6)[length]++ == 0) {
            used(isV4)[length >>> 6] |= 1L << length;
        }
    }

    void remove(boolean isV4, int length) {
        if (--(isV4 ? v4 : v6)[length] == 0) {
            used(isV4)[length >>> 6] &= ~(1L << length);
        }
    }

    /** The longest length in use that is not above {@code most}; -1 where there is none. */
    int longest(boolean isV4, int most) {
        if (most < 0) {
            return -1;
        }
        long[] used = used(isV4);
        int word = most >>> 6;
        long bits = used[word] & (-1L >>> (63 - (most & 63)));
        while (bits == 0) {
            if (--word < 0) {
                return -1;
            }
            bits = used[word];
        }
        return (word << 6) + 63 - Long.numberOfLeadingZeros(bits);
    }

    private long[] used(boolean isV4) {
        return isV4 ? usedV4 : usedV6;
    }
}
