package bailiff.filter;

import bailiff.filter.Node.Member;
import java.util.BitSet;

/** Which characters a part of an expression that reads one character takes, told apart one by one in ASCII only. */
final class Alphabet {

    private static final int ASCII = 128;

    /* Beyond ASCII, four characters stand for all others: a space, a digit, a letter, and anything else. */
    private static final int SPACE = ASCII;
    private static final int DIGIT = ASCII + 1;
    private static final int LETTER = ASCII + 2;

    /** How many characters are told apart. */
    static final int SIZE = ASCII + 4;

    private Alphabet() {}

    /** The characters of a part that reads exactly one; empty for any other part. */
    static BitSet of(Node node) {
        BitSet read = new BitSet(SIZE);
        switch (node) {
            case Node.Char character -> {
                add(read, character.codePoint(), character.codePoint());
                foldCase(read, character.letters());
            }
            case Node.Any any -> {
                read.set(0, SIZE);
                read.set('\n', any.lineFeedToo());
            }
            case Node.Set set -> add(read, set);
            default -> {}
        }
        return read;
    }

    private static void add(BitSet read, Node.Set set) {
        BitSet wholly = new BitSet(SIZE);
        for (Member member : set.members()) {
            switch (member) {
                case Member.Range range -> add(read, range.from(), range.to());
                case Member.Kind kind -> add(wholly, kind);
            }
        }
        read.or(wholly);
        foldCase(read, set.letters());
        if (set.negated()) {
            // A range takes some of those beyond ASCII and so leaves others.
            read.clear(ASCII, SIZE);
            read.or(wholly);
            read.flip(0, SIZE);
        }
    }

    private static void add(BitSet read, int from, int to) {
        if (from < ASCII) {
            read.set(from, Math.min(to, ASCII - 1) + 1);
        }
        if (to >= ASCII) {
            read.set(ASCII, SIZE);
        }
    }

    private static void add(BitSet read, Member.Kind kind) {
        for (int c = 0; c < SIZE; c++) {
            if (isOf(kind.letter(), c) != kind.negated()) {
                read.set(c);
            }
        }
    }

    private static boolean isOf(char kind, int c) {
        return switch (kind) {
            case 'd' -> (c >= '0' && c <= '9') || c == DIGIT;
            case 'w' -> c == '_' || (c < ASCII && Character.isLetterOrDigit(c)) || c == DIGIT || c == LETTER;
            default -> c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f) || c == SPACE;
        };
    }

    private static void foldCase(BitSet read, Node.Letters letters) {
        if (letters != Node.Letters.EXACT) {
            for (char c = 'a'; c <= 'z'; c++) {
                boolean either = read.get(c) || read.get(Character.toUpperCase(c));
                read.set(c, either);
                read.set(Character.toUpperCase(c), either);
            }
        }
    }
}
