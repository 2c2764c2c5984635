package bailiff.filter;

import java.util.List;

/** A part of a parsed expression; flags are already resolved into the parts that they change. */
sealed interface Node {

    /** One character, standing for itself. */
    record Char(int codePoint, Letters letters) implements Node {}

    /** One character out of a set, or out of its complement. */
    record Set(List<Member> members, boolean negated, Letters letters) implements Node {}

    /** Any one character, the line feed only if so said. */
    record Any(boolean lineFeedToo) implements Node {}

    /** A place that must be reached, where nothing is read. */
    record Edge(Place place, boolean ascii) implements Node {}

    record Sequence(List<Node> parts) implements Node {}

    record Choice(List<Node> branches) implements Node {}

    /** A capturing group, numbered from 1 as Python does. */
    record Group(int number, Node body) implements Node {}

    record Repeat(Node body, int min, int max, Greed greed) implements Node {}

    record Look(boolean ahead, boolean negative, Node body) implements Node {}

    record Atomic(Node body) implements Node {}

    /** The text that a group took before. */
    record BackReference(int group, Letters letters) implements Node {}

    /** One part if a group took part in the match so far, another if not. */
    record Condition(int group, Node yes, Node no) implements Node {}

    /** Reads nothing and always matches. */
    Node NOTHING = new Sequence(List.of());

    /** {@code max} of a repetition without an upper bound. */
    int UNBOUNDED = Integer.MAX_VALUE;

    /** Which letters count as the same. */
    enum Letters {
        EXACT,
        ANY_CASE,
        ANY_CASE_OF_ASCII
    }

    enum Place {
        TEXT_START,
        LINE_START,
        /** The end, or before a line feed that is the last character. */
        LAST_LINE_END,
        LINE_END,
        TEXT_END,
        WORD_EDGE,
        NO_WORD_EDGE
    }

    enum Greed {
        GREEDY(""),
        LAZY("?"),
        POSSESSIVE("+");

        final String suffix;

        Greed(String suffix) {
            this.suffix = suffix;
        }
    }

    /** What a set is made of. */
    sealed interface Member {

        record Range(int from, int to) implements Member {}

        /** Python's {@code \d \w \s}, or with {@code negated} {@code \D \W \S}. */
        record Kind(char letter, boolean negated, boolean ascii) implements Member {}
    }

    /** The parts in a row, without needless wrapping. */
    static Node sequence(List<Node> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Sequence(List.copyOf(parts));
    }
}
