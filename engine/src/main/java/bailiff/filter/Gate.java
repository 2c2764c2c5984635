package bailiff.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells, by one look at a text, which of several expressions can match it: those that need a literal which is not there
 * can not. Not thread-safe: it holds what it saw last.
 */
final class Gate {

    /*
     * Two neighbours in the text, every few characters, are looked up in a table. Where they may be neighbours in a
     * literal, at one of the places in a row of which one must be met, the literals with these two there are compared.
     * The places are chosen for being rare in text. To skip ahead by what is met, as Wu and Manber do (1994), is no
     * faster on lines of usual length: each step then waits for the one before.
     *
     * Of the literals that an expression needs the one is taken that the fewest others need too: the prefix that all
     * share tells nothing.
     */
    private static final int TABLE = 4_096;
    private static final int PLACES = 256;

    /** A longer stride would need more places, of which some would be frequent. */
    private static final int LONGEST_STRIDE = 4;

    /** From the most frequent in logs to rarer ones; what is not among them is rare. */
    private static final String FREQUENT = " etaoinsrhldcumpfgwybv0123456789.:/-_kxjqz";

    private final int stride;
    private final boolean choosy;
    private final boolean[] hot = new boolean[TABLE];
    private final List<List<Place>> places = new ArrayList<>();
    private final long[] always;
    private final long[] possible;

    /** What an expression needs, and a place in it where the text may be met. */
    private static final class Place {

        final byte[] literal;
        final int expression;
        final int at;

        Place(String literal, int expression, int at) {
            this.literal = literal.getBytes(StandardCharsets.ISO_8859_1);
            this.expression = expression;
            this.at = at;
        }
    }

    private Gate(List<String> needed) {
        this.choosy = needed.stream().anyMatch(literal -> !literal.isEmpty());
        this.always = new long[needed.size() / Long.SIZE + 1];
        this.possible = new long[always.length];
        this.stride = Math.min(
                LONGEST_STRIDE,
                needed.stream()
                        .filter(literal -> !literal.isEmpty())
                        .mapToInt(literal -> literal.length() - 1)
                        .min()
                        .orElse(1));
        for (int i = 0; i < PLACES; i++) {
            places.add(List.of());
        }
        for (int i = 0; i < needed.size(); i++) {
            add(needed.get(i), i);
        }
    }

    /** The gate before those expressions, of which it knows the indices. */
    static Gate of(List<Expression> expressions) {
        List<List<String>> needed = expressions.stream()
                .map(expression -> NeededLiterals.of(expression.root()))
                .toList();
        boolean several = expressions.size() > 1;
        return new Gate(needed.stream()
                .map(literals -> several ? asBytes(best(literals, needed)) : "")
                .toList());
    }

    /** The subject's bytes for the literal, each as a character. */
    private static String asBytes(String literal) {
        return new String(Subject.bytes(literal), StandardCharsets.ISO_8859_1);
    }

    private static String best(List<String> own, List<List<String>> all) {
        String best = "";
        int fewest = Integer.MAX_VALUE;
        for (String literal : own) {
            int sharers = sharers(literal, all);
            if (literal.length() > 1 && (sharers < fewest || (sharers == fewest && literal.length() > best.length()))) {
                best = literal;
                fewest = sharers;
            }
        }
        return best;
    }

    private static int sharers(String literal, List<List<String>> needed) {
        return (int) needed.stream()
                .filter(others -> others.stream().anyMatch(other -> other.contains(literal)))
                .count();
    }

    private void add(String literal, int expression) {
        if (literal.isEmpty()) {
            set(always, expression);
            return;
        }
        int from = rarest(literal);
        for (int at = from; at < from + stride; at++) {
            int pair = pair((byte) literal.charAt(at), (byte) literal.charAt(at + 1));
            List<Place> more = new ArrayList<>(places.get(pair % PLACES));
            more.add(new Place(literal, expression, at));
            places.set(pair % PLACES, more);
            hot[pair] = true;
        }
    }

    private int rarest(String literal) {
        int best = 0;
        for (int from = 1; from + stride < literal.length(); from++) {
            if (rarity(literal, from) > rarity(literal, best)) {
                best = from;
            }
        }
        return best;
    }

    private int rarity(String literal, int from) {
        return literal.substring(from, from + stride + 1)
                .chars()
                .map(c -> FREQUENT.indexOf(c))
                .map(rank -> rank < 0 ? FREQUENT.length() : rank)
                .sum();
    }

    private static int pair(int first, int second) {
        return (first * 67 + second) & (TABLE - 1);
    }

    /** Looks at a text. */
    void look(Subject subject) {
        System.arraycopy(always, 0, possible, 0, always.length);
        if (!choosy) {
            return;
        }
        boolean[] table = hot;
        byte[] text = subject.bytes();
        int end = subject.length() - 1;
        for (int at = 0; at < end; at += stride) {
            int pair = pair(text[at], text[at + 1]);
            if (table[pair]) {
                compare(places.get(pair % PLACES), subject, at);
            }
        }
    }

    private void compare(List<Place> candidates, Subject subject, int at) {
        for (int i = 0; i < candidates.size(); i++) {
            Place place = candidates.get(i);
            int from = at - place.at;
            if (from >= 0 && subject.startsWith(place.literal, from)) {
                set(possible, place.expression);
            }
        }
    }

    /** The first expression from that index on that can match what was looked at, or -1. */
    int next(int from) {
        int word = from / Long.SIZE;
        long bits = possible[word] & -1L << from;
        while (bits == 0) {
            word++;
            if (word == possible.length) {
                return -1;
            }
            bits = possible[word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
    }

    private static void set(long[] bits, int index) {
        bits[index / Long.SIZE] |= 1L << index;
    }
}
