package bailiff.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds texts of which every match of an expression contains at least one. */
final class RequiredLiterals {

    /*
     * A walk over what cannot be skipped: characters in a row make a run, what takes no width does not end it. Every
     * run, every choice whose branches all have literals, and every repetition that must happen once, is a candidate;
     * the one with the longest shortest literal wins. Left out, to be on the safe side: letters in any case, sets, what
     * may be absent, line feeds (one is added at the end of every line) and U+FFFD (any broken byte is read as that).
     */
    private static final int LONG_ENOUGH = 16;

    private static final Comparator<List<String>> BY_WORTH = Comparator.<List<String>>comparingInt(
                    literals -> Math.min(LONG_ENOUGH, shortest(literals)))
            .thenComparing(Comparator.<List<String>>comparingInt(List::size).reversed());

    private final StringBuilder run = new StringBuilder();
    private List<String> best = List.of();

    private RequiredLiterals() {}

    /** The texts, at least one of which is in every match; none when nothing is certain. */
    static List<String> of(Node root) {
        RequiredLiterals walk = new RequiredLiterals();
        walk.visit(root);
        walk.endRun();
        return walk.best;
    }

    private void visit(Node node) {
        switch (node) {
            case Node.Char character when isCertain(character) -> run.appendCodePoint(character.codePoint());
            case Node.Sequence sequence -> sequence.parts().forEach(this::visit);
            case Node.Group group -> visit(group.body());
            case Node.Atomic atomic -> visit(atomic.body());
            case Node.Edge _, Node.Look _ -> {}
            case Node.Choice choice -> offer(union(choice.branches()));
            case Node.Repeat repeat when repeat.min() > 0 -> offer(of(repeat.body()));
            case Node.Condition condition -> offer(union(List.of(condition.yes(), condition.no())));
            case Node.Char _, Node.Set _, Node.Any _, Node.Repeat _, Node.BackReference _ -> endRun();
        }
    }

    private static boolean isCertain(Node.Char character) {
        int c = character.codePoint();
        boolean caseless = character.letters() == Node.Letters.EXACT || (c < 128 && !Character.isLetter(c));
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return caseless && !surrogate && c != '\n' && c != 0xfffd;
    }

    private static List<String> union(List<Node> branches) {
        List<String> union = new ArrayList<>();
        for (Node branch : branches) {
            List<String> literals = of(branch);
            if (literals.isEmpty()) {
                return List.of();
            }
            union.addAll(literals);
        }
        return union;
    }

    private void endRun() {
        if (!run.isEmpty()) {
            String literal = run.toString();
            run.setLength(0);
            offer(List.of(literal));
        }
    }

    private void offer(List<String> literals) {
        endRun();
        if (!literals.isEmpty() && (best.isEmpty() || BY_WORTH.compare(literals, best) > 0)) {
            best = literals;
        }
    }

    private static int shortest(List<String> literals) {
        return literals.stream().mapToInt(String::length).min().orElse(0);
    }
}
