package bailiff.filter;

/** Python's flags that hold at one place of an expression. */
record Flags(boolean ignoreCase, boolean multiline, boolean dotAll, boolean verbose, boolean ascii) {

    static final Flags NONE = new Flags(false, false, false, false, false);

    Node.Letters letters() {
        return !ignoreCase ? Node.Letters.EXACT : ascii ? Node.Letters.ANY_CASE_OF_ASCII : Node.Letters.ANY_CASE;
    }

    /** These flags with that one, by its letter, switched; empty letters and unknown ones change nothing. */
    Flags with(char letter, boolean on) {
        return switch (letter) {
            case 'i' -> new Flags(on, multiline, dotAll, verbose, ascii);
            case 'm' -> new Flags(ignoreCase, on, dotAll, verbose, ascii);
            case 's' -> new Flags(ignoreCase, multiline, on, verbose, ascii);
            case 'x' -> new Flags(ignoreCase, multiline, dotAll, on, ascii);
            case 'a' -> new Flags(ignoreCase, multiline, dotAll, verbose, on);
            case 'u' -> new Flags(ignoreCase, multiline, dotAll, verbose, !on);
            default -> this;
        };
    }
}
