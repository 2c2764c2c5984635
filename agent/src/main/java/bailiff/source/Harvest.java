package bailiff.source;

import bailiff.filter.Concern;
import bailiff.line.LogLine;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a stretch of a past log: the lines that may matter, copied, and how many others stand between them.
 *
 * <p>Not thread-safe; handed on from the thread that fills it to the one that empties it.
 */
final class Harvest {

    /** Bytes of lines from which on it is full: few enough for the cache, enough that handing on costs nothing. */
    static final int FULL = 128 << 10;

    /* An entry is either a number of lines passed over, times 2; or a line's length times 2, plus 1 if whole, times 2, plus 1. */

    private byte[] bytes = new byte[16 << 10];
    private long[] lines = new long[64];
    private @Nullable Concern[] concerns = new Concern[64];
    private int size;
    private int count;
    private long numbered;
    private boolean last;
    private @Nullable Throwable failure;

    /** Forgets everything; what follows comes after so many lines of the log. */
    void begin(long linesBefore) {
        size = 0;
        count = 0;
        numbered = linesBefore;
        last = false;
        failure = null;
    }

    /**
     * Copies a line; the line feed and what stands before it are not part of it.
     *
     * @param concern whom it concerns; null where nobody was asked
     */
    void add(byte[] block, int from, int to, boolean whole, @Nullable Concern concern) {
        int length = to - from;
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * bytes.length));
        }
        System.arraycopy(block, from, bytes, size, length);
        put(((long) length << 1 | (whole ? 1 : 0)) << 1 | 1, concern);
        size += length;
    }

    /** Counts lines that cannot matter. */
    void passOver(long number) {
        if (number > 0 && count > 0 && (lines[count - 1] & 1) == 0) {
            lines[count - 1] += number << 1;
        } else if (number > 0) {
            put(number << 1, null);
        }
    }

    private void put(long entry, @Nullable Concern concern) {
        if (count == lines.length) {
            lines = Arrays.copyOf(lines, 2 * count);
            concerns = Arrays.copyOf(concerns, 2 * count);
        }
        concerns[count] = concern;
        lines[count++] = entry;
    }

    /** Says that nothing follows, because of that failure or, without one, because the log is read to its end. */
    void end(@Nullable Throwable because) {
        last = true;
        failure = because;
    }

    /** Whether it should be handed on. */
    boolean isFull() {
        return size >= FULL;
    }

    /** Whether there is nothing in it. */
    boolean isEmpty() {
        return count == 0;
    }

    /**
     * Hands over what is in it.
     *
     * @return whether more follows
     */
    boolean handOver(PastLog.Reader reader) throws IOException {
        long number = numbered;
        int from = 0;
        for (int i = 0; i < count; i++) {
            long entry = lines[i] >>> 1;
            if ((lines[i] & 1) == 0) {
                number += entry;
                reader.passedOver(entry);
            } else {
                int to = from + (int) (entry >>> 1);
                hand(LogLine.of(bytes, from, to), ++number, (entry & 1) != 0, concerns[i], reader);
                from = to;
            }
        }
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
        return !last;
    }

    private static void hand(
            LogLine line, long number, boolean whole, @Nullable Concern concern, PastLog.Reader reader) {
        if (concern == null || !whole) {
            reader.line(line, number, whole);
        } else {
            reader.line(line, number, concern);
        }
    }
}
