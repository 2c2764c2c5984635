package bailiff.line;

/** Makes hostile text fit for a terminal or a log: nothing in it can move the cursor, hide, or begin a line. */
public final class Printable {

    private Printable() {}

    /**
     * The text with every character escaped as <code>\\xNN</code> or <code>\\uNNNN</code> that is a control (C0, C1,
     * DEL), a line or paragraph separator, an invisible or direction-changing format character, a lone surrogate, or
     * private or unassigned. All else stays, backslashes too: the lines of PHP and the expressions of filters are full of
     * them, and doubled they could not be searched for.
     *
     * @param longest characters after which the rest is replaced by {@code ...}
     */
    public static String text(String hostile, int longest) {
        if (hostile.length() <= longest && isPlain(hostile)) {
            return hostile;
        }
        int end = Math.min(hostile.length(), longest);
        StringBuilder safe = new StringBuilder(end + 8);
        for (int i = 0; i < end; ) {
            int c = hostile.codePointAt(i);
            i += Character.charCount(c);
            append(safe, c);
        }
        if (end < hostile.length()) {
            safe.append("...");
        }
        return safe.toString();
    }

    /** {@link #text(String, int)} with room for 1,000 characters. */
    public static String text(String hostile) {
        return text(hostile, 1_000);
    }

    /** Whether it is of printable ASCII alone, as most texts are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static void append(StringBuilder safe, int c) {
        if (isHarmless(c)) {
            safe.appendCodePoint(c);
        } else if (c < 0x100) {
            safe.append("\\x%02x".formatted(c));
        } else {
            safe.append("\\u%04x".formatted(c));
        }
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
