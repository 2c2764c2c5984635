package bailiff.filter;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Tells which expressions of a filter do no more than end sessions: a line that matches one of them is no failure, and is
 * the last one of its session. Where no earlier line began that session, such a line says nothing. Stateless.
 */
final class Closing {

    /*
     * In an authentication log most of what sshd writes is of this kind: "Accepted publickey for ...", "Received
     * disconnect from ...". A session that begins with such a line is forgotten with it (see Sessions), so nothing
     * depends on it but those that are there already.
     *
     * Left out is every filter in which the line could count otherwise: that sees several lines together, that excuses
     * lines, or whose groups stand in for others.
     */

    private static final String FORGET = "mlfforget";
    private static final List<String> NO_FAILURE = List.of("nofail", "mlfgained");

    private Closing() {}

    /** The indices of those expressions. */
    static BitSet of(FilterDefinition definition, Expression prefregex, List<Expression> failregex) {
        BitSet closing = new BitSet();
        boolean plain = definition.maxlines() == 1 && definition.ignoreregex().isEmpty();
        if (plain && prefregex.groupNumbers().containsKey(Blame.SESSION) && !prefregex.isComposed()) {
            for (int i = 0; i < failregex.size(); i++) {
                closing.set(i, isClosing(failregex.get(i)));
            }
        }
        return closing;
    }

    private static boolean isClosing(Expression expression) {
        return !expression.isComposed()
                && !expression.knows(Blame.SESSION)
                && isCertain(expression, FORGET)
                && NO_FAILURE.stream().anyMatch(name -> isCertain(expression, name));
    }

    /** Whether that group takes a character or more in every match. */
    private static boolean isCertain(Expression expression, String name) {
        return Optional.ofNullable(expression.groupNumbers().get(name))
                .map(number -> isCertain(expression.root(), number))
                .orElse(false);
    }

    private static boolean isCertain(Node node, int group) {
        return switch (node) {
            case Node.Group(int number, Node body) ->
                number == group ? Width.of(body).min() > 0 : isCertain(body, group);
            case Node.Sequence(List<Node> parts) -> parts.stream().anyMatch(part -> isCertain(part, group));
            case Node.Atomic(Node body) -> isCertain(body, group);
            case Node.Char _, Node.Set _, Node.Any _, Node.Edge _, Node.Look _, Node.Repeat _ -> false;
            case Node.Choice _, Node.BackReference _, Node.Condition _ -> false;
        };
    }
}
