package bailiff.filter;

import bailiff.filter.Expression.Engine;
import java.util.Optional;

/** One expression for the walker and for java.util.regex. */
record Engines(Expression walked, Expression java) {

    /** Both; nothing where the expression is refused or its shape is left to java.util.regex. */
    static Optional<Engines> of(String expression, Flags flags) {
        try {
            Expression walked = Expression.compile(Dialect.source(expression), true, flags);
            Expression java = Expression.compile(Dialect.source(expression), true, flags, Engine.JAVA);
            return walked.program().isPresent() ? Optional.of(new Engines(walked, java)) : Optional.empty();
        } catch (RegexException e) {
            return Optional.empty();
        }
    }

    /** What the two find in a text, if that is not the same; java.util.regex may spend all, and then nothing is said. */
    Optional<String> difference(String text) {
        String byJava = found(java, text);
        String byWalker = found(walked, text);
        return byJava.equals(byWalker) || byJava.equals("spent")
                ? Optional.empty()
                : Optional.of(
                        walked.source().text() + " on " + text + ": java.util.regex " + byJava + ", here " + byWalker);
    }

    private static String found(Expression expression, String text) {
        try {
            return expression.finds(Dialect.subject(text)) ? Dialect.spans(expression, text) : Python.NONE;
        } catch (bailiff.line.Budget.Spent | StackOverflowError e) {
            return "spent";
        }
    }
}
