package bailiff.filter;

/**
 * Accepts a needle that was found in a block of lines where its line may contain the literal of which it is a piece. Not
 * thread-safe: for one search in one block.
 */
final class InLine implements Needles.Hit {

    /*
     * Most needles that are found and will not do are turned away by the bytes beside them. Only where the literal may
     * have been cut is the line looked through, from end to end; so often for one line and no more, since whoever writes
     * a log may write a needle into it a thousand times. Such a line is then accepted, as one that is too long is.
     */

    /** What a look at a whole line is paid with: 16 of them are allowed. */
    private static final int PRICE = 4;

    /** How far a line's end is looked for, in bytes; lines are not handed over any longer. */
    private static final int FARTHEST = 8_192;

    private final Needles needles;
    private final byte[] block;
    private final int from;
    private final int to;
    private int begin;
    private int end;
    private Looks looks = new Looks();

    /** For lines of the block between these bounds. */
    InLine(Needles needles, byte[] block, int from, int to) {
        this.needles = needles;
        this.block = block;
        this.from = from;
        this.to = to;
        this.begin = from;
        this.end = from;
    }

    @Override
    public boolean isAccepted(int number, int at) {
        Needle needle = needles.list().get(number);
        if (needle.isWhole(block, at, from, to)) {
            return true;
        }
        if (!needle.isPart(block, at, from, to)) {
            return false;
        }
        if (at < begin || at >= end) {
            begin = begin(at);
            end = end(at);
            looks = new Looks();
        }
        return end - begin > FARTHEST || !looks.areLeft(PRICE) || needle.isOfLiteral(block, at, begin, end);
    }

    private int begin(int at) {
        int least = Math.max(from, at - FARTHEST - 1);
        int begin = at;
        while (begin > least && block[begin - 1] != '\n') {
            begin--;
        }
        return begin;
    }

    private int end(int at) {
        int most = Math.min(to, at + FARTHEST + 1);
        int end = at;
        while (end < most && block[end] != '\n') {
            end++;
        }
        return end;
    }
}
