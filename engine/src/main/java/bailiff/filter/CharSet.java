package bailiff.filter;

import bailiff.filter.Node.Letters;
import bailiff.filter.Node.Member;
import java.util.BitSet;
import java.util.List;

/**
 * The characters that a part of an expression takes which reads exactly one: a table for ASCII, a rule for the others.
 * Immutable.
 */
final class CharSet {

    static final int ASCII = 128;

    /*
     * For the question whether two sets can have a character in common, all characters beyond ASCII are of four kinds.
     * A kind is in mayTake unless it is certain that no character of it is in the set.
     */
    private static final int SPACE = ASCII;
    private static final int DIGIT = ASCII + 1;
    private static final int LETTER = ASCII + 2;
    private static final int OTHER = ASCII + 3;

    /** How many kinds of characters {@link #mayTake} tells apart: each of ASCII, and four beyond. */
    static final int KINDS = ASCII + 4;

    private static final CharSet WORD = new CharSet(List.of(new Member.Kind('w', false, false)), false, Letters.EXACT);
    private static final CharSet ASCII_WORD =
            new CharSet(List.of(new Member.Kind('w', false, true)), false, Letters.EXACT);

    private final List<Member> members;
    private final boolean negated;
    private final Letters letters;
    private final boolean[] ascii = new boolean[ASCII];

    private CharSet(List<Member> members, boolean negated, Letters letters) {
        this.members = members;
        this.negated = negated;
        this.letters = letters;
        for (int c = 0; c < ASCII; c++) {
            ascii[c] = has(c);
        }
    }

    /** Whether a part reads exactly one character. */
    static boolean isOne(Node node) {
        return node instanceof Node.Char || node instanceof Node.Set || node instanceof Node.Any;
    }

    /** The characters of a part that {@linkplain #isOne reads exactly one}. */
    static CharSet of(Node node) {
        return switch (node) {
            case Node.Char one -> new CharSet(List.of(single(one.codePoint())), false, one.letters());
            case Node.Set set -> new CharSet(set.members(), set.negated(), set.letters());
            case Node.Any any when any.lineFeedToo() -> new CharSet(List.of(), true, Letters.EXACT);
            default -> new CharSet(List.of(single('\n')), true, Letters.EXACT);
        };
    }

    /** Python's letters, digits and underscore; {@code onlyAscii}: of ASCII alone. */
    static CharSet word(boolean onlyAscii) {
        return onlyAscii ? ASCII_WORD : WORD;
    }

    private static Member single(int codePoint) {
        return new Member.Range(codePoint, codePoint);
    }

    /** The answers for the characters of ASCII, by character; not to be changed. */
    boolean[] ascii() {
        return ascii;
    }

    /** Whether it is everything but the line feed, in any text. */
    boolean isAllButLineFeed() {
        return negated && members.equals(List.of(single('\n'))) && letters == Letters.EXACT;
    }

    /** Whether the character is one of the set. */
    boolean has(int codePoint) {
        for (Member member : members) {
            if (takes(member, codePoint)) {
                return !negated;
            }
        }
        return negated;
    }

    private boolean takes(Member member, int c) {
        return switch (member) {
            case Member.Kind kind -> isOf(kind, c) != kind.negated();
            case Member.Range range -> takes(range, c);
        };
    }

    private boolean takes(Member.Range range, int c) {
        if (c >= range.from() && c <= range.to()) {
            return true;
        }
        return switch (letters) {
            case EXACT -> false;
            case ANY_CASE_OF_ASCII -> isAsciiLetter(c) && (isIn(range, c | 0x20) || isIn(range, c & ~0x20));
            case ANY_CASE -> takesAnyCase(range, c);
        };
    }

    /** As {@link JavaTranslation}'s pattern: a character alone is folded itself, the ends of a range are not. */
    private static boolean takesAnyCase(Member.Range range, int c) {
        int upper = Character.toUpperCase(c);
        int lower = Character.toLowerCase(upper);
        if (range.from() == range.to()) {
            int folded = Character.toLowerCase(Character.toUpperCase(range.from()));
            return folded == c || folded == lower;
        }
        return isIn(range, upper) || isIn(range, lower);
    }

    private static boolean isIn(Member.Range range, int c) {
        return c >= range.from() && c <= range.to();
    }

    private static boolean isAsciiLetter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    private static boolean isOf(Member.Kind kind, int c) {
        if (kind.ascii() && c >= ASCII) {
            return false;
        }
        return switch (kind.letter()) {
            case 'd' -> c < ASCII ? c >= '0' && c <= '9' : Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
            case 'w' -> c == '_' || Character.isLetter(c) || isNumber(c);
            default -> kind.ascii() ? c == ' ' || (c >= '\t' && c <= '\r') : isSpace(c);
        };
    }

    private static boolean isNumber(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static boolean isSpace(int c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || (c >= 0x1c && c <= 0x1f)
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    /** The kinds of characters that may be in the set: exact in ASCII, beyond it too many rather than too few. */
    BitSet mayTake() {
        BitSet kinds = new BitSet(KINDS);
        for (int c = 0; c < ASCII; c++) {
            kinds.set(c, ascii[c]);
        }
        BitSet beyond = new BitSet(KINDS);
        for (Member member : members) {
            switch (member) {
                case Member.Kind kind -> beyond.or(beyond(kind));
                case Member.Range range when negated -> {}
                case Member.Range range -> beyond.or(beyond(range));
            }
        }
        if (negated) {
            beyond.flip(ASCII, KINDS);
        }
        kinds.or(beyond);
        return kinds;
    }

    private static BitSet beyond(Member.Kind kind) {
        BitSet kinds = new BitSet(KINDS);
        kinds.set(DIGIT, !kind.ascii() && kind.letter() != 's');
        kinds.set(LETTER, !kind.ascii() && kind.letter() == 'w');
        kinds.set(SPACE, !kind.ascii() && kind.letter() == 's');
        if (kind.negated()) {
            kinds.flip(ASCII, KINDS);
        }
        return kinds;
    }

    private BitSet beyond(Member.Range range) {
        BitSet kinds = new BitSet(KINDS);
        kinds.set(ASCII, KINDS, range.to() >= ASCII);
        if (letters == Letters.ANY_CASE) {
            kinds.set(LETTER, OTHER + 1);
        }
        return kinds;
    }
}
