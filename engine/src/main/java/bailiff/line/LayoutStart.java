package bailiff.line;

/**
 * What the first characters of a layout look like, so that most places of a line are passed over at a glance: a run of
 * letters or digits of a certain length, and the character after it.
 *
 * @param kind what the run is made of
 * @param fewest the least length of the run
 * @param most the greatest length of the run
 * @param after the characters of which one stands after the run; empty for any
 */
record LayoutStart(Kind kind, int fewest, int most, String after) {

    enum Kind {
        LETTERS(0),
        DIGITS(1),
        /** Neither; the run has length 0, and what is after it is the character itself. */
        MARK(2);

        private final int slot;

        Kind(int slot) {
            this.slot = slot;
        }

        /** Its place in a table of kinds. */
        int slot() {
            return slot;
        }
    }

    /** Runs are not counted further than this. */
    static final int LONGEST = 11;

    /** Stands for the line's end; no layout has it after its run. */
    static final char END = '\0';

    private static final String ANY = "";

    /** How a layout of that notation starts. */
    static LayoutStart of(String notation) {
        if (notation.startsWith("{EPOCH}")) {
            return new LayoutStart(Kind.DIGITS, 10, 10, ANY);
        }
        if (notation.startsWith("{TAI64N}")) {
            return mark("@");
        }
        if (notation.startsWith("{ZONE}")) {
            return new LayoutStart(Kind.LETTERS, 1, 5, " ");
        }
        if (notation.startsWith("%z")) {
            return mark("+-");
        }
        if (notation.startsWith("(?:%a )?%b ")) {
            return new LayoutStart(Kind.LETTERS, 3, 3, " ");
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
                : mark(notation.substring(0, 1));
    }

    private static LayoutStart mark(String one) {
        return new LayoutStart(Kind.MARK, 0, 0, one);
    }

    private static String after(String notation, int at) {
        int character = notation.charAt(at) == '\\' ? at + 1 : at;
        return notation.substring(character, character + 1);
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

    /** Whether such a run with that behind it may be the start of a layout that starts so. */
    boolean allows(Kind there, int length, char behind) {
        return allowsRun(there, length) && allowsAfter(behind);
    }

    /** Whether the run may have that behind it. */
    boolean allowsAfter(char behind) {
        return after.isEmpty() || after.indexOf(behind) >= 0;
    }
}
