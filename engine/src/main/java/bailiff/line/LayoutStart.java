package bailiff.line;

/**
 * What the first characters of a layout look like, so that most places of a line are passed over at a glance: a run of
 * letters or digits of a certain length, and the character after it.
 *
 * @param kind what the run is made of
 * @param fewest the least length of the run
 * @param most the greatest length of the run
 * @param after the character after the run; NUL for any
 */
record LayoutStart(Kind kind, int fewest, int most, char after) {

    enum Kind {
        LETTERS,
        DIGITS,
        /** Neither; the run has length 0. */
        MARK
    }

    /** Runs are not counted further than this. */
    static final int LONGEST = 11;

    /** Stands for any character behind the run, and behind it for the line's end. */
    static final char ANY = '\0';

    /** How a layout of that notation starts. */
    static LayoutStart of(String notation) {
        if (notation.startsWith("{EPOCH}")) {
            return new LayoutStart(Kind.DIGITS, 10, 10, ANY);
        }
        if (notation.startsWith("{ZONE}")) {
            return new LayoutStart(Kind.LETTERS, 1, 5, ' ');
        }
        if (notation.startsWith("%z")) {
            return new LayoutStart(Kind.MARK, 0, 0, ANY);
        }
        if (notation.startsWith("(?:%a )?%b ")) {
            return new LayoutStart(Kind.LETTERS, 3, 3, ' ');
        }
        if (notation.startsWith("%b")) {
            return new LayoutStart(Kind.LETTERS, 3, 3, after(notation, 2));
        }
        if (notation.startsWith("%ExY%Exm%Exd")) {
            return new LayoutStart(Kind.DIGITS, 8, 8, ANY);
        }
        if (notation.startsWith("%Exy%Exm%Exd")) {
            return new LayoutStart(Kind.DIGITS, 6, 6, ANY);
        }
        if (notation.startsWith("%ExY")) {
            return new LayoutStart(Kind.DIGITS, 4, 4, after(notation, 4));
        }
        return notation.startsWith("%")
                ? new LayoutStart(Kind.DIGITS, 1, 2, after(notation, 2))
                : new LayoutStart(Kind.MARK, 0, 0, ANY);
    }

    private static char after(String notation, int at) {
        return notation.charAt(notation.charAt(at) == '\\' ? at + 1 : at);
    }

    /** What such a character makes a run of. */
    static Kind kind(char c) {
        if (DateDigits.isDigit(c)) {
            return Kind.DIGITS;
        }
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? Kind.LETTERS : Kind.MARK;
    }

    /** Whether a run of so many characters may be the start of a layout that starts so. */
    boolean allowsRun(Kind there, int length) {
        return kind == there && length >= fewest && length <= most;
    }

    /** Whether the run may have that behind it. */
    boolean allowsAfter(char behind) {
        return after == ANY || after == behind;
    }
}
