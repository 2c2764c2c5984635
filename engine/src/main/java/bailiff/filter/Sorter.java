package bailiff.filter;

import bailiff.line.LogLine;
import java.util.Arrays;

/** Says of one line after the other which of the filters of a {@link Sieve} it concerns. Not thread-safe. */
public final class Sorter implements Claims.Taker {

    /** So many different answers are kept to be given again; a log has a few dozen kinds of lines. */
    private static final int KEPT = 256;

    private static final int SPREAD = 0x9e3779b1;

    private final Sieve sieve;
    private final long[] alone;
    private final long[] together;
    private final long[] concerned;
    private final long[] open;
    private final Concern[] known = new Concern[KEPT];
    private final Hits hits = new Hits();
    private boolean whole;
    private int next;
    private int to;

    Sorter(Sieve sieve) {
        this.sieve = sieve;
        this.alone = sieve.certain(false);
        this.together = sieve.certain(true);
        this.concerned = alone.clone();
        this.open = alone.clone();
        Arrays.fill(known, new Concern(concerned, open, together));
    }

    /**
     * Looks through whole lines of a block for what may matter by itself. Of these lines, {@link #next} and {@link #sort(
     * byte[], int, int)} are then to be asked in their order.
     */
    public void begin(byte[] block, int from, int to) {
        whole = hits.find(sieve.claims().needles(), block, from, to);
        this.next = 0;
        this.to = to;
    }

    /** The index of a byte of the first line from there on that may matter by itself; -1 when there is none. */
    public int next(byte[] block, int from) {
        if (!whole) {
            return sieve.find(block, from, to);
        }
        while (next < hits.size() && hits.at(next) < from) {
            next++;
        }
        return next < hits.size() ? hits.at(next) : -1;
    }

    /** Whom the line concerns that is between the bounds and in which {@link #next} found something, by itself. */
    public Concern sort(byte[] block, int from, int end) {
        if (!whole) {
            return sort(block, from, end, false);
        }
        start(alone);
        int first = next;
        while (next < hits.size() && hits.at(next) < end) {
            next++;
        }
        sieve.claims().tell(block, from, end, hits, first, next, this);
        return result();
    }

    /**
     * Whom the line between the bounds concerns.
     *
     * @param joined whether it may matter together with lines beside it, and not only by itself
     */
    public Concern sort(byte[] block, int from, int end, boolean joined) {
        start(joined ? together : alone);
        sieve.claims().tell(block, from, end, this);
        return result();
    }

    private void start(long[] certain) {
        System.arraycopy(certain, 0, concerned, 0, concerned.length);
        System.arraycopy(certain, 0, open, 0, open.length);
    }

    private Concern result() {
        int hash = (Arrays.hashCode(concerned) * 31 + Arrays.hashCode(open)) * SPREAD;
        int slot = hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(KEPT));
        if (!known[slot].isOf(concerned, open)) {
            known[slot] = new Concern(concerned, open, together);
        }
        return known[slot];
    }

    /** The same for a line apart from its block. */
    public Concern sort(LogLine line, boolean joined) {
        Concern[] told = new Concern[1];
        boolean _ = line.has((block, from, to) -> {
            told[0] = sort(block, from, to, joined);
            return true;
        });
        return told[0];
    }

    @Override
    public boolean wants(int claim) {
        int filter = sieve.filter(claim);
        long bit = 1L << filter;
        return (open[filter / Long.SIZE] & bit) == 0
                && !(sieve.isClosing(claim) && (concerned[filter / Long.SIZE] & bit) != 0);
    }

    @Override
    public boolean take(int claim) {
        int filter = sieve.filter(claim);
        concerned[filter / Long.SIZE] |= 1L << filter;
        open[filter / Long.SIZE] |= sieve.isClosing(claim) ? 0 : 1L << filter;
        return false;
    }
}
