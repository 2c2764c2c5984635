package bailiff.filter;

import bailiff.filter.Node.Edge;
import bailiff.filter.Node.Member;
import bailiff.filter.Node.Place;
import java.util.List;

/** Reads what follows a backslash, outside and inside of sets. */
final class Escapes {

    private static final String SIMPLE = "afnrtv";
    private static final String SIMPLE_VALUES = "\u0007\f\n\r\t\u000b";

    private final Cursor in;
    private final GroupTable groups;

    Escapes(Cursor in, GroupTable groups) {
        this.in = in;
        this.groups = groups;
    }

    /** The escape that stands next, outside of a set. */
    Node outside(Flags flags) throws RegexException {
        int start = in.at();
        in.expect("\\", "a backslash");
        int letter = in.next("a character after the backslash");
        return switch (letter) {
            case 'A' -> new Edge(Place.TEXT_START, flags.ascii());
            case 'Z' -> new Edge(Place.TEXT_END, flags.ascii());
            case 'b' -> new Edge(Place.WORD_EDGE, flags.ascii());
            case 'B' -> new Edge(Place.NO_WORD_EDGE, flags.ascii());
            case 'd', 'D', 'w', 'W', 's', 'S' -> new Node.Set(List.of(kind(letter, flags)), false, flags.letters());
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> digits(letter, start, flags);
            default -> new Node.Char(character(letter, start), flags.letters());
        };
    }

    /** The escape that stands next, inside of a set. */
    Member inside(Flags flags) throws RegexException {
        int start = in.at();
        in.expect("\\", "a backslash");
        int letter = in.next("a character after the backslash");
        return switch (letter) {
            case 'd', 'D', 'w', 'W', 's', 'S' -> kind(letter, flags);
            case 'b' -> single('\b');
            case '1', '2', '3', '4', '5', '6', '7' -> single(octal(letter, start));
            case '8', '9' -> throw in.error(start, "an escape that exists");
            default -> single(character(letter, start));
        };
    }

    private static Member single(int codePoint) {
        return new Member.Range(codePoint, codePoint);
    }

    private static Member kind(int letter, Flags flags) {
        return new Member.Kind((char) Character.toLowerCase(letter), Character.isUpperCase(letter), flags.ascii());
    }

    /** Three octal digits are a character; one or two of any kind name a group. */
    private Node digits(int first, int start, Flags flags) throws RegexException {
        int second = in.at();
        if (first <= '7' && in.digits(8, 2).length() == 2) {
            in.backTo(second);
            return new Node.Char(octal(first, start), flags.letters());
        }
        in.backTo(second);
        String number = Character.toString(first) + in.digits(10, 1);
        return new Node.BackReference(groups.referred(number, start, in), flags.letters());
    }

    private int octal(int first, int start) throws RegexException {
        int value = Integer.parseInt(Character.toString(first) + in.digits(8, 2), 8);
        if (value > 0xff) {
            throw in.error(start, "an octal escape up to \\377");
        }
        return value;
    }

    private int character(int letter, int start) throws RegexException {
        int simple = SIMPLE.indexOf(letter);
        if (simple >= 0) {
            return SIMPLE_VALUES.charAt(simple);
        }
        return switch (letter) {
            case '0' -> octal(letter, start);
            case 'x' -> hex(2, start);
            case 'u' -> hex(4, start);
            case 'U' -> hex(8, start);
            case 'N' -> named(start);
            default -> {
                if (letter < 128 && Character.isLetter(letter)) {
                    throw in.error(start, "an escape that exists");
                }
                yield letter;
            }
        };
    }

    private int hex(int count, int start) throws RegexException {
        String digits = in.digits(16, count);
        long value = digits.length() == count ? Long.parseLong(digits, 16) : Long.MAX_VALUE;
        if (value > Character.MAX_CODE_POINT) {
            throw in.error(start, count + " hexadecimal digits of a character");
        }
        return (int) value;
    }

    private int named(int start) throws RegexException {
        in.expect("{", "{ and the name of a character");
        String name = in.upTo('}', "}");
        try {
            return Character.codePointOf(name);
        } catch (IllegalArgumentException e) {
            throw in.error(start, "the Unicode name of a character");
        }
    }
}
