package bailiff.filter;

/**
 * How often a line is looked through, from one end to the other, to tell whether what was found in it will do. Not
 * thread-safe: for one question about one line.
 */
final class Looks {

    /*
     * What is found is looked at closely, and that may take a look at the whole line. A client can write what is looked
     * for a thousand times into a line, without what must stand beside it: then the work would grow with the square of
     * the line's length. After so many looks, 1 to 2 ms for a line of 8 KiB, the line is rather admitted: its
     * expressions have a budget.
     */
    private static final int MOST = 64;

    private int left = MOST;

    /** Whether another look is allowed, which is to be paid for as so many. */
    boolean areLeft(int cost) {
        boolean areLeft = left > 0;
        left -= areLeft ? cost : 0;
        return areLeft;
    }
}
