package bailiff.line;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the times of access logs: Apache's and nginx's own, ISO 8601, and seconds since 1970. Not thread-safe. */
final class AccessTime {

    /*
     * Nearly every line has 09/Apr/2016:18:57:18 +0100, and nearly every one the day of the line before. So the
     * day and the zone are compared with the last ones, and only the clock is read. Times of any other form go the long
     * way; each of them has a year, so no present moment is needed to complete it.
     */
    private static final int USUAL = "09/Apr/2016:18:57:18 +0100".length();
    private static final int DAY = "09/Apr/2016:".length();
    private static final int CLOCK_END = "09/Apr/2016:18:57:18".length();

    private static final String FORMS = "{^LN-BEG}%d/%b/%ExY[ :]?%H:%M:%S(?:\\.%f)?(?: %z\\b)?\n"
            + "{^LN-BEG}%ExY-%m-%d[T ]%H:%M:%S(?:[.,]%f)?(?: ?%z\\b)?";

    /** 13 digits and more are milliseconds: in seconds that is the year 33,658. */
    private static final long LAST_SECOND = 1L << 40;

    private static final int MOST_DIGITS = 18;

    /** What {@link #offset} gives where the times name none. */
    static final int NO_OFFSET = Integer.MIN_VALUE;

    private final DateDetector other;
    private final byte[] day = new byte[DAY];
    private final byte[] zone = new byte[USUAL - CLOCK_END];
    private long midnight;
    private @Nullable Instant last;
    private int offset = NO_OFFSET;

    /** For a log whose times are of that zone where they name none. */
    AccessTime(ZoneId zone) {
        try {
            this.other = DateDetector.of(FORMS, zone);
        } catch (DatePatternException e) {
            throw new IllegalStateException("our own pattern", e);
        }
    }

    /** The time that stands there, without brackets; empty where none does. */
    Optional<Instant> read(byte[] bytes, int from, int to) {
        Instant usual = to - from == USUAL ? usual(bytes, from) : null;
        return usual != null ? Optional.of(usual) : unusual(bytes, from, to);
    }

    /** How many seconds east of Greenwich the clock is that the latest usual time was read from. */
    int offset() {
        return offset;
    }

    private @Nullable Instant usual(byte[] bytes, int from) {
        int hour = twoDigits(bytes, from + DAY);
        int minute = twoDigits(bytes, from + DAY + 3);
        int second = twoDigits(bytes, from + DAY + 6);
        if (hour > 23 || minute > 59 || second > 60 || bytes[from + 14] != ':' || bytes[from + 17] != ':') {
            return null;
        }
        boolean same = Arrays.equals(bytes, from, from + DAY, day, 0, DAY)
                && Arrays.equals(bytes, from + CLOCK_END, from + USUAL, zone, 0, zone.length);
        if (!same && !readDay(bytes, from)) {
            return null;
        }
        long epoch = midnight + hour * 3600L + minute * 60L + second;
        Instant known = last;
        if (known == null || known.getEpochSecond() != epoch) {
            known = Instant.ofEpochSecond(epoch);
            last = known;
        }
        return known;
    }

    /** Reads day and zone the long way, as the beginning of that day. */
    private boolean readDay(byte[] bytes, int from) {
        int sign = bytes[from + CLOCK_END + 1];
        int hours = twoDigits(bytes, from + CLOCK_END + 2);
        int minutes = twoDigits(bytes, from + CLOCK_END + 4);
        if (bytes[from + CLOCK_END] != ' ' || (sign != '+' && sign != '-') || hours > 18 || minutes > 59) {
            return false;
        }
        byte[] start = Arrays.copyOfRange(bytes, from, from + USUAL);
        System.arraycopy("00:00:00".getBytes(StandardCharsets.US_ASCII), 0, start, DAY, 8);
        Optional<Instant> found = unusual(start, 0, USUAL);
        found.ifPresent(time -> {
            midnight = time.getEpochSecond();
            offset = (hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
            System.arraycopy(bytes, from, day, 0, DAY);
            System.arraycopy(bytes, from + CLOCK_END, zone, 0, zone.length);
        });
        return found.isPresent();
    }

    private Optional<Instant> unusual(byte[] bytes, int from, int to) {
        Optional<Instant> epoch = epoch(bytes, from, to);
        return epoch.isPresent() ? epoch : other.time(LogLine.of(bytes, from, to), Instant.EPOCH);
    }

    /** Seconds since 1970, perhaps with a fraction, or milliseconds. */
    private static Optional<Instant> epoch(byte[] bytes, int from, int to) {
        long whole = 0;
        int at = from;
        for (; at < to && at - from < MOST_DIGITS && isDigit(bytes[at]); at++) {
            whole = whole * 10 + bytes[at] - '0';
        }
        if (at == from || (at < to && bytes[at] != '.')) {
            return Optional.empty();
        }
        long nanos = 0;
        long unit = 100_000_000;
        for (at++; at < to; at++, unit /= 10) {
            if (!isDigit(bytes[at])) {
                return Optional.empty();
            }
            nanos += (bytes[at] - '0') * unit;
        }
        if (whole < LAST_SECOND) {
            return Optional.of(Instant.ofEpochSecond(whole, nanos));
        }
        long second = Math.floorDiv(whole, 1000);
        return second < LAST_SECOND ? Optional.of(Instant.ofEpochMilli(whole)) : Optional.empty();
    }

    /** Their value; more than any two digits where other characters stand. */
    private static int twoDigits(byte[] bytes, int at) {
        return isDigit(bytes[at]) && isDigit(bytes[at + 1]) ? (bytes[at] - '0') * 10 + bytes[at + 1] - '0' : 100;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
