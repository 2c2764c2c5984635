package bailiff.filter;

import java.util.Locale;

/**
 * An expression that cannot be used, with the place and the reason.
 *
 * <p>Further bad expressions of the same filter hang on it as {@link #getSuppressed()}, each a {@code RegexException}.
 */
public final class RegexException extends Exception {

    /** The option of a filter that holds the expression. */
    public enum Option {
        FAILREGEX,
        IGNOREREGEX,
        SUCCESSREGEX,
        PREFREGEX,
        DATEPATTERN;

        /** The name as it stands in the filter's file. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final long serialVersionUID = 1;

    private final Option option;
    private final int index;
    private final String expression;
    private final int position;
    private final String read;
    private final String expected;

    private RegexException(RegexSource source, int position, String read, String expected, String message) {
        super(message);
        this.option = source.option();
        this.index = source.index();
        this.expression = source.text();
        this.position = position;
        this.read = read;
        this.expected = expected;
    }

    static RegexException at(RegexSource source, int position, String expected) {
        String read = source.excerpt(position);
        String message = source.option().key() + " " + source.index() + ", position " + position + ": read " + read
                + ", expected " + expected;
        return new RegexException(source, position, read, expected, message);
    }

    /** For what is wrong with the expression as a whole, in fail2ban's words where it has some. */
    static RegexException whole(RegexSource source, String expected, String message) {
        return new RegexException(source, 0, source.excerpt(0), expected, message);
    }

    /** The option that the expression stands in. */
    public Option option() {
        return option;
    }

    /** Which expression of its option, from 0. */
    public int index() {
        return index;
    }

    /** The expression as written. */
    public String expression() {
        return expression;
    }

    /** Where in the expression, in characters from 0. */
    public int position() {
        return position;
    }

    /** What stands there: a quoted excerpt, or {@code the end}. */
    public String read() {
        return read;
    }

    /** What should stand there. */
    public String expected() {
        return expected;
    }
}
