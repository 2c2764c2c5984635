package bailiff.ban;

import java.util.List;

/** Python's comparisons of numbers, those with longer symbols first. */
enum Comparison {
    AT_MOST("<="),
    AT_LEAST(">="),
    EQUAL("=="),
    DIFFERENT("!="),
    LESS("<"),
    GREATER(">");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    /** A comparison with what stands right of it. */
    record Link(Comparison comparison, Node right) {}

    String symbol() {
        return symbol;
    }

    /** {@code a < b < c}: true when each link is, and nothing behind the first that is not is evaluated. */
    static Node chain(Node first, List<Link> links) {
        List<Link> all = List.copyOf(links);
        return scope -> {
            PythonNumber left = first.value(scope);
            for (Link link : all) {
                PythonNumber right = link.right().value(scope);
                if (!link.comparison().holds(left, right)) {
                    return PythonNumber.ZERO;
                }
                left = right;
            }
            return PythonNumber.ONE;
        };
    }

    private boolean holds(PythonNumber left, PythonNumber right) {
        if (left.isNaN() || right.isNaN()) {
            return this == DIFFERENT;
        }
        int order = left.compare(right);
        return switch (this) {
            case AT_MOST -> order <= 0;
            case AT_LEAST -> order >= 0;
            case EQUAL -> order == 0;
            case DIFFERENT -> order != 0;
            case LESS -> order < 0;
            case GREATER -> order > 0;
        };
    }
}
