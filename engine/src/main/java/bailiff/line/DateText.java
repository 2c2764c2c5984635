package bailiff.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line in which a time is looked for, and how far it was looked at: what reads the same characters that far reads the
 * same time. Reused from line to line. Not thread-safe.
 */
final class DateText {

    /*
     * A line of ASCII is looked at where it stands, in the block that was read from the log: nearly every time is found
     * by comparing a few of its first bytes, for which no text has to be made.
     */
    private static final byte[] NOTHING = {};

    private byte[] block = NOTHING;
    private int from;
    private int length;
    private boolean ascii;
    private @Nullable String line = "";
    private int reach;

    /** A text that is looked at for the first time. */
    static DateText of(String line) {
        DateText text = new DateText();
        text.set(line);
        return text;
    }

    /** Goes on to the next line. */
    void set(String next) {
        block = NOTHING;
        ascii = false;
        line = next;
        length = next.length();
        reach = 0;
    }

    /** Goes on to the next line, whose bytes must stay as they are until the one after it, or {@link #letGo}. */
    void set(LogLine next) {
        if (!next.isAscii()) {
            set(next.text());
            return;
        }
        block = next.buffer();
        from = next.from();
        length = next.length();
        ascii = true;
        line = null;
        reach = 0;
    }

    /** Lets go of the line's bytes: it is an empty line from now on. */
    void letGo() {
        set("");
    }

    String line() {
        String known = line;
        if (known == null) {
            known = new String(block, from, length, StandardCharsets.ISO_8859_1);
            line = known;
        }
        return known;
    }

    int length() {
        return length;
    }

    char charAt(int index) {
        if (index >= reach) {
            reach = index + 1;
        }
        return peek(index);
    }

    /** The character in that place, which then still does not count as looked at. */
    char peek(int index) {
        return ascii ? (char) block[from + index] : line().charAt(index);
    }

    /** Where that character of ASCII stands next from there on, or -1; does not count as a look. */
    int find(char wanted, int at) {
        if (!ascii) {
            return line().indexOf(wanted, at);
        }
        for (int i = at; i < length; i++) {
            if (block[from + i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    boolean startsWith(String prefix, int at) {
        reach = Math.max(reach, Math.min(at + prefix.length(), length));
        return line().startsWith(prefix, at);
    }

    /** Whether these characters stand there; does not count as a look. */
    boolean stands(Piece piece, int at) {
        if (!ascii) {
            return line().startsWith(piece.text, at);
        }
        int end = at + piece.ascii.length;
        return piece.isAscii
                && end <= length
                && Arrays.equals(block, from + at, from + end, piece.ascii, 0, piece.ascii.length);
    }

    String substring(int begin, int end) {
        reach = Math.max(reach, end);
        return line().substring(begin, end);
    }

    /** Forgets how far the line was looked at. */
    void lookAgain() {
        reach = 0;
    }

    /** Says that it was looked at up to there. */
    void lookedAt(int end) {
        reach = Math.max(reach, end);
    }

    /** Behind the last character that was looked at. */
    int reach() {
        return reach;
    }

    /** A part of a line that others are compared with. Immutable. */
    static final class Piece {

        private final String text;
        private final byte[] ascii;
        private final boolean isAscii;

        Piece(String text) {
            this.text = text;
            this.ascii = text.getBytes(StandardCharsets.US_ASCII);
            this.isAscii = new String(ascii, StandardCharsets.US_ASCII).equals(text);
        }

        int length() {
            return text.length();
        }
    }
}
