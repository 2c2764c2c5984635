package bailiff.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        lint.visit(expression.root(), false);
        if (Chain.isIn(expression.root())) {
            lint.warn("has repetitions in a row that can share out one text in many ways: a long hostile line may cost"
                    + " the whole budget");
        }
        lint.checkTags();
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

    private void visit(Node node, boolean judged) {
        boolean loops = node instanceof Node.Repeat repeat && Ambiguity.isOfMany(repeat);
        if (loops && !judged && node instanceof Node.Repeat repeat && Ambiguity.of(repeat)) {
            warn("repeats what can read the same text in several ways: a hostile line may cost the whole budget");
        }
        greedySeen |= isGreedyAnything(node);
        addressAfterGreedy |= greedySeen && node instanceof Node.Group group && isAddress(group);
        boolean within = judged || loops;
        children(node).forEach(child -> visit(child, within && !(node instanceof Node.Look)));
    }

    /** What fail2ban does otherwise, or what cannot be banned. */
    private void checkTags() {
        Map<String, Integer> groups = expression.groupNumbers();
        if (expression.knows("fid")) {
            warn("blames by <F-ID>: what that takes is banned where it is an address, and else only reported");
        }
        if (groups.containsKey("skiplines0") && !expression.isOfSeveralLines()) {
            warn("has <SKIPLINES> but sees one line at a time: maxlines is 1");
        }
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
