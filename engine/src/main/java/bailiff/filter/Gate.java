package bailiff.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Tells, by one look at a text, which of several expressions can match it: those that need a literal which is not there
 * can not. Not thread-safe: it holds what it saw last.
 */
final class Gate {

    /*
     * Wu and Manber, "A fast algorithm for multi-pattern searching", 1994, with blocks of two characters: the first
     * characters of every literal, as many as the shortest has, make a window over the text. Its last two tell by how
     * much it can move on without missing a literal; where that is nothing, the literals that have these two there are
     * compared.
     *
     * Of the literals that an expression needs the one is taken that the fewest others need too: the prefix that all
     * share tells nothing.
     */
    private static final int BLOCK = 2;
    private static final int TABLE = 512;

    /** A shorter literal would make the window move on by little. */
    private static final int SHORTEST = 4;

    /** A longer window gains nothing on a line of usual length. */
    private static final int WIDEST = 16;

    private final int size;
    private final int width;
    private final byte[] moves = new byte[TABLE];
    private final List<List<Literal>> ending = new ArrayList<>();
    private final BitSet always = new BitSet();
    private final BitSet possible = new BitSet();

    /** What an expression needs. */
    private static final class Literal {

        final char[] text;
        final int expression;

        Literal(String text, int expression) {
            this.text = text.toCharArray();
            this.expression = expression;
        }
    }

    private Gate(int size, List<Literal> literals) {
        this.size = size;
        this.width = Math.min(
                WIDEST,
                literals.stream().mapToInt(each -> each.text.length).min().orElse(WIDEST));
        Arrays.fill(moves, (byte) (width - BLOCK + 1));
        for (int i = 0; i < TABLE; i++) {
            ending.add(List.of());
        }
        always.set(0, size);
        literals.forEach(this::add);
    }

    /** The gate before those expressions, of which it knows the indices. */
    static Gate of(List<Expression> expressions) {
        List<List<String>> needed = expressions.stream()
                .map(expression -> NeededLiterals.of(expression.root()))
                .toList();
        List<Literal> literals = new ArrayList<>();
        for (int i = 0; expressions.size() > 1 && i < expressions.size(); i++) {
            String best = "";
            int rarest = Integer.MAX_VALUE;
            for (String literal : needed.get(i)) {
                int sharers = sharers(literal, needed);
                boolean better = sharers < rarest || (sharers == rarest && literal.length() > best.length());
                if (literal.length() >= SHORTEST && better) {
                    best = literal;
                    rarest = sharers;
                }
            }
            if (!best.isEmpty()) {
                literals.add(new Literal(best, i));
            }
        }
        return new Gate(expressions.size(), literals);
    }

    private static int sharers(String literal, List<List<String>> needed) {
        return (int) needed.stream()
                .filter(others -> others.stream().anyMatch(other -> other.contains(literal)))
                .count();
    }

    private void add(Literal literal) {
        for (int i = 0; i + BLOCK <= width; i++) {
            int block = block(literal.text[i], literal.text[i + 1]);
            moves[block] = (byte) Math.min(moves[block], width - BLOCK - i);
        }
        int last = block(literal.text[width - 2], literal.text[width - 1]);
        List<Literal> more = new ArrayList<>(ending.get(last));
        more.add(literal);
        ending.set(last, more);
        always.clear(literal.expression);
    }

    private static int block(char first, char second) {
        return (first * 31 + second) & (TABLE - 1);
    }

    /** Looks at a text. */
    void look(Subject subject) {
        possible.clear();
        possible.or(always);
        if (always.cardinality() == size) {
            return;
        }
        char[] text = subject.chars();
        int end = subject.length();
        for (int at = width - 1; at < end; ) {
            int block = block(text[at - 1], text[at]);
            int move = moves[block];
            if (move == 0) {
                compare(ending.get(block), subject, at - width + 1);
                move = 1;
            }
            at += move;
        }
    }

    private void compare(List<Literal> literals, Subject subject, int at) {
        for (int i = 0; i < literals.size(); i++) {
            Literal literal = literals.get(i);
            if (!possible.get(literal.expression) && subject.startsWith(literal.text, at)) {
                possible.set(literal.expression);
            }
        }
    }

    /** The first expression from that index on that can match what was looked at, or -1. */
    int next(int from) {
        return possible.nextSetBit(from);
    }
}
