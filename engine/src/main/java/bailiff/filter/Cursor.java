package bailiff.filter;

/** Reads an expression from left to right and says where something else should have stood. */
final class Cursor {

    static final int END = -1;

    private final RegexSource source;
    private final String text;
    private final int tagAt;
    private int at;

    private Cursor(RegexSource source, String text, int tagAt) {
        this.source = source;
        this.text = text;
        this.tagAt = tagAt;
    }

    static Cursor over(RegexSource source) {
        return new Cursor(source, source.text(), -1);
    }

    /** A cursor over what a tag stands for; its errors point at the tag. */
    Cursor insideTag(String expansion, int position) {
        return new Cursor(source, expansion, position);
    }

    int at() {
        return at;
    }

    void backTo(int position) {
        at = position;
    }

    String text() {
        return text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** The next code point, not consumed, or {@link #END}. */
    int peek() {
        return atEnd() ? END : text.codePointAt(at);
    }

    /** Consumes one code point. */
    int next(String expected) throws RegexException {
        int codePoint = peek();
        if (codePoint == END) {
            throw error(at, expected);
        }
        at += Character.charCount(codePoint);
        return codePoint;
    }

    /** Consumes that text if it stands next. */
    boolean accept(String expected) {
        boolean there = text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    void expect(String expected, String why) throws RegexException {
        if (!accept(expected)) {
            throw error(at, why);
        }
    }

    /** Consumes digits of that radix (letters and digits of ASCII only), at most so many. */
    String digits(int radix, int most) {
        int from = at;
        while (at < text.length() && at - from < most && isDigit(text.charAt(at), radix)) {
            at++;
        }
        return text.substring(from, at);
    }

    /** Consumes everything before that character, and the character. */
    String upTo(char end, String expected) throws RegexException {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw error(text.length(), expected);
        }
        String passed = text.substring(at, found);
        at = found + 1;
        return passed;
    }

    RegexException error(int position, String expected) {
        return RegexException.at(source, tagAt >= 0 ? tagAt : position, expected);
    }

    private static boolean isDigit(char c, int radix) {
        return c < 128 && Character.digit(c, radix) >= 0;
    }
}
