package bailiff.filter;

import bailiff.line.DateDetector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Bytes that are looked for in a log; of letters perhaps either case. Immutable. */
final class Needle {

    /** Shorter ones cannot be looked for in whole blocks. */
    static final int SHORTEST = Needles.GRAM;

    /** From so many bytes on, a longer one would find nothing more surely. */
    private static final int LONG_ENOUGH = 10;

    /** The bit that tells a small letter from a capital. */
    private static final byte CASE = 0x20;

    private final byte[] bytes;
    private final byte[] free;

    private Needle(byte[] bytes, byte[] free) {
        this.bytes = bytes;
        this.free = free;
    }

    /** The needle for a text of at least one character, without regard to any cut. */
    static Needle of(Literal literal) {
        String text = literal.anyCase() ? literal.text().toLowerCase(Locale.ROOT) : literal.text();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] free = new byte[bytes.length];
        for (int i = 0; i < bytes.length && literal.anyCase(); i++) {
            free[i] = bytes[i] >= 'a' && bytes[i] <= 'z' ? CASE : 0;
        }
        return new Needle(bytes, free);
    }

    /**
     * The needles of which at least one is in every line whose rest, once its time was cut out, contains the literal;
     * none where they would be too short.
     *
     * <p>The literal may come together only where the time was cut out. A stretch of it without a place where that may be
     * is in the line as it is; where there is no stretch that is long enough, of its two halves one is.
     */
    static List<Needle> of(Literal literal, DateDetector dates) {
        String text = literal.text();
        String best = "";
        int start = 0;
        for (int i = 1; i <= text.length(); i++) {
            if (i == text.length() || mayCutAt(i, text, dates)) {
                String stretch = text.substring(start, i);
                best = rarity(stretch, literal) > rarity(best, literal) ? stretch : best;
                start = i;
            }
        }
        boolean alone = best.length() >= Math.min(LONG_ENOUGH, text.length()) || 3 * best.length() >= 2 * text.length();
        int half = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
        List<String> pieces = alone ? List.of(best) : List.of(text.substring(0, half), text.substring(half));
        List<Needle> needles = new ArrayList<>();
        for (String piece : pieces) {
            Needle needle = of(new Literal(piece, literal.anyCase()));
            if (piece.isEmpty() || needle.length() < SHORTEST) {
                return List.of();
            }
            needles.add(needle);
        }
        return needles;
    }

    private static boolean mayCutAt(int i, String text, DateDetector dates) {
        return !Character.isLowSurrogate(text.charAt(i)) && dates.mayCutBetween(text.charAt(i - 1), text.charAt(i));
    }

    private static int rarity(String piece, Literal literal) {
        return piece.length() < SHORTEST ? 0 : new Literal(piece, literal.anyCase()).rarity();
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

    /** Whether it stands at that index of the block, wholly between the bounds. */
    boolean isAt(byte[] block, int at, int from, int to) {
        if (at < from || at > to - bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((block[at + i] | free[i]) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether it stands anywhere between the bounds. */
    boolean isIn(byte[] block, int from, int to) {
        byte first = bytes[0];
        byte mask = free[0];
        int last = to - bytes.length;
        for (int at = from; at <= last; at++) {
            if ((block[at] | mask) == first && isAt(block, at, from, to)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Needle needle
                && Arrays.equals(bytes, needle.bytes)
                && Arrays.equals(free, needle.free);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + Arrays.hashCode(free);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
