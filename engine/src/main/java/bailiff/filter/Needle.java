package bailiff.filter;

import bailiff.line.DateDetector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes that are looked for in a log, of letters perhaps either case: a piece of a literal that an expression requires.
 * Immutable.
 */
final class Needle {

    /*
     * The expressions see a line without its time, so the literal may come together only where the time was cut out. There
     * is one such place. So a piece is looked for within which that cannot be, or two pieces, of which one is then whole.
     * Where a piece is found, the literal must be there as well: all around the piece, or a part of it around the piece
     * and the rest beyond a possible cut.
     */

    /** Shorter ones are not looked for: they would be found in every other line. */
    static final int SHORTEST = 3;

    /** A piece as rare as this, in the units of {@link Literal#rarity}, is looked for alone. */
    private static final int RARE = 12;

    /** The bit that tells a small letter from a capital. */
    private static final byte CASE = 0x20;

    private final byte[] literal;
    private final byte[] free;
    private final int[] cuts;
    private final int start;
    private final byte[] bytes;

    private Needle(byte[] literal, byte[] free, int[] cuts, int start, int end) {
        this.literal = literal;
        this.free = free;
        this.cuts = cuts;
        this.start = start;
        this.bytes = Arrays.copyOfRange(literal, start, end);
    }

    /** Any byte that is not of ASCII. */
    static final Needle BEYOND_ASCII = of(new byte[] {(byte) 0xff}, new byte[] {0x7f}, 0, 1);

    /**
     * The needle for bytes in a row that are never cut, of which only a part is looked for.
     *
     * @param bytes where the bits that are free are set
     * @param free the bits of each that do not matter
     */
    static Needle of(byte[] bytes, byte[] free, int start, int end) {
        return new Needle(bytes, free, new int[0], start, end);
    }

    /** The needle for a literal that is never cut. */
    static Needle of(Literal literal) {
        byte[] bytes = bytes(literal);
        return new Needle(bytes, free(literal, bytes), new int[0], 0, bytes.length);
    }

    /**
     * The needles of which at least one is in every line whose rest, once its time was cut out, contains the literal;
     * none where they would be too short.
     */
    static List<Needle> of(Literal literal, DateDetector dates) {
        String text = literal.text();
        List<Integer> cuts = new ArrayList<>();
        for (int i = 1; i < text.length(); i++) {
            if (mayCutAt(i, text, dates)) {
                cuts.add(i);
            }
        }
        int[] best = rarestStretch(literal, cuts);
        boolean alone = rarity(literal, best[0], best[1]) >= RARE || 3 * (best[1] - best[0]) >= 2 * text.length();
        int half = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
        boolean halves = !alone && half >= SHORTEST;
        int[][] pieces = halves ? new int[][] {{0, half}, {half, text.length()}} : new int[][] {best};
        byte[] bytes = bytes(literal);
        byte[] free = free(literal, bytes);
        int[] places = cuts.stream().mapToInt(cut -> width(text, cut)).toArray();
        List<Needle> needles = new ArrayList<>();
        for (int[] piece : pieces) {
            needles.add(new Needle(bytes, free, places, width(text, piece[0]), width(text, piece[1])));
        }
        return needles.stream().allMatch(needle -> needle.length() >= SHORTEST) ? needles : List.of();
    }

    private static boolean mayCutAt(int i, String text, DateDetector dates) {
        return !Character.isLowSurrogate(text.charAt(i)) && dates.mayCutBetween(text.charAt(i - 1), text.charAt(i));
    }

    /** Begin and end of the rarest part between two places where it may be cut. */
    private static int[] rarestStretch(Literal literal, List<Integer> cuts) {
        List<Integer> ends = new ArrayList<>(cuts);
        ends.add(literal.text().length());
        int[] best = {0, 0};
        int start = 0;
        for (int end : ends) {
            if (rarity(literal, start, end) > rarity(literal, best[0], best[1])) {
                best = new int[] {start, end};
            }
            start = end;
        }
        return best;
    }

    private static int rarity(Literal literal, int start, int end) {
        String piece = literal.text().substring(start, end);
        return piece.length() < SHORTEST ? 0 : new Literal(piece, literal.anyCase()).rarity();
    }

    private static byte[] bytes(Literal literal) {
        byte[] bytes = literal.text().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length && literal.anyCase(); i++) {
            // Of ASCII only: another letter beside those stands for itself.
            bytes[i] |= bytes[i] >= 'A' && bytes[i] <= 'Z' ? CASE : 0;
        }
        return bytes;
    }

    private static byte[] free(Literal literal, byte[] bytes) {
        byte[] free = new byte[bytes.length];
        for (int i = 0; i < bytes.length && literal.anyCase(); i++) {
            free[i] = bytes[i] >= 'a' && bytes[i] <= 'z' ? CASE : 0;
        }
        return free;
    }

    private static int width(String text, int end) {
        return text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }

    /** How rare it is likely to be, as {@link Literal#rarity}. */
    int rarity() {
        return new Literal(toString(), false).rarity();
    }

    /** Length in bytes. */
    int length() {
        return bytes.length;
    }

    /** The bytes, small letters where either case will do; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** The bits of a byte that do not matter. */
    int free(int index) {
        return free[start + index];
    }

    /** Whether it stands at that index of the block, wholly between the bounds. */
    boolean isAt(byte[] block, int at, int from, int to) {
        return at >= from && at <= to - bytes.length && stands(start, start + bytes.length, block, at);
    }

    /** Whether the line between the bounds, in which it stands at that index, may contain the literal. */
    boolean isOfLiteral(byte[] block, int at, int from, int to) {
        if (isWhole(block, at, from, to)) {
            return true;
        }
        int begin = at - start;
        for (int cut : cuts) {
            if (cut <= start ? isRightPart(cut, block, begin, from, to) : isLeftPart(cut, block, begin, from, to)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the literal stands between the bounds, uncut, around the needle at that index. */
    boolean isWhole(byte[] block, int at, int from, int to) {
        int begin = at - start;
        return begin >= from && begin <= to - literal.length && stands(0, literal.length, block, begin);
    }

    /** Whether a part of the literal up to a possible cut, or behind one, stands around the needle at that index. */
    boolean isPart(byte[] block, int at, int from, int to) {
        int begin = at - start;
        for (int cut : cuts) {
            boolean right = cut <= start;
            int first = right ? cut : 0;
            int last = right ? literal.length : cut;
            if ((right || cut >= start + bytes.length)
                    && begin + first >= from
                    && begin + last <= to
                    && stands(first, last, block, begin + first)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the literal goes on behind the cut as it should, and what stands in front of it stands further ahead. */
    private boolean isRightPart(int cut, byte[] block, int begin, int from, int to) {
        return begin + cut >= from
                && begin <= to - literal.length
                && stands(cut, literal.length, block, begin + cut)
                && contains(0, cut, block, from, begin + cut);
    }

    private boolean isLeftPart(int cut, byte[] block, int begin, int from, int to) {
        return cut >= start + bytes.length
                && begin >= from
                && begin <= to - cut
                && stands(0, cut, block, begin)
                && contains(cut, literal.length, block, begin + cut, to);
    }

    private boolean stands(int first, int last, byte[] block, int at) {
        for (int i = first; i < last; i++) {
            if ((block[at + i - first] | free[i]) != literal[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean contains(int first, int last, byte[] block, int from, int to) {
        for (int at = from; at <= to - (last - first); at++) {
            if (stands(first, last, block, at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it stands anywhere between the bounds. */
    boolean isIn(byte[] block, int from, int to) {
        return contains(start, start + bytes.length, block, from, to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Needle needle
                && start == needle.start
                && bytes.length == needle.bytes.length
                && Arrays.equals(literal, needle.literal)
                && Arrays.equals(free, needle.free)
                && Arrays.equals(cuts, needle.cuts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(literal) + start;
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
