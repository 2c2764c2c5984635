package bailiff.line;

import java.time.Year;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a line found: where its time stands and which parts of it are written. Reused from line to line, so
 * that looking for a time allocates nothing. Not thread-safe.
 */
final class DateReading {

    /** A part of a time; an absent part is completed by {@link Almanac}. */
    enum Field {
        YEAR(0),
        MONTH(1),
        DAY(2),
        DAY_OF_YEAR(3),
        HOUR(4),
        /** Hour on a clock face, 1 to 12. */
        CLOCK_HOUR(5),
        /** 0 before noon, 1 after. */
        HALF_DAY(6),
        MINUTE(7),
        SECOND(8),
        NANO(9),
        /** Seconds east of Greenwich. */
        OFFSET(10),
        WEEK_FROM_SUNDAY(11),
        WEEK_FROM_MONDAY(12),
        /** 0 for Monday. */
        WEEKDAY(13);

        private final int slot;

        Field(int slot) {
            this.slot = slot;
        }
    }

    /** Tells readings that differ in nothing but minute, second and fraction from all others; equal to itself only. */
    static final class Origin {}

    static final int ABSENT = Integer.MIN_VALUE;

    private static final int[] LONGEST_MONTH = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int FIELDS = Field.values().length;

    private final int[] fields = new int[FIELDS];
    private boolean epoch;
    private boolean none;
    private long epochSecond;
    private int from;
    private int to;
    private int minuteEnd;
    private int secondAt;
    private int secondEnd;
    private int fractionAt;
    private int fractionEnd;
    private boolean twoDigits;
    private @Nullable Origin origin;

    void clear() {
        Arrays.fill(fields, ABSENT);
        epoch = false;
        none = false;
        minuteEnd = ABSENT;
        secondAt = ABSENT;
        fractionAt = ABSENT;
        twoDigits = true;
        origin = null;
    }

    /** Takes over all that another one found. */
    void copy(DateReading other) {
        System.arraycopy(other.fields, 0, fields, 0, FIELDS);
        epoch = other.epoch;
        none = other.none;
        epochSecond = other.epochSecond;
        from = other.from;
        to = other.to;
        origin = other.origin;
    }

    /** Says where the minute was read. */
    void placeMinute(int at, int end) {
        minuteEnd = end;
        twoDigits &= end - at == 2;
    }

    /** Says where the second was read. */
    void placeSecond(int at, int end) {
        secondAt = at;
        secondEnd = end;
        twoDigits &= end - at == 2;
    }

    /** Says where the fraction of the second was read. */
    void placeFraction(int at, int end) {
        fractionAt = at;
        fractionEnd = end;
    }

    /**
     * Whether minute, second and perhaps fraction stand in this order, two digits of each of the first two, with at
     * most one character in between, as {@code 32:10.123456} and {@code 3210} do.
     */
    boolean hasPlaces() {
        boolean inOrder = minuteEnd >= 0 && (secondAt == minuteEnd || secondAt == minuteEnd + 1);
        return inOrder && twoDigits && (fractionAt < 0 || fractionAt == secondEnd + 1);
    }

    int minuteEnd() {
        return minuteEnd;
    }

    int secondAt() {
        return secondAt;
    }

    int secondEnd() {
        return secondEnd;
    }

    /** Negative where there is none. */
    int fractionAt() {
        return fractionAt;
    }

    int fractionEnd() {
        return fractionEnd;
    }

    /** Makes it the first of the readings that differ in nothing but minute, second and fraction. */
    void makeOrigin() {
        origin = new Origin();
    }

    /** Readings that have the same origin differ in nothing but minute, second and fraction. */
    @Nullable
    Origin origin() {
        return origin;
    }

    void put(Field field, int value) {
        fields[field.slot] = value;
    }

    void putEpoch(long second, int nano) {
        epoch = true;
        epochSecond = second;
        put(Field.NANO, nano);
    }

    /** Says that a template found the place of a time, and no time there. */
    void putNone() {
        none = true;
    }

    /** Sets the part of the line to be cut out. */
    void span(int start, int end) {
        from = start;
        to = end;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean has(Field field) {
        return fields[field.slot] != ABSENT;
    }

    int get(Field field, int absent) {
        int value = fields[field.slot];
        return value == ABSENT ? absent : value;
    }

    boolean isEpoch() {
        return epoch;
    }

    boolean isNone() {
        return none;
    }

    long epochSecond() {
        return epochSecond;
    }

    /** Whether some year has such a day; each part is within its own range already. */
    boolean isPossible() {
        if (epoch || none) {
            return true;
        }
        int year = get(Field.YEAR, ABSENT);
        int day = get(Field.DAY, 1);
        int month = get(Field.MONTH, 1);
        boolean shortFebruary = year != ABSENT && !Year.isLeap(year);
        if (shortFebruary && get(Field.DAY_OF_YEAR, 1) > 365) {
            return false;
        }
        return day <= (month == 2 && shortFebruary ? 28 : LONGEST_MONTH[month - 1]);
    }
}
