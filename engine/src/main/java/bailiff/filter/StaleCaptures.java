package bailiff.filter;

import java.util.List;
import java.util.OptionalInt;

/** Finds groups that Java would report with what they took on a way that was given up later. */
final class StaleCaptures {

    /*
     * What a look-ahead, an atomic group or a possessive repetition has taken stays in java.util.regex's groups when
     * the match goes on elsewhere; Python clears it. That shows only in a group that the way to the match can avoid:
     * any other is overwritten. So such a group is no danger unless something around it is a choice, optional or
     * conditional.
     */
    private final GroupTable groups;

    StaleCaptures(GroupTable groups) {
        this.groups = groups;
    }

    /** The number of the first such group. */
    OptionalInt find(Node root) {
        return find(root, false, false);
    }

    private OptionalInt find(Node node, boolean kept, boolean avoidable) {
        return switch (node) {
            case Node.Group group when kept && avoidable && isSeen(group.number()) -> OptionalInt.of(group.number());
            case Node.Group group -> find(group.body(), kept, avoidable);
            case Node.Sequence sequence -> findFirst(sequence.parts(), kept, avoidable);
            case Node.Choice choice -> findFirst(choice.branches(), kept, true);
            case Node.Condition condition -> findFirst(List.of(condition.yes(), condition.no()), kept, true);
            case Node.Atomic atomic -> find(atomic.body(), true, avoidable);
            case Node.Look look -> find(look.body(), true, avoidable);
            case Node.Repeat repeat ->
                find(repeat.body(), kept || repeat.greed() == Node.Greed.POSSESSIVE, avoidable || repeat.min() == 0);
            case Node.Char _, Node.Set _, Node.Any _, Node.Edge _, Node.BackReference _ -> OptionalInt.empty();
        };
    }

    private OptionalInt findFirst(List<Node> nodes, boolean kept, boolean avoidable) {
        return nodes.stream()
                .map(node -> find(node, kept, avoidable))
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    private boolean isSeen(int number) {
        return groups.isNeeded(number) && !groups.isHidden(number);
    }
}
