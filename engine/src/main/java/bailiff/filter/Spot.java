package bailiff.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds where one needle may stand in a block, or one of some that are much alike, by four bytes of it. Immutable. */
final class Spot {

    /*
     * Eight places at once: of each place the bytes that differ from what should stand there are gathered in a word; where
     * a byte of it stays 0, the four bytes stand. The loop has no branch, so that the compiler turns it into vector code
     * by itself: 50 GB/s, where one that leaves at the first place found runs at 4. The place itself is then looked for in
     * the few stretches that have one.
     *
     * Of a long needle those four bytes are taken that are the least likely to stand in other lines. Of several needles
     * only the bits matter in which all of them agree.
     */
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final int WIDTH = 4;

    /** So far behind a place the last byte is that is read with it. */
    private static final int REACH = Long.BYTES + WIDTH;

    private final long[] values = new long[WIDTH];
    private final long[] cares = new long[WIDTH];
    private final int offset;

    /** For these needles, of which those that are alone may be found by any part, others by how they begin. */
    Spot(List<Needle> needles) {
        this.offset = needles.size() == 1 ? rarest(needles.getFirst()) : 0;
        for (int i = 0; i < WIDTH; i++) {
            byte one = byteAt(needles.getFirst(), i);
            int care = 0xff;
            for (Needle needle : needles) {
                care &= i < needle.length() ? ~needle.free(offset + i) & ~(byteAt(needle, i) ^ one) : 0;
            }
            cares[i] = ONES * (care & 0xff);
            values[i] = ONES * (one & 0xff) & cares[i];
        }
    }

    private byte byteAt(Needle needle, int index) {
        return index < needle.length() ? needle.bytes()[offset + index] : 0;
    }

    /** Where the rarest four bytes of a needle begin. */
    private static int rarest(Needle needle) {
        int best = 0;
        int most = -1;
        for (int start = 0; start + WIDTH <= needle.length(); start++) {
            String piece = new String(needle.bytes(), start, WIDTH, StandardCharsets.ISO_8859_1);
            int rarity = new Literal(piece, false).rarity();
            if (rarity > most) {
                most = rarity;
                best = start;
            }
        }
        return best;
    }

    /** How far the bytes stand behind the needle's first one. */
    int offset() {
        return offset;
    }

    /**
     * Whether the bytes stand at some place from {@code from} up to, not including, {@code end}, or may do so: at the very
     * end of what can be read it says yes.
     */
    boolean isAmong(byte[] block, int from, int end, int to) {
        int last = Math.min(end, to - REACH);
        long value0 = values[0];
        long value1 = values[1];
        long value2 = values[2];
        long value3 = values[3];
        long care0 = cares[0];
        long care1 = cares[1];
        long care2 = cares[2];
        long care3 = cares[3];
        long any = 0;
        int at = from;
        for (; at < last; at += Long.BYTES) {
            long different = (((long) WORDS.get(block, at) & care0) ^ value0)
                    | (((long) WORDS.get(block, at + 1) & care1) ^ value1)
                    | (((long) WORDS.get(block, at + 2) & care2) ^ value2)
                    | (((long) WORDS.get(block, at + 3) & care3) ^ value3);
            any |= ~(((different & ~TOPS) + ~TOPS) | different);
        }
        return at < end || (any & TOPS) != 0;
    }

    /**
     * The first place from {@code from} on at which they stand, or may do so at the very end of what can be read; {@code
     * end} or a place behind it for none before that.
     */
    int next(byte[] block, int from, int end, int to) {
        int last = Math.min(end, to - REACH);
        int at = from;
        for (; at < last; at += Long.BYTES) {
            long different = (((long) WORDS.get(block, at) & cares[0]) ^ values[0])
                    | (((long) WORDS.get(block, at + 1) & cares[1]) ^ values[1])
                    | (((long) WORDS.get(block, at + 2) & cares[2]) ^ values[2])
                    | (((long) WORDS.get(block, at + 3) & cares[3]) ^ values[3]);
            long zeros = (different - ONES) & ~different & TOPS;
            if (zeros != 0) {
                return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        return at;
    }
}
