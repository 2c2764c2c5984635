package bailiff.filter;

import java.util.Arrays;

/** Where the {@link Walker} was: a bit for each of its states at each place of a text. Not thread-safe. */
final class Marks {

    /** Memory beyond this, in words of eight bytes, is given back after the text that needed it. */
    private static final int MOST_KEPT = 8_192;

    private long[] bits = {};
    private int width;

    /** Forgets all. At most {@link Program#MOST_STEPS} states, by the places of the longest line: 16 MiB. */
    void begin(int states, int places) {
        width = places;
        int words = (int) (((long) states * places + Long.SIZE - 1) / Long.SIZE);
        if (bits.length < words) {
            bits = new long[words];
        } else {
            Arrays.fill(bits, 0, words, 0);
        }
    }

    /** Whether the place was marked for that state before; it is now. */
    boolean wasAt(int state, int at) {
        long bit = (long) state * width + at;
        int word = (int) (bit / Long.SIZE);
        boolean was = (bits[word] >>> bit & 1) != 0;
        bits[word] |= 1L << bit;
        return was;
    }

    /** Gives back what a long text took. */
    void release() {
        if (bits.length > MOST_KEPT) {
            bits = new long[0];
        }
    }
}
