package bailiff.filter;

import java.util.ArrayList;
import java.util.List;

/** Finds texts all of which are in every match of an expression. */
final class NeededLiterals {

    /*
     * A walk over what cannot be skipped, as RequiredLiterals does, but every run counts, and nothing that stands in a
     * choice. The text is what the expressions see themselves, so line feeds and U+FFFD are characters like others.
     */
    private final StringBuilder run = new StringBuilder();
    private final List<String> found = new ArrayList<>();

    private NeededLiterals() {}

    /** The texts, in the order in which they stand. */
    static List<String> of(Node root) {
        NeededLiterals walk = new NeededLiterals();
        walk.visit(root);
        walk.endRun();
        return walk.found;
    }

    private void visit(Node node) {
        switch (node) {
            case Node.Char character
            when ProgramBuilder.isPlain(character) -> run.appendCodePoint(character.codePoint());
            case Node.Sequence sequence -> sequence.parts().forEach(this::visit);
            case Node.Group group -> visit(group.body());
            case Node.Atomic atomic -> visit(atomic.body());
            case Node.Repeat repeat
            when repeat.min() > 0 -> {
                endRun();
                visit(repeat.body());
                endRun();
            }
            case Node.Edge _, Node.Look _ -> {}
            case Node.Char _, Node.Set _, Node.Any _, Node.Choice _ -> endRun();
            case Node.Repeat _, Node.BackReference _, Node.Condition _ -> endRun();
        }
    }

    private void endRun() {
        if (!run.isEmpty()) {
            found.add(run.toString());
            run.setLength(0);
        }
    }
}
