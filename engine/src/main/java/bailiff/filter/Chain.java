package bailiff.filter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Whether repetitions that stand in a row can share out one text among them in many ways: two side by side, such as
 * {@code \s*\s*}, or three and more of which each can read what stands between them, such as {@code .*x.*x.*}. A match
 * that fails behind them takes time that grows with the square of the line's length, or faster.
 */
final class Chain {

    /** Three repetitions cost the cube of the length, which spends the budget on a line of 200 characters. */
    private static final int MANY = 3;

    private Chain() {}

    /** Whether there is such a row anywhere in the expression. */
    static boolean isIn(Node root) {
        List<Node> parts = new ArrayList<>();
        flatten(root, parts);
        for (int i = 0; i < parts.size(); i++) {
            if (isLoop(parts.get(i)) && beginsAt(i, parts)) {
                return true;
            }
        }
        return false;
    }

    private static void flatten(Node node, List<Node> parts) {
        switch (node) {
            case Node.Sequence sequence -> sequence.parts().forEach(part -> flatten(part, parts));
            case Node.Group group -> flatten(group.body(), parts);
            default -> parts.add(node);
        }
    }

    private static boolean isLoop(Node node) {
        return node instanceof Node.Repeat repeat
                && repeat.max() == Node.UNBOUNDED
                && repeat.greed() != Node.Greed.POSSESSIVE
                && !Alphabet.of(repeat.body()).isEmpty();
    }

    private static BitSet loopAlphabet(Node node) {
        return node instanceof Node.Repeat repeat ? Alphabet.of(repeat.body()) : new BitSet();
    }

    private static boolean beginsAt(int start, List<Node> parts) {
        BitSet shared = loopAlphabet(parts.get(start));
        boolean adjacent = true;
        int loops = 1;
        for (Node part : parts.subList(start + 1, parts.size())) {
            if (isLoop(part) && loopAlphabet(part).intersects(shared)) {
                shared.and(loopAlphabet(part));
                loops++;
                if (adjacent || loops == MANY) {
                    return true;
                }
            } else if (Width.of(part).min() > 0) {
                adjacent = false;
                if (!isReadBy(shared, part)) {
                    return false;
                }
            } else if (part instanceof Node.Edge) {
                adjacent = false;
            }
        }
        return false;
    }

    /** Whether a repetition of these characters can read what the part reads. */
    private static boolean isReadBy(BitSet shared, Node part) {
        return switch (part) {
            case Node.Char _, Node.Set _, Node.Any _ -> Alphabet.of(part).intersects(shared);
            case Node.Group group -> isReadBy(shared, group.body());
            case Node.Atomic atomic -> isReadBy(shared, atomic.body());
            case Node.Repeat repeat -> repeat.min() == 0 || isReadBy(shared, repeat.body());
            case Node.Sequence sequence -> sequence.parts().stream().allMatch(each -> isReadBy(shared, each));
            case Node.Choice choice -> choice.branches().stream().anyMatch(each -> isReadBy(shared, each));
            case Node.Condition condition -> isReadBy(shared, condition.yes()) || isReadBy(shared, condition.no());
            case Node.Edge _, Node.Look _, Node.BackReference _ -> true;
        };
    }
}
