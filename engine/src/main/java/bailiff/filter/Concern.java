package bailiff.filter;

import java.util.Arrays;

/** Which of the filters of a {@link Sieve} a line may matter to, and what it may be to each. Immutable. */
public final class Concern {

    private final long[] concerned;
    private final long[] open;
    private final long[] unasked;

    /**
     * Of each filter three bits: whether the line concerns it, whether it may be more than the end of a session, and
     * whether the filter takes every line, so that it was not asked for anything.
     */
    Concern(long[] concerned, long[] open, long[] unasked) {
        this.concerned = concerned.clone();
        this.open = open.clone();
        this.unasked = unasked;
    }

    /** The first filter from that place in the sieve's list on that the line concerns; -1 for no more. */
    public int next(int from) {
        int word = from / Long.SIZE;
        long bits = word < concerned.length ? concerned[word] & -1L << from : 0;
        while (bits == 0) {
            word++;
            if (word >= concerned.length) {
                return -1;
            }
            bits = concerned[word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
    }

    /** Whether it is nobody's concern. */
    public boolean isNobodys() {
        return next(0) < 0;
    }

    /** What the line may be to that filter. */
    public Prospect prospect(int filter) {
        if (!has(concerned, filter)) {
            return Prospect.NOTHING;
        }
        if (has(unasked, filter)) {
            return Prospect.UNKNOWN;
        }
        return has(open, filter) ? Prospect.ANYTHING : Prospect.END_OF_SESSION;
    }

    private static boolean has(long[] bits, int index) {
        return (bits[index / Long.SIZE] & 1L << index) != 0;
    }

    /** Whether it consists of these bits. */
    boolean isOf(long[] theseConcerned, long[] theseOpen) {
        return Arrays.equals(concerned, theseConcerned) && Arrays.equals(open, theseOpen);
    }
}
