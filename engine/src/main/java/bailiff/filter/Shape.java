package bailiff.filter;

import java.util.List;

/** Which parts of an expression a {@link Program} can stand for, and how many steps it takes. */
final class Shape {

    /*
     * Left to java.util.regex: what depends on the text that a group took (back-references), what may turn
     * without reading anything, groups that somebody asks for inside of what is not tried again (look-arounds,
     * atomic groups), and possessive repetitions of more than one character.
     */

    /** More steps than any program may have. */
    private static final long IMPOSSIBLE = Integer.MAX_VALUE;

    private final GroupTable groups;

    Shape(GroupTable groups) {
        this.groups = groups;
    }

    /** How many steps the part takes, at most; more than any program may have where it cannot be written as steps. */
    long steps(Node node) {
        return switch (node) {
            case Node.Char _, Node.Set _, Node.Any _, Node.Edge _ -> 1;
            case Node.Sequence sequence -> inARow(sequence.parts());
            case Node.Choice choice -> choice.branches().size() + sum(choice.branches());
            case Node.Group group -> 2 + steps(group.body());
            case Node.Look look -> takesGroups(look.body()) ? IMPOSSIBLE : 2 + steps(look.body());
            case Node.Atomic atomic -> takesGroups(atomic.body()) ? IMPOSSIBLE : 2 + steps(atomic.body());
            case Node.Repeat repeat when CharSet.isOne(repeat.body()) -> 2;
            case Node.Repeat repeat -> repeated(repeat);
            case Node.Condition condition -> 1 + sum(List.of(condition.yes(), condition.no()));
            case Node.BackReference _ -> IMPOSSIBLE;
        };
    }

    /** Characters in a row are one step. */
    private long inARow(List<Node> parts) {
        long steps = 0;
        boolean literal = false;
        for (Node part : parts) {
            boolean more = part instanceof Node.Char character && ProgramBuilder.isPlain(character);
            steps += more && literal ? 0 : steps(part);
            literal = more;
        }
        return Math.min(IMPOSSIBLE, steps);
    }

    private long sum(List<Node> nodes) {
        return Math.min(IMPOSSIBLE, nodes.stream().mapToLong(this::steps).sum());
    }

    private long repeated(Node.Repeat repeat) {
        boolean endless = repeat.max() == Node.UNBOUNDED;
        long optional = endless ? 2 : repeat.max() - repeat.min();
        boolean mayStandStill = optional > 1 && Width.of(repeat.body()).min() == 0;
        if (repeat.greed() == Node.Greed.POSSESSIVE || mayStandStill) {
            return IMPOSSIBLE;
        }
        long turns = endless ? Math.max(1, repeat.min()) : repeat.max();
        return Math.min(IMPOSSIBLE, turns * (1 + steps(repeat.body())));
    }

    private boolean takesGroups(Node node) {
        return switch (node) {
            case Node.Group group -> groups.isNeeded(group.number()) || takesGroups(group.body());
            case Node.Sequence sequence -> sequence.parts().stream().anyMatch(this::takesGroups);
            case Node.Choice choice -> choice.branches().stream().anyMatch(this::takesGroups);
            case Node.Condition condition -> takesGroups(condition.yes()) || takesGroups(condition.no());
            case Node.Repeat repeat -> takesGroups(repeat.body());
            case Node.Look look -> takesGroups(look.body());
            case Node.Atomic atomic -> takesGroups(atomic.body());
            case Node.Char _, Node.Set _, Node.Any _, Node.Edge _, Node.BackReference _ -> false;
        };
    }
}
