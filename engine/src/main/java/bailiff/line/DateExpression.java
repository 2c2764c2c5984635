package bailiff.line;

import java.util.Arrays;

/** A regular expression as it is written down, with the place in the datepattern that each character comes from. */
final class DateExpression {

    private final StringBuilder text = new StringBuilder();
    private int[] origins = new int[64];
    private boolean pinned;
    private int pin;

    /** Appends what was written in the datepattern at {@code origin}, counted from 0. */
    void add(String expression, int origin) {
        int start = text.length();
        text.append(expression);
        if (text.length() > origins.length) {
            origins = Arrays.copyOf(origins, 2 * text.length());
        }
        Arrays.fill(origins, start, text.length(), pinned ? pin : origin);
    }

    /** Takes all that follows as written at {@code origin}, until {@link #unpin}; false when it is pinned already. */
    boolean pin(int origin) {
        if (pinned) {
            return false;
        }
        pinned = true;
        pin = origin;
        return true;
    }

    void unpin() {
        pinned = false;
    }

    String text() {
        return text.toString();
    }

    /** Where the character at {@code index} comes from; the end where there is none. */
    int origin(int index) {
        return index >= 0 && index < text.length() ? origins[index] : Integer.MAX_VALUE;
    }
}
