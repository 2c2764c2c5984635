package bailiff.source;

import bailiff.line.LogLine;

/**
 * Cuts what was read from a file into lines.
 *
 * <p>One block of 64 KiB serves all files of a jail. Not thread-safe: one jail's follower owns it.
 */
final class LineCutter {

    /*
     * A line that has no end yet stays in the file: it is not done with, so it is read again together with its end. That
     * costs at most LIMIT bytes for each look and leaves no state but a position. The exception is a line beyond the
     * limit, which is handed over at once; from then on `inLine` says that its rest is to be skipped.
     *
     * Leading NULs are a hole: a writer without O_APPEND leaves one when copytruncate empties the file under it. They are
     * skipped without limit, but NULs at the very end are left alone at first, for they may still be overwritten.
     */

    /** The longest line that is handed over whole, in bytes. */
    static final int LIMIT = 8_192;

    /** How much is read at once, in bytes. */
    static final int BLOCK = 64 * 1024;

    private final byte[] block = new byte[BLOCK];
    private int done;
    private boolean inLine;
    private boolean cutShort;
    private long taken;

    /** Takes the lines of one block. */
    @FunctionalInterface
    interface Receiver {

        /** Takes the line that begins at this index of the block. */
        void line(LogLine line, int at, boolean whole);

        /** Whether the rest of the block is to be left for later. */
        default boolean isEnough() {
            return false;
        }
    }

    /** Where the next bytes are to be put, from index 0. */
    byte[] block() {
        return block;
    }

    /**
     * Cuts the first {@code length} bytes of the block. Should the receiver throw, then {@link #done()} counts the line
     * that it was given.
     *
     * @param inLine whether they begin within an overlong line
     */
    void cut(int length, boolean inLine, Receiver receiver) {
        this.inLine = inLine;
        done = 0;
        boolean more = true;
        cutShort = false;
        while (more && done < length && !cutShort) {
            more = this.inLine ? skipRest(length) : next(length, receiver);
            cutShort = receiver.isEnough();
        }
    }

    /** Whether the receiver had enough before the block's end. */
    boolean isCutShort() {
        return cutShort;
    }

    /** How many bytes of the block are done with. */
    int done() {
        return done;
    }

    /** Whether what follows the bytes done with belongs to an overlong line. */
    boolean inLine() {
        return inLine;
    }

    /** Counts bytes that were read into the block. */
    void take(int bytes) {
        taken += bytes;
    }

    /** Bytes read into the block so far. */
    long taken() {
        return taken;
    }

    private boolean skipRest(int length) {
        int end = LineFeeds.next(block, done, length);
        inLine = end < 0;
        done = inLine ? length : end + 1;
        return true;
    }

    /** Cuts one line; false when the bytes that are left are none. */
    private boolean next(int length, Receiver receiver) {
        int start = afterNuls(done, length);
        if (start == length) {
            done = length - done > LIMIT ? length : done;
            return false;
        }
        int end = LineFeeds.next(block, start, Math.min(length, start + LIMIT + 2));
        if (end >= 0) {
            done = end + 1;
            int last = end > start && block[end - 1] == '\r' ? end - 1 : end;
            boolean whole = last - start <= LIMIT;
            receiver.line(LogLine.of(block, start, whole ? last : start + LIMIT), start, whole);
            return true;
        }
        if (!isTooLong(start, length)) {
            done = start;
            return false;
        }
        done = start + LIMIT;
        inLine = true;
        receiver.line(LogLine.of(block, start, done), start, false);
        return true;
    }

    /** Whether the bytes cannot become a line within the limit; one more is allowed while it may be a carriage return. */
    private boolean isTooLong(int start, int length) {
        int excess = length - start - LIMIT;
        return excess > 1 || (excess == 1 && block[length - 1] != '\r');
    }

    private int afterNuls(int from, int to) {
        int at = from;
        while (at < to && block[at] == 0) {
            at++;
        }
        return at;
    }
}
