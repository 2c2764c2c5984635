package bailiff.filter;

import bailiff.line.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns away, by its bytes alone, a line in which no expression of the filter can match. Immutable. */
final class Prefilter {

    /*
     * The expressions see the line without its time, so a literal may come together only where the time was cut out.
     * There is one such place: of the two halves of a literal at least one lies wholly on one side of it. So the halves
     * are looked for, either of which admits the line.
     */
    private static final int SHORTEST = 4;
    private static final int MOST = 64;

    private final List<List<byte[]>> required;

    private Prefilter(List<List<byte[]>> required) {
        this.required = required;
    }

    /**
     * The prefilter for lines in which the one expression and one of the others must match.
     *
     * @param decoded whether they see requests in their one spelling, and not as they were logged
     */
    static Prefilter of(Expression prefix, List<Expression> alternatives, boolean decoded) {
        List<List<byte[]>> required = new ArrayList<>();
        add(halves(List.of(prefix), decoded), required);
        add(halves(alternatives, decoded), required);
        return new Prefilter(List.copyOf(required));
    }

    private static void add(List<byte[]> halves, List<List<byte[]>> required) {
        if (!halves.isEmpty() && halves.size() <= MOST) {
            required.add(halves);
        }
    }

    private static List<byte[]> halves(List<Expression> expressions, boolean decoded) {
        List<byte[]> halves = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (Expression expression : expressions) {
            List<String> literals = RequiredLiterals.of(expression.root());
            if (decoded) {
                literals = literals.stream().map(Spellings::stretch).toList();
            }
            if (literals.isEmpty() || literals.stream().anyMatch(literal -> literal.length() < SHORTEST)) {
                return List.of();
            }
            all.addAll(literals);
            for (String literal : literals) {
                byte[] bytes = literal.getBytes(StandardCharsets.UTF_8);
                halves.add(Arrays.copyOfRange(bytes, 0, bytes.length / 2));
                halves.add(Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length));
            }
        }
        if (decoded) {
            Spellings.escapes(all).forEach(escape -> halves.add(escape.getBytes(StandardCharsets.UTF_8)));
        }
        return halves;
    }

    /** Whether the line has to be looked at. */
    boolean admits(LogLine line) {
        for (List<byte[]> halves : required) {
            if (!containsAny(line, halves)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is anything that a line must contain. */
    boolean isUseful() {
        return !required.isEmpty();
    }

    private static boolean containsAny(LogLine line, List<byte[]> literals) {
        for (byte[] literal : literals) {
            if (line.contains(literal)) {
                return true;
            }
        }
        return false;
    }
}
