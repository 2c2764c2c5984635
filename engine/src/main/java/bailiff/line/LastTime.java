package bailiff.line;

import bailiff.line.DateReading.Field;
import org.jspecify.annotations.Nullable;

/**
 * The time that was read last, with the text that it was read from, so that the next line's time is mostly compared
 * rather than read: the same text is the same time, save that minute, second and fraction may be other digits. Not
 * thread-safe.
 */
final class LastTime {

    /*
     * Kept are all characters that reading looked at, not only the time itself. Reading does nothing but compare
     * characters and take runs of digits, so from the same characters it takes the same. Where the digits of minute,
     * second and fraction are others, as many as before and in their range, every comparison ends as before: what is
     * around them is the same, and that no step but their own asks which digit it is.
     *
     * A reader may also ask whether the line is long enough for what it wants to read next, without looking at it. So
     * nothing is kept from, or found in, a line that ends less than MARGIN behind what was looked at.
     */

    /** More than any reader asks for at once: the label of TAI64N has 25 characters. */
    static final int MARGIN = 32;

    /** What is looked at beyond that is not worth comparing. */
    private static final int LONGEST = 256;

    private static final int NONE = Integer.MAX_VALUE;
    private static final int[] NANOS = {
        1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
    };

    private final DateReading reading = new DateReading();
    private DateText.Piece head = new DateText.Piece("");
    private DateText.Piece tail = head;
    private int needed = NONE;
    private int from;
    private int to;
    private boolean exact;
    private int second;
    private char colon;
    private int fraction;
    private int fractionEnd;
    private char point;
    private int tailAt;

    void forget() {
        needed = NONE;
    }

    /**
     * Keeps what was found.
     *
     * @param at the first character that was looked at
     * @param reach behind the last one
     */
    void keep(String line, int at, int reach, DateReading found) {
        if (line.length() - reach < MARGIN || reach - at > LONGEST) {
            forget();
            return;
        }
        reading.copy(found);
        reading.makeOrigin();
        needed = reach - at + MARGIN;
        from = found.from() - at;
        to = found.to() - at;
        exact = !found.hasPlaces();
        if (exact) {
            head = new DateText.Piece(line.substring(at, reach));
            return;
        }
        second = found.secondAt() - at;
        colon = second == found.minuteEnd() - at ? '\0' : line.charAt(found.minuteEnd());
        fraction = found.fractionAt() - at;
        fractionEnd = found.fractionEnd() - at;
        point = found.fractionAt() < 0 ? '\0' : line.charAt(found.secondEnd());
        tailAt = found.fractionAt() < 0 ? second + 2 : fractionEnd;
        head = new DateText.Piece(line.substring(at, found.minuteEnd() - 2));
        tail = new DateText.Piece(line.substring(at + tailAt, Math.max(reach, at + tailAt)));
    }

    /** The time that stands there, when it is written like the last one; the reading is good until the next call. */
    @Nullable
    DateReading at(DateText line, int at) {
        if (line.length() - at < needed || !line.stands(head, at)) {
            return null;
        }
        if (!exact && !(line.stands(tail, at + tailAt) && readDigits(line, at))) {
            return null;
        }
        reading.span(at + from, at + to);
        return reading;
    }

    private boolean readDigits(DateText line, int at) {
        int minutes = twoDigits(line, at + head.length());
        int seconds = twoDigits(line, at + second);
        if (minutes > 59 || seconds > 60 || (colon != '\0' && line.peek(at + second - 1) != colon)) {
            return false;
        }
        if (point != '\0' && !readFraction(line, at)) {
            return false;
        }
        reading.put(Field.MINUTE, minutes);
        reading.put(Field.SECOND, seconds);
        return true;
    }

    private boolean readFraction(DateText line, int at) {
        int value = 0;
        for (int i = at + fraction; i < at + fractionEnd; i++) {
            int digit = line.peek(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        reading.put(Field.NANO, value * NANOS[fractionEnd - fraction]);
        return line.peek(at + fraction - 1) == point;
    }

    /** Their value; more than any two digits where other characters stand. */
    private static int twoDigits(DateText line, int at) {
        int tens = line.peek(at) - '0';
        int ones = line.peek(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? 100 : tens * 10 + ones;
    }
}
