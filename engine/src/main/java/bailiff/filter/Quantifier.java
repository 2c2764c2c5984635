package bailiff.filter;

import java.util.Optional;

/** How often a part is to be repeated: {@code * + ? {m,n}}, lazily or possessively. */
record Quantifier(int min, int max, Node.Greed greed) {

    /** Larger counts are refused: no filter needs them, and the matcher unrolls them. */
    private static final int MOST = 65_535;

    private record Bounds(int min, int max) {}

    /** The quantifier that stands next, or nothing: a brace that is none stands for itself. */
    static Optional<Quantifier> read(Cursor in) throws RegexException {
        Bounds bounds = switch (in.peek()) {
            case '*' -> simple(in, 0, Node.UNBOUNDED);
            case '+' -> simple(in, 1, Node.UNBOUNDED);
            case '?' -> simple(in, 0, 1);
            case '{' -> braces(in);
            default -> NONE;
        };
        if (bounds.equals(NONE)) {
            return Optional.empty();
        }
        Node.Greed greed =
                in.accept("?") ? Node.Greed.LAZY : in.accept("+") ? Node.Greed.POSSESSIVE : Node.Greed.GREEDY;
        return Optional.of(new Quantifier(bounds.min, bounds.max, greed));
    }

    Node on(Node body) {
        return new Node.Repeat(body, min, max, greed);
    }

    private static final Bounds NONE = new Bounds(-1, -1);

    private static Bounds simple(Cursor in, int min, int max) throws RegexException {
        in.next("a quantifier");
        return new Bounds(min, max);
    }

    private static Bounds braces(Cursor in) throws RegexException {
        int start = in.at();
        in.expect("{", "a quantifier");
        String low = in.digits(10, Integer.MAX_VALUE);
        boolean comma = in.accept(",");
        String high = comma ? in.digits(10, Integer.MAX_VALUE) : low;
        if (!in.accept("}") || (!comma && low.isEmpty())) {
            in.backTo(start);
            return NONE;
        }
        int min = count(low, 0, in, start);
        int max = count(high, Node.UNBOUNDED, in, start);
        if (min > max) {
            throw in.error(start, "the smaller count first");
        }
        return new Bounds(min, max);
    }

    private static int count(String digits, int missing, Cursor in, int start) throws RegexException {
        if (digits.isEmpty()) {
            return missing;
        }
        if (digits.length() > 5 || Integer.parseInt(digits) > MOST) {
            throw in.error(start, "a count up to " + MOST);
        }
        return Integer.parseInt(digits);
    }
}
