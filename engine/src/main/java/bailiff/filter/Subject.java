package bailiff.filter;

import bailiff.line.Budget;
import bailiff.line.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the expressions see of a line, and what trying them may cost: all of it but its time, or the part that prefregex
 * picked, and a line feed; of several lines that are seen together, the same one after the other.
 *
 * <p>Used again for every line. Not thread-safe: one filter owns it.
 */
final class Subject {

    /*
     * In UTF-8, so that a line of ASCII is searched as it was read. U+FFFD is one byte here, which UTF-8 has no use for:
     * it stands for bytes of the log that are no UTF-8, and no text is longer than the line that it was made of.
     */

    /**
     * Behind the last character stands this one, so that the walker sees the end without asking for it first: it is not
     * of ASCII, and what is not of ASCII is looked at twice.
     */
    static final byte END = (byte) 0xff;

    private static final byte REPLACEMENT = (byte) 0xfe;
    private static final char REPLACED = '\ufffd';
    private static final byte[] REPLACED_BYTES = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};
    private static final int USUAL = 256;
    private static final String CONTENT = "content";

    /** A buffer grown beyond this is given up after the long line. */
    private static final int MOST_KEPT = 16_384;

    private byte[] bytes = new byte[USUAL];
    private int length;
    private boolean ascii;
    private int lineFrom;
    private int lineEnd;
    private int offset;
    private int knownPlace;
    private int knownCharacters;
    private @Nullable String string;
    private Budget budget = new Budget();
    private final Walker walker = new Walker(this);

    /** A text as its bytes are here. */
    static byte[] bytes(String text) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        if (text.indexOf(REPLACED) < 0) {
            return all;
        }
        int to = 0;
        for (int from = 0; from < all.length; to++) {
            boolean replaced = all[from] == REPLACED_BYTES[0]
                    && all[from + 1] == REPLACED_BYTES[1]
                    && all[from + 2] == REPLACED_BYTES[2];
            all[to] = replaced ? REPLACEMENT : all[from];
            from += replaced ? REPLACED_BYTES.length : 1;
        }
        return Arrays.copyOf(all, to);
    }

    /** Starts on that text. */
    void load(String text, Budget allowed) {
        byte[] all = bytes(text);
        reserve(all.length);
        System.arraycopy(all, 0, bytes, 0, all.length);
        loaded(all.length, 0, all.length == text.length() && text.indexOf(REPLACED) < 0, allowed);
        string = text;
    }

    /** Starts on a line without the characters from {@code cutFrom} to {@code cutTo}, and a line feed. */
    void loadLine(LogLine line, int cutFrom, int cutTo, Budget allowed) {
        if (!line.isAscii()) {
            String text = line.text();
            load(new StringBuilder(text).delete(cutFrom, cutTo).append('\n').toString(), allowed);
            return;
        }
        int size = line.length() - (cutTo - cutFrom) + 1;
        reserve(size);
        line.copyTo(0, cutFrom, bytes, 0);
        line.copyTo(cutTo, line.length(), bytes, cutFrom);
        bytes[size - 1] = '\n';
        loaded(size, 0, true, allowed);
    }

    private void loadPart(Subject whole, int from, int to) {
        reserve(to - from + 1);
        System.arraycopy(whole.bytes, from, bytes, 0, to - from);
        bytes[to - from] = '\n';
        loaded(to - from + 1, whole.offset + from, whole.ascii, whole.budget);
    }

    /**
     * Whether the prefregex that just matched the whole picked a part of it, which is then what this starts on; if not,
     * the others see everything.
     */
    boolean loadContent(Subject whole, Expression prefregex) {
        int start = prefregex.contentStart();
        int end = prefregex.contentEnd();
        if (start < end) {
            loadPart(whole, start, end);
        }
        return start < end;
    }

    static boolean isContent(String group) {
        return group.equals(CONTENT);
    }

    private void reserve(int wanted) {
        if (wanted >= bytes.length || (bytes.length > MOST_KEPT && wanted < MOST_KEPT)) {
            bytes = new byte[Math.max(USUAL, wanted + 1)];
        }
    }

    private void loaded(int size, int begin, boolean isAscii, Budget allowed) {
        length = size;
        offset = begin;
        ascii = isAscii;
        bytes[size] = END;
        budget = allowed;
        string = null;
        lineFrom = 0;
        lineEnd = -1;
        knownPlace = 0;
        knownCharacters = 0;
    }

    /** Who searches it. */
    Walker walker() {
        return walker;
    }

    /** The text, and a byte that means the end; valid until the next text. */
    byte[] bytes() {
        return bytes;
    }

    /** In bytes, as are all places. */
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
            while (lineEnd < length && bytes[lineEnd] != '\n') {
                lineEnd++;
            }
        }
        return lineEnd;
    }

    /** Whether the text goes on there with that literal, of at least one byte. */
    boolean startsWith(byte[] literal, int at) {
        if (bytes[at] != literal[0] || at + literal.length > length) {
            return false;
        }
        for (int i = 1; i < literal.length; i++) {
            if (bytes[at + i] != literal[i]) {
                return false;
            }
        }
        return true;
    }

    /** What stands there, as an index of {@link Step#TABLE}. */
    int kind(int at) {
        return bytes[at] & 0xff;
    }

    /** Whether that place is within a character. */
    boolean isInside(int at) {
        return (bytes[at] & 0xc0) == 0x80;
    }

    /** The place of the character before, which is not to be further left than the least. */
    int before(int at, int least) {
        int before = at - 1;
        while (before > least && isInside(before)) {
            before--;
        }
        return before;
    }

    /** The place behind the character that stands there. */
    int after(int at) {
        int first = bytes[at] & 0xff;
        return at + (first < 0xc0 || first == (REPLACEMENT & 0xff) ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);
    }

    /** The character that stands there, by its number in Unicode; there must be one. */
    int character(int at) {
        int first = bytes[at];
        if (first >= 0) {
            return first;
        }
        if (first == REPLACEMENT) {
            return REPLACED;
        }
        int size = after(at) - at;
        int c = first & (0x7f >> size);
        for (int i = 1; i < size; i++) {
            c = c << 6 | (bytes[at + i] & 0x3f);
        }
        return c;
    }

    /** Whether that place is such a one. */
    boolean isAt(Node.Edge edge, int at) {
        return switch (edge.place()) {
            case TEXT_START -> at == 0;
            case LINE_START -> at == 0 || bytes[at - 1] == '\n';
            case LAST_LINE_END -> at == length || (at == length - 1 && bytes[at] == '\n');
            case LINE_END -> at == length || bytes[at] == '\n';
            case TEXT_END -> at == length;
            case WORD_EDGE -> isWord(edge, before(at, 0)) != isWord(edge, at);
            // Python finds no \B in an empty text.
            case NO_WORD_EDGE -> length > 0 && isWord(edge, before(at, 0)) == isWord(edge, at);
        };
    }

    private boolean isWord(Node.Edge edge, int at) {
        return at >= 0 && at < length && CharSet.word(edge.ascii()).has(character(at));
    }

    /** The part of the text. */
    String text(int from, int to) {
        return new String(bytes, from, to - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** All of the text. */
    String text() {
        if (string == null) {
            string = text(0, length);
        }
        return string;
    }

    /** How many characters, as Java counts them, stand before that place. */
    int characters(int place) {
        if (ascii || place < 0) {
            return place;
        }
        if (place < knownPlace) {
            knownPlace = 0;
            knownCharacters = 0;
        }
        while (knownPlace < place) {
            step();
        }
        return knownCharacters;
    }

    /** The place before which so many characters stand, as Java counts them. */
    int place(int characters) {
        if (ascii || characters < 0) {
            return characters;
        }
        if (characters < knownCharacters) {
            knownPlace = 0;
            knownCharacters = 0;
        }
        while (knownCharacters < characters) {
            step();
        }
        return knownPlace;
    }

    private void step() {
        knownCharacters += Character.charCount(character(knownPlace));
        knownPlace = after(knownPlace);
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
