package bailiff.filter;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What a logged line holds if it holds a literal once its request is in its one spelling. Stateless. */
final class Spellings {

    /*
     * To a path's one spelling belong decoding, merging slashes, following dots, leaving out the host and the fragment.
     * Of these only decoding changes anything between two slashes, blanks, or marks that end the path. So the longest
     * stretch of the literal without such a character stands in the logged line as it is; or a character of it is
     * percent-encoded there, as one of a few escapes.
     *
     * Honest clients do not encode letters, digits, dots and dashes, so few lines are let through by that.
     */

    private Spellings() {}

    /** Of each literal the longest stretch that decoding alone can change; it may be empty. */
    static List<Literal> stretches(List<Literal> literals) {
        return literals.stream()
                .map(literal -> new Literal(stretch(literal.text()), literal.anyCase()))
                .toList();
    }

    /** A stretch of the literal that is not changed by decoding save by being decoded; empty when it has none. */
    static String stretch(String literal) {
        String longest = "";
        int start = 0;
        for (int i = 0; i <= literal.length(); i++) {
            if (i == literal.length() || !isKept(literal.charAt(i))) {
                longest = i - start > longest.length() ? literal.substring(start, i) : longest;
                start = i + 1;
            }
        }
        return longest;
    }

    /** The escapes, in either case, of which one stands where a character of one of the stretches is encoded. */
    static List<Literal> escapes(List<Literal> stretches) {
        Set<String> escapes = new TreeSet<>();
        for (Literal stretch : stretches) {
            String all = stretch.anyCase()
                    ? stretch.text().toLowerCase(Locale.ROOT) + stretch.text().toUpperCase(Locale.ROOT)
                    : stretch.text();
            all.chars().forEach(c -> escapes.add(String.format(Locale.ROOT, "%%%02x", c)));
        }
        return escapes.stream().map(escape -> new Literal(escape, true)).toList();
    }

    /** Printable ASCII that neither divides a line, a request or a path, nor is escaped by a server. */
    private static boolean isKept(char c) {
        return c > ' ' && c <= '~' && "/?#%\"\\".indexOf(c) < 0;
    }
}
