package bailiff.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Warns of expressions that work but let an attacker choose the address, or spend much time. */
final class Lint {

    private final Expression expression;
    private final List<String> warnings = new ArrayList<>();
    private boolean greedySeen;
    private boolean addressAfterGreedy;

    private Lint(Expression expression) {
        this.expression = expression;
    }

    /** One sentence for each doubt about the expression. */
    static List<String> check(Expression expression) {
        Lint lint = new Lint(expression);
        lint.visit(expression.root());
        if (lint.addressAfterGreedy && !isAnchoredAtEnd(expression.root())) {
            lint.warn("has a greedy .* or .+ before the address and no $ at its end: text in the line may choose the"
                    + " address");
        }
        return lint.warnings;
    }

    private void warn(String what) {
        String name =
                expression.source().option().key() + " " + expression.source().index();
        warnings.add(name + " " + what + ".");
    }

    private void visit(Node node) {
        if (node instanceof Node.Repeat repeat) {
            check(repeat);
        }
        greedySeen |= isGreedyAnything(node);
        addressAfterGreedy |= greedySeen && node instanceof Node.Group group && isAddress(group);
        children(node).forEach(this::visit);
    }

    private void check(Node.Repeat outer) {
        boolean backtracks = outer.max() > 2 && outer.greed() != Node.Greed.POSSESSIVE;
        if (backtracks && unboundedWithin(outer.body()).anyMatch(inner -> isAmbiguous(outer, inner))) {
            warn("repeats what is itself repeated: a hostile line may cost the whole budget");
        }
    }

    /** Whether a text can be shared out between the turns of the outer repetition in several ways. */
    private static boolean isAmbiguous(Node.Repeat outer, Node.Repeat inner) {
        long rest = Width.of(outer.body()).min() - Width.of(inner).min();
        return inner.body() instanceof Node.Any || rest == 0;
    }

    private static Stream<Node.Repeat> unboundedWithin(Node node) {
        Stream<Node.Repeat> here = node instanceof Node.Repeat repeat
                        && repeat.max() == Node.UNBOUNDED
                        && repeat.greed() != Node.Greed.POSSESSIVE
                ? Stream.of(repeat)
                : Stream.empty();
        return Stream.concat(here, children(node).stream().flatMap(Lint::unboundedWithin));
    }

    private static boolean isGreedyAnything(Node node) {
        return node instanceof Node.Repeat repeat
                && repeat.body() instanceof Node.Any
                && repeat.max() == Node.UNBOUNDED
                && repeat.greed() != Node.Greed.LAZY;
    }

    private boolean isAddress(Node.Group group) {
        Map<String, Integer> numbers = expression.groupNumbers();
        return Blame.IDS.stream().anyMatch(id -> numbers.getOrDefault(id, 0) == group.number());
    }

    private static boolean isAnchoredAtEnd(Node node) {
        return switch (node) {
            case Node.Edge edge ->
                switch (edge.place()) {
                    case LAST_LINE_END, LINE_END, TEXT_END -> true;
                    case TEXT_START, LINE_START, WORD_EDGE, NO_WORD_EDGE -> false;
                };
            case Node.Sequence sequence ->
                !sequence.parts().isEmpty() && isAnchoredAtEnd(sequence.parts().getLast());
            case Node.Choice choice -> choice.branches().stream().allMatch(Lint::isAnchoredAtEnd);
            case Node.Group group -> isAnchoredAtEnd(group.body());
            case Node.Atomic atomic -> isAnchoredAtEnd(atomic.body());
            case Node.Look look -> look.ahead() && !look.negative() && isAnchoredAtEnd(look.body());
            case Node.Char _, Node.Set _, Node.Any _, Node.Repeat _, Node.BackReference _, Node.Condition _ -> false;
        };
    }

    private static List<Node> children(Node node) {
        return switch (node) {
            case Node.Sequence sequence -> sequence.parts();
            case Node.Choice choice -> choice.branches();
            case Node.Group group -> List.of(group.body());
            case Node.Repeat repeat -> List.of(repeat.body());
            case Node.Look look -> List.of(look.body());
            case Node.Atomic atomic -> List.of(atomic.body());
            case Node.Condition condition -> List.of(condition.yes(), condition.no());
            case Node.Char _, Node.Set _, Node.Any _, Node.Edge _, Node.BackReference _ -> List.of();
        };
    }
}
