package bailiff.line;

/** Says why a datepattern cannot be used: where it goes wrong, what stands there and what was expected. */
public final class DatePatternException extends Exception {

    private static final long serialVersionUID = 1;

    private final String pattern;
    private final int position;

    DatePatternException(String pattern, int position, String found, String expected) {
        super("datepattern '%s': at position %d %s, expected %s".formatted(pattern, position, found, expected));
        this.pattern = pattern;
        this.position = position;
    }

    /** The pattern as it was given, one of several when the option has several lines. */
    public String pattern() {
        return pattern;
    }

    /** Where in {@link #pattern()} it goes wrong, in characters from 1. */
    public int position() {
        return position;
    }
}
