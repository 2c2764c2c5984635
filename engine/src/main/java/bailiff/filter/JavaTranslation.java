package bailiff.filter;

import bailiff.filter.Node.Letters;
import bailiff.filter.Node.Member;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a parsed expression for java.util.regex, so that it matches exactly what Python's {@code re} matches. */
final class JavaTranslation {

    /*
     * Nothing is left to Java's own idea of a construct that both dialects share by name only: classes are written out,
     * places become look-arounds, groups are named by number (g1) and only where somebody asks for what they took. A
     * conditional asks an empty group (m1) that stands at the end of the group in question. The only flag is
     * UNIX_LINES.
     */
    private static final int FLAGS = Pattern.UNIX_LINES;

    /*
     * The members of a class up to U+00FF are listed one by one: Java keeps those in a table. The others are behind one
     * comparison, so that text in ASCII does not pay for them.
     */
    private static final String ASCII_DIGITS = "0123456789";
    private static final String ASCII_WORD =
            "_" + ASCII_DIGITS + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String ASCII_SPACES = "\\t\\n\\x0b\\f\\r\\x20";
    private static final String DIGITS = ASCII_DIGITS + beyondLatin1("\\p{Nd}");
    private static final String WORD = ASCII_WORD + latin1Word() + beyondLatin1("\\p{L}\\p{N}");
    private static final String SPACES = ASCII_SPACES
            + "\\x1c\\x1d\\x1e\\x1f\\x85\\xa0"
            + beyondLatin1("\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000");

    /**
     * Looking behind, Java steps over surrogate pairs only if it reads one in the pattern; this one matches nothing.
     */
    private static final String WHOLE_CHARACTERS = "(?:\ud801\udc00){0}";

    private final GroupTable groups;
    private final StringBuilder out = new StringBuilder();

    private JavaTranslation(GroupTable groups) {
        this.groups = groups;
    }

    /**
     * The pattern with the expression's meaning; throws what {@link Pattern#compile} throws where Java cannot do it.
     */
    static Pattern of(ParsedRegex parsed) {
        JavaTranslation translation = new JavaTranslation(parsed.groups());
        translation.write(parsed.root());
        return Pattern.compile(translation.out.toString(), FLAGS);
    }

    /** The name by which the pattern knows a group of the expression. */
    static String javaName(int group) {
        return "g" + group;
    }

    private static String reference(String javaName) {
        return "\\k<" + javaName + ">";
    }

    private static String markerName(int group) {
        return "m" + group;
    }

    private static String beyondLatin1(String members) {
        return "[\\x{100}-\\x{10ffff}&&[" + members + "]]";
    }

    private static String latin1Word() {
        return IntStream.rangeClosed(0x80, 0xff)
                .filter(c -> Character.isLetter(c) || c == 0xb2 || c == 0xb3 || c == 0xb9 || (c >= 0xbc && c <= 0xbe))
                .mapToObj(JavaTranslation::literal)
                .collect(Collectors.joining());
    }

    private void write(Node node) {
        switch (node) {
            case Node.Char character -> writeRun(character.letters(), List.of(character));
            case Node.Set set -> inCase(set.letters(), () -> write(set));
            case Node.Any any -> out.append(any.lineFeedToo() ? "(?s:.)" : ".");
            case Node.Edge edge -> out.append(place(edge));
            case Node.Sequence sequence -> writeSequence(sequence.parts());
            case Node.Choice choice -> wrapped("(?:", () -> writeBranches(choice.branches()));
            case Node.Group group -> write(group);
            case Node.Repeat repeat -> write(repeat);
            case Node.Look look -> wrapped(opening(look), () -> write(look.body()));
            case Node.Atomic atomic -> wrapped("(?>", () -> write(atomic.body()));
            case Node.BackReference reference ->
                inCase(reference.letters(), () -> out.append(reference(javaName(reference.group()))));
            case Node.Condition condition -> write(condition);
        }
    }

    private void wrapped(String opening, Runnable body) {
        out.append(opening);
        body.run();
        out.append(')');
    }

    private void inCase(Letters letters, Runnable body) {
        switch (letters) {
            case EXACT -> body.run();
            case ANY_CASE -> wrapped("(?iu:", body);
            case ANY_CASE_OF_ASCII -> wrapped("(?i:", body);
        }
    }

    /** Characters in a row stay together: Java searches for the whole run at once. */
    private void writeSequence(List<Node> parts) {
        for (int from = 0, to; from < parts.size(); from = to) {
            to = from + 1;
            if (parts.get(from) instanceof Node.Char first) {
                while (to < parts.size()
                        && parts.get(to) instanceof Node.Char next
                        && next.letters() == first.letters()) {
                    to++;
                }
                writeRun(first.letters(), parts.subList(from, to));
            } else {
                write(parts.get(from));
            }
        }
    }

    private void writeRun(Letters letters, List<? extends Node> characters) {
        inCase(letters, () -> {
            for (Node node : characters) {
                if (node instanceof Node.Char character) {
                    out.append(literal(character.codePoint()));
                }
            }
        });
    }

    private void writeBranches(List<Node> branches) {
        for (int i = 0; i < branches.size(); i++) {
            out.append(i == 0 ? "" : "|");
            write(branches.get(i));
        }
    }

    private void write(Node.Group group) {
        int number = group.number();
        if (!groups.isNeeded(number)) {
            wrapped("(?:", () -> write(group.body()));
            return;
        }
        wrapped("(?<" + javaName(number) + ">", () -> {
            wrapped("(?:", () -> write(group.body()));
            if (groups.isAsked(number)) {
                out.append("(?<").append(markerName(number)).append(">)");
            }
        });
    }

    private void write(Node.Repeat repeat) {
        wrapped("(?:", () -> write(repeat.body()));
        out.append(quantifier(repeat.min(), repeat.max())).append(repeat.greed().suffix);
    }

    private static String quantifier(int min, int max) {
        if (max == Node.UNBOUNDED) {
            return switch (min) {
                case 0 -> "*";
                case 1 -> "+";
                default -> "{" + min + ",}";
            };
        }
        return min == 0 && max == 1 ? "?" : "{" + min + "," + max + "}";
    }

    private static String opening(Node.Look look) {
        String sign = look.negative() ? "!" : "=";
        return look.ahead() ? "(?" + sign : "(?<" + sign + WHOLE_CHARACTERS;
    }

    private void write(Node.Condition condition) {
        String marker = reference(markerName(condition.group()));
        wrapped("(?:", () -> {
            out.append(marker);
            write(condition.yes());
            out.append("|(?!").append(marker).append(")");
            write(condition.no());
        });
    }

    private static String place(Node.Edge edge) {
        String word = "[" + (edge.ascii() ? ASCII_WORD : WORD) + "]";
        String before = "(?<=" + WHOLE_CHARACTERS + word + ")";
        String notBefore = "(?<!" + WHOLE_CHARACTERS + word + ")";
        String after = "(?=" + word + ")";
        String notAfter = "(?!" + word + ")";
        return switch (edge.place()) {
            case TEXT_START -> "\\A";
            case LINE_START -> "(?:\\A|(?<=\\n))";
            case LAST_LINE_END -> "$";
            case LINE_END -> "(?=\\n|\\z)";
            case TEXT_END -> "\\z";
            case WORD_EDGE -> "(?:" + before + notAfter + "|" + notBefore + after + ")";
            // Python finds no \B in an empty text.
            case NO_WORD_EDGE -> "(?:" + before + after + "|" + notBefore + notAfter + "(?!\\A\\z))";
        };
    }

    private void write(Node.Set set) {
        StringBuilder members = new StringBuilder();
        set.members().forEach(member -> members.append(member(member)));
        out.append(set.negated() ? "[^" : "[").append(members).append(']');
    }

    private static String member(Member member) {
        return switch (member) {
            case Member.Range range when range.from() == range.to() -> literal(range.from());
            case Member.Range range -> literal(range.from()) + "-" + literal(range.to());
            case Member.Kind kind when kind.negated() -> "[^" + positive(kind) + "]";
            case Member.Kind kind -> positive(kind);
        };
    }

    private static String positive(Member.Kind kind) {
        return switch (kind.letter()) {
            case 'd' -> kind.ascii() ? ASCII_DIGITS : DIGITS;
            case 'w' -> kind.ascii() ? ASCII_WORD : WORD;
            default -> kind.ascii() ? ASCII_SPACES : SPACES;
        };
    }

    private static String literal(int codePoint) {
        boolean plain = codePoint < 128 && Character.isLetterOrDigit(codePoint);
        return plain ? Character.toString(codePoint) : "\\x{" + Integer.toHexString(codePoint) + "}";
    }
}
