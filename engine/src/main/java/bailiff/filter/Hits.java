package bailiff.filter;

import java.util.Arrays;
import java.util.List;

/** Where needles stand in a block, in the order of their places. Used again for every block. Not thread-safe. */
final class Hits {

    /** So many are kept of a block; of a usual one of 256 KiB, some thousands. A block with more is asked line by line. */
    static final int MOST = 32_768;

    private long[] hits = new long[256];
    private int size;
    private boolean sorted = true;

    /**
     * Looks for the needles in whole lines.
     *
     * @return whether all are kept that were found; if not, it holds none
     */
    boolean find(Needles needles, byte[] block, int from, int to) {
        size = 0;
        sorted = true;
        List<Needle> list = needles.list();
        boolean tooMany = needles.find(
                        block,
                        from,
                        to,
                        (number, at) -> mayBe(list.get(number), block, at, from, to) && !add(number, at))
                >= 0;
        if (tooMany) {
            size = 0;
        }
        if (!sorted) {
            Arrays.sort(hits, 0, size);
        }
        return !tooMany;
    }

    /** Whether what stands beside the needle does not tell already that it is no part of its literal. */
    private static boolean mayBe(Needle needle, byte[] block, int at, int from, int to) {
        return needle.isWhole(block, at, from, to) || needle.isPart(block, at, from, to);
    }

    private boolean add(int number, int at) {
        if (size == MOST) {
            return false;
        }
        if (size == hits.length) {
            hits = Arrays.copyOf(hits, 2 * size);
        }
        long hit = (long) at << Integer.SIZE | number;
        sorted &= size == 0 || hits[size - 1] <= hit;
        hits[size++] = hit;
        return true;
    }

    int size() {
        return size;
    }

    /** Which needle it is. */
    int number(int hit) {
        return (int) hits[hit];
    }

    /** Where it stands. */
    int at(int hit) {
        return (int) (hits[hit] >>> Integer.SIZE);
    }
}
