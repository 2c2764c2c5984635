package bailiff.source;

import bailiff.line.LogLine;
import java.util.Arrays;
import java.util.Optional;

/**
 * A message of syslog as the line that filters see.
 *
 * @param line the line, of bytes that stay as they are
 * @param whole false where the message was longer and this is its beginning
 * @param dated whether a time stands where syslog writes it, so that it is to be cut out; else it is that of receipt
 */
record SyslogMessage(LogLine line, boolean whole, boolean dated) {

    /*
     * RFC 3164: "<85>Nov 21 10:00:00 host tag[1]: text", the host left out on the machine itself, or a time in ISO 8601.
     * RFC 5424: "<85>1 2026-11-21T10:00:00Z host app 1 - - text". The priority is taken off the former, as daemons do
     * before they write it to a file, and left on the latter, whose layout begins with it.
     *
     * A message is one line, whatever it holds: line feeds within it become blanks, or else a visitor's words could
     * stand at the beginning of a line, where a filter believes that a program speaks.
     */

    /** The longest that a priority is, with its brackets. */
    static final int PRIORITY = 5;

    private static final int HIGHEST_PRIORITY = 191;
    private static final String OLD_STAMP = "Aaa d0 00:00:00";
    private static final String ISO_STAMP = "0000-00-00A00:00:00";

    /**
     * The message in these bytes, from {@code from} up to {@code to}; nothing where there is nothing but an end of line.
     *
     * @param complete whether these are all bytes that were sent
     */
    static Optional<SyslogMessage> of(byte[] bytes, int from, int to, boolean complete) {
        int end = to;
        while (end > from && isEnd(bytes[end - 1])) {
            end--;
        }
        int text = afterPriority(bytes, from, end);
        boolean isNew = text > from && end - text >= 2 && bytes[text] == '1' && bytes[text + 1] == ' ';
        int begin = isNew ? from : text;
        if (begin >= end) {
            return Optional.empty();
        }
        boolean fits = end - begin <= LogFollower.LONGEST_LINE;
        int last = fits ? end : begin + LogFollower.LONGEST_LINE;
        int stamp = isNew ? text + 2 : text;
        byte[] line = isNew && isNil(bytes, stamp, last)
                ? without(bytes, begin, stamp, stamp + 2, last)
                : Arrays.copyOfRange(bytes, begin, last);
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
        }
        boolean dated = isLike(OLD_STAMP, bytes, stamp, last) || isLike(ISO_STAMP, bytes, stamp, last);
        return Optional.of(new SyslogMessage(LogLine.of(line, 0, line.length), fits && complete, dated));
    }

    private static boolean isEnd(byte b) {
        return b == '\n' || b == '\r' || b == 0;
    }

    /** Behind {@code <85>}; the beginning where there is none. */
    private static int afterPriority(byte[] bytes, int from, int to) {
        int priority = 0;
        int at = from + 1;
        while (at < to && at < from + PRIORITY - 1 && bytes[at] >= '0' && bytes[at] <= '9') {
            priority = 10 * priority + bytes[at] - '0';
            at++;
        }
        boolean isOne = at > from + 1 && at < to && bytes[from] == '<' && bytes[at] == '>';
        return isOne && priority <= HIGHEST_PRIORITY ? at + 1 : from;
    }

    /** RFC 5424's way to say that the sender knows no time. */
    private static boolean isNil(byte[] bytes, int at, int to) {
        return to - at >= 2 && bytes[at] == '-' && bytes[at + 1] == ' ';
    }

    private static byte[] without(byte[] bytes, int from, int gap, int behind, int to) {
        byte[] line = new byte[to - from - (behind - gap)];
        System.arraycopy(bytes, from, line, 0, gap - from);
        System.arraycopy(bytes, behind, line, gap - from, to - behind);
        return line;
    }

    /** Whether that stands there, where A and a are letters, 0 a digit, d a digit or a blank. */
    private static boolean isLike(String shape, byte[] bytes, int at, int to) {
        if (to - at < shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            byte b = bytes[at + i];
            boolean fits = switch (shape.charAt(i)) {
                case 'A' -> b >= 'A' && b <= 'Z';
                case 'a' -> b >= 'a' && b <= 'z';
                case '0' -> b >= '0' && b <= '9';
                case 'd' -> b == ' ' || (b >= '0' && b <= '9');
                default -> b == shape.charAt(i);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
