package bailiff.filter;

import bailiff.line.Budget;
import org.jspecify.annotations.Nullable;

/**
 * What the expressions see of a line, and what trying them may cost: all of it but its time, or the part that prefregex
 * picked, and a line feed; of several lines that are seen together, the same one after the other.
 *
 * <p>Used again for every line. Not thread-safe: one filter owns it.
 */
final class Subject {

    /**
     * Behind the last character stands this one, so that the walker sees the end without asking for it first: it is not
     * of ASCII, and what is not of ASCII is looked at twice.
     */
    private static final char BEYOND = '\uffff';

    private static final int USUAL = 256;
    private static final String CONTENT = "content";

    /** A buffer grown beyond this is given up after the long line. */
    private static final int MOST_KEPT = 8_192;

    private char[] chars = new char[USUAL];
    private int length;
    private int lineFrom;
    private int lineEnd;
    private int offset;
    private @Nullable String string;
    private Budget budget = new Budget();
    private final Walker walker = new Walker(this);

    /** Starts on that text. */
    void load(String text, Budget allowed) {
        reserve(text.length());
        text.getChars(0, text.length(), chars, 0);
        loaded(text.length(), 0, allowed);
        string = text;
    }

    /** Starts on a line without its line feed, which is put behind it. */
    void loadLine(String line, Budget allowed) {
        reserve(line.length() + 1);
        line.getChars(0, line.length(), chars, 0);
        chars[line.length()] = '\n';
        loaded(line.length() + 1, 0, allowed);
    }

    private void loadPart(Subject whole, int from, int to) {
        reserve(to - from + 1);
        System.arraycopy(whole.chars, from, chars, 0, to - from);
        chars[to - from] = '\n';
        loaded(to - from + 1, whole.offset + from, whole.budget);
    }

    /**
     * Whether the prefregex that just matched the whole picked a part of it, which is then what this starts on; if not,
     * the others see everything.
     */
    boolean loadContent(Subject whole, Expression prefregex) {
        int start = prefregex.start(CONTENT);
        int end = prefregex.end(CONTENT);
        if (start < end) {
            loadPart(whole, start, end);
        }
        return start < end;
    }

    static boolean isContent(String group) {
        return group.equals(CONTENT);
    }

    private void reserve(int wanted) {
        if (wanted >= chars.length || (chars.length > MOST_KEPT && wanted < MOST_KEPT)) {
            chars = new char[Math.max(USUAL, wanted + 1)];
        }
    }

    private void loaded(int size, int begin, Budget allowed) {
        length = size;
        offset = begin;
        chars[size] = BEYOND;
        budget = allowed;
        string = null;
        lineFrom = 0;
        lineEnd = -1;
    }

    /** Who searches it. */
    Walker walker() {
        return walker;
    }

    /** The characters, and one that means the end; valid until the next text. */
    char[] chars() {
        return chars;
    }

    int length() {
        return length;
    }

    /** Where it begins in what prefregex sees. */
    int offset() {
        return offset;
    }

    Budget budget() {
        return budget;
    }

    /** Where the line ends in which that place is: before its line feed, or at the end of the text. */
    int lineEnd(int at) {
        if (at < lineFrom || at > lineEnd) {
            lineFrom = at;
            lineEnd = at;
            while (lineEnd < length && chars[lineEnd] != '\n') {
                lineEnd++;
            }
        }
        return lineEnd;
    }

    /** Whether the text goes on there with that literal, of at least one character. */
    boolean startsWith(char[] literal, int at) {
        if (chars[at] != literal[0] || at + literal.length > length) {
            return false;
        }
        for (int i = 1; i < literal.length; i++) {
            if (chars[at + i] != literal[i]) {
                return false;
            }
        }
        return true;
    }

    /** What stands there, as an index of {@link Step#TABLE}. */
    int kind(int at) {
        char c = chars[at];
        return c < CharSet.ASCII ? c : at < length ? Step.BEYOND_ASCII : Step.END;
    }

    /** Whether that place is between the two halves of a character. */
    boolean isInsidePair(int at) {
        return Character.isLowSurrogate(chars[at]) && at > 0 && Character.isHighSurrogate(chars[at - 1]);
    }

    /** The place of the character before, which is not to be further left than the least. */
    int before(int at, int least) {
        boolean pair = at - 2 >= least && Character.isLowSurrogate(chars[at - 1]);
        return pair && Character.isHighSurrogate(chars[at - 2]) ? at - 2 : at - 1;
    }

    /** Whether that place is such a one. */
    boolean isAt(Node.Edge edge, int at) {
        return switch (edge.place()) {
            case TEXT_START -> at == 0;
            case LINE_START -> at == 0 || chars[at - 1] == '\n';
            case LAST_LINE_END -> at == length || (at == length - 1 && chars[at] == '\n');
            case LINE_END -> at == length || chars[at] == '\n';
            case TEXT_END -> at == length;
            case WORD_EDGE -> isWord(edge, before(at, 0)) != isWord(edge, at);
            // Python finds no \B in an empty text.
            case NO_WORD_EDGE -> length > 0 && isWord(edge, before(at, 0)) == isWord(edge, at);
        };
    }

    private boolean isWord(Node.Edge edge, int at) {
        return at >= 0 && at < length && CharSet.word(edge.ascii()).has(Character.codePointAt(chars, at, length));
    }

    /** The part of the text. */
    String text(int from, int to) {
        return new String(chars, from, to - from);
    }

    /** All of the text. */
    String text() {
        if (string == null) {
            string = text(0, length);
        }
        return string;
    }

    /** Goes on with another budget. */
    void allow(Budget allowed) {
        budget = allowed;
    }

    /** The text in the form in which every read of a character is paid for. */
    CharSequence metered() {
        return budget.over(text());
    }
}
