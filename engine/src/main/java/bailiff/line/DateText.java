package bailiff.line;

/**
 * A line in which a time is looked for, and how far it was looked at: what reads the same characters that far reads the
 * same time. Reused from line to line. Not thread-safe.
 */
final class DateText {

    private String line = "";
    private int reach;

    /** A text that is looked at for the first time. */
    static DateText of(String line) {
        DateText text = new DateText();
        text.set(line);
        return text;
    }

    /** Goes on to the next line. */
    void set(String next) {
        line = next;
        reach = 0;
    }

    String line() {
        return line;
    }

    int length() {
        return line.length();
    }

    char charAt(int index) {
        if (index >= reach) {
            reach = index + 1;
        }
        return line.charAt(index);
    }

    boolean startsWith(String prefix, int at) {
        reach = Math.max(reach, Math.min(at + prefix.length(), line.length()));
        return line.startsWith(prefix, at);
    }

    String substring(int from, int to) {
        reach = Math.max(reach, to);
        return line.substring(from, to);
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
}
