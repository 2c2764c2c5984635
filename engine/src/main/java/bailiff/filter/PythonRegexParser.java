package bailiff.filter;

import bailiff.filter.Node.Edge;
import bailiff.filter.Node.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads an expression of Python's {@code re}, with fail2ban's tags, into a tree.
 *
 * <p>A recursive descent with groups nested at most {@value #DEEPEST} deep and expressions of at most {@value #LONGEST}
 * characters. For one use by one thread.
 */
final class PythonRegexParser {

    /*
     * Where Python and fail2ban differ, fail2ban's habit of rewriting wins: flags at the start of a group, ((?i)x),
     * hold for that group and the group does not capture. Everything is read as CPython 3.11's parser does, including
     * what it calls an error.
     */
    static final int DEEPEST = 100;
    static final int LONGEST = 65_536;

    private static final String CLOSING = "a ) that closes this group";

    private final Cursor in;
    private final GroupTable groups;
    private final boolean names;
    private final Escapes escapes;
    private final SetReader sets;
    private int depth;

    private PythonRegexParser(Cursor in, GroupTable groups, boolean names) {
        this.in = in;
        this.groups = groups;
        this.names = names;
        this.escapes = new Escapes(in, groups);
        this.sets = new SetReader(in, escapes);
    }

    /** The tree and the groups of an expression; {@code names}: whether {@code <HOST>} may be a name. */
    static ParsedRegex parse(RegexSource source, boolean names) throws RegexException {
        return parse(source, names, Flags.NONE);
    }

    /** The same with flags in force from the start. */
    static ParsedRegex parse(RegexSource source, boolean names, Flags flags) throws RegexException {
        Cursor in = Cursor.over(source);
        GroupTable groups = new GroupTable();
        if (source.text().length() > LONGEST) {
            throw in.error(LONGEST, "an expression of at most " + LONGEST + " characters");
        }
        Node root = new PythonRegexParser(in, groups, names).whole(flags);
        return new ParsedRegex(root, groups);
    }

    private Node whole(Flags flags) throws RegexException {
        Node root = choice(leadingFlags(flags));
        if (!in.atEnd()) {
            throw in.error(in.at(), "the end: this closes nothing");
        }
        OptionalInt stale = new StaleCaptures(groups).find(root);
        if (stale.isPresent()) {
            throw in.error(groups.start(stale.getAsInt()), "no group that may be left out inside (?= (?> or a *+");
        }
        return root;
    }

    private Node choice(Flags flags) throws RegexException {
        List<Node> branches = new ArrayList<>();
        do {
            branches.add(sequence(flags));
        } while (in.accept("|"));
        return branches.size() == 1 ? branches.getFirst() : new Node.Choice(List.copyOf(branches));
    }

    private Node sequence(Flags flags) throws RegexException {
        List<Node> parts = new ArrayList<>();
        String missing = "something to repeat";
        while (goesOn(flags)) {
            int start = in.at();
            Optional<Quantifier> quantifier = Quantifier.read(in);
            if (quantifier.isPresent()) {
                if (!missing.isEmpty()) {
                    throw in.error(start, missing);
                }
                parts.add(quantifier.get().on(parts.removeLast()));
                missing = "only one quantifier";
            } else if (in.accept("(?#")) {
                in.upTo(')', "a ) that closes this comment");
            } else {
                boolean grouped = in.peek() == '(';
                Node part = part(flags);
                missing = part instanceof Edge && !grouped ? "something to repeat" : "";
                parts.add(part);
            }
        }
        return Node.sequence(parts);
    }

    private boolean goesOn(Flags flags) {
        while (flags.verbose() && skipVerbose()) {}
        return !in.atEnd() && in.peek() != '|' && in.peek() != ')' && !Tags.isClosing(in);
    }

    private boolean skipVerbose() {
        int at = in.at();
        if (in.accept("#")) {
            int end = in.text().indexOf('\n', in.at());
            in.backTo(end < 0 ? in.text().length() : end + 1);
        } else if (!in.atEnd() && " \t\n\r\u000b\f".indexOf(in.peek()) >= 0) {
            in.backTo(at + 1);
        }
        return in.at() > at;
    }

    private Node part(Flags flags) throws RegexException {
        return switch (in.peek()) {
            case '(' -> group(flags);
            case '[' -> sets.read(flags);
            case '\\' -> escapes.outside(flags);
            case '<' -> tag(flags);
            case '.' -> take(new Node.Any(flags.dotAll()));
            case '^' -> take(new Edge(flags.multiline() ? Place.LINE_START : Place.TEXT_START, flags.ascii()));
            case '$' -> take(new Edge(flags.multiline() ? Place.LINE_END : Place.LAST_LINE_END, flags.ascii()));
            default -> character(flags);
        };
    }

    private Node take(Node node) throws RegexException {
        in.next("a character");
        return node;
    }

    private Node character(Flags flags) throws RegexException {
        return new Node.Char(in.next("a character"), flags.letters());
    }

    private Node group(Flags flags) throws RegexException {
        int start = in.at();
        in.expect("(", "a group");
        if (!in.accept("?")) {
            return plainGroup(flags, start);
        }
        if (in.accept("P")) {
            return named(flags, start);
        }
        if (in.accept(":")) {
            return body(leadingFlags(flags), start);
        }
        if (in.accept(">")) {
            return new Node.Atomic(body(flags, start));
        }
        if (in.accept("(")) {
            return condition(flags, start);
        }
        boolean behind = in.accept("<");
        if (in.peek() == '=' || in.peek() == '!') {
            return look(flags, start, behind);
        }
        if (behind) {
            throw in.error(start, "(?<= or (?<! or (?P<name>");
        }
        Flags inner = FlagReader.read(in, flags);
        in.expect(":", "flags at the start of the expression or of a group, or a colon");
        return body(inner, start);
    }

    /** {@code ((?i)x)} is {@code (?i:x)} to fail2ban, so it takes no number. */
    private Node plainGroup(Flags flags, int start) throws RegexException {
        int first = in.at();
        Flags inner = leadingFlags(flags);
        return in.at() > first ? body(inner, start) : captured("", flags, start);
    }

    private Node captured(String name, Flags flags, int start) throws RegexException {
        int number = groups.open(name, start, in);
        Node body = body(leadingFlags(flags), start);
        groups.close(number);
        return new Node.Group(number, body);
    }

    private Node named(Flags flags, int start) throws RegexException {
        if (in.accept("=")) {
            String name = in.upTo(')', CLOSING);
            return new Node.BackReference(groups.referred(name, start, in), flags.letters());
        }
        in.expect("<", "(?P<name> or (?P=name)");
        String name = in.upTo('>', "> after the group's name");
        if (!isIdentifier(name)) {
            throw in.error(start, "a group name of letters, digits and _");
        }
        return captured(name, flags, start);
    }

    private Node condition(Flags flags, int start) throws RegexException {
        int at = in.at();
        int group = groups.asked(in.upTo(')', "a ) after the group asked about"), at, in);
        deeper(start);
        Node yes = sequence(flags);
        Node no = in.accept("|") ? sequence(flags) : Node.NOTHING;
        in.expect(")", in.peek() == '|' ? "a conditional of at most two branches" : CLOSING);
        depth--;
        return new Node.Condition(group, yes, no);
    }

    private Node look(Flags flags, int start, boolean behind) throws RegexException {
        boolean negative = in.accept("!");
        if (!negative) {
            in.expect("=", "= or !");
        }
        int outside = groups.count();
        Node body = body(flags, start);
        if (negative) {
            groups.hideAbove(outside);
        }
        Width width = Width.of(body);
        if (behind && width.min() != width.max()) {
            throw in.error(start, "a look-behind of fixed width");
        }
        return new Node.Look(!behind, negative, body);
    }

    private Node body(Flags flags, int start) throws RegexException {
        deeper(start);
        Node body = choice(flags);
        if (!in.accept(")")) {
            throw in.error(in.atEnd() ? start : in.at(), CLOSING);
        }
        depth--;
        return body;
    }

    private void deeper(int start) throws RegexException {
        if (++depth > DEEPEST) {
            throw in.error(start, "at most " + DEEPEST + " groups inside each other");
        }
    }

    private Flags leadingFlags(Flags flags) throws RegexException {
        Flags result = flags;
        for (int at = in.at(); in.accept("(?"); at = in.at()) {
            Optional<Flags> read = FlagReader.readAlone(in, result);
            if (read.isEmpty()) {
                in.backTo(at);
                break;
            }
            result = read.get();
        }
        return result;
    }

    private Node tag(Flags flags) throws RegexException {
        int start = in.at();
        Optional<Tags.Tag> read = Tags.read(in);
        if (read.isEmpty()) {
            return character(flags);
        }
        Tags.Tag tag = read.get();
        return tag.form() == Tags.Form.OPEN ? tagGroup(tag, flags, start) : expanded(tag, flags, start);
    }

    private Node tagGroup(Tags.Tag tag, Flags flags, int start) throws RegexException {
        int number = groups.open(Tags.group(tag.name()), start, in);
        deeper(start);
        Node body = choice(leadingFlags(flags));
        in.expect("</" + tag.name() + ">", "</" + tag.name() + ">");
        depth--;
        groups.close(number);
        return new Node.Group(number, body);
    }

    private Node expanded(Tags.Tag tag, Flags flags, int start) throws RegexException {
        Cursor inside = in.insideTag(Tags.expansion(tag.name(), names, groups), start);
        return new PythonRegexParser(inside, groups, names).choice(flags);
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && (name.charAt(0) == '_' || Character.isUnicodeIdentifierStart(name.codePointAt(0)))
                && name.codePoints().allMatch(Character::isUnicodeIdentifierPart);
    }
}
