package bailiff.line;

import bailiff.line.DateReading.Field;

/**
 * A number in a time: so many digits, within a range. As many as there are, up to the most that it may have, are taken.
 *
 * @param field what the number says
 * @param fewest the least number of digits
 * @param most the greatest number of digits, at most 9
 * @param low the least value
 * @param high the greatest value
 */
record DateDigits(Field field, int fewest, int most, int low, int high) implements DateToken.Reader {

    private static final int[] NANOS = {
        1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
    };
    private static final int EPOCH_DIGITS = 10;
    private static final int TAI64N_DIGITS = 24;
    private static final long TAI64_EPOCH = 1L << 62;

    @Override
    public int read(DateText text, int at, int end, DateReading out) {
        int stop = skip(text, at, end, most);
        if (stop - at < fewest) {
            return -1;
        }
        int value = value(text, at, stop);
        if (value < low || value > high) {
            return -1;
        }
        out.put(field, value);
        return stop;
    }

    /** The same number, also with one digit after a blank. */
    static DateToken.Reader padded(DateDigits number) {
        return (text, at, end, out) -> number.read(text, at < end && text.charAt(at) == ' ' ? at + 1 : at, end, out);
    }

    /** Where the digits from {@code at} on end, at most {@code most} of them. */
    static int skip(DateText text, int at, int end, int most) {
        int limit = Math.min(end, at + most);
        int stop = at;
        while (stop < limit && isDigit(text.charAt(stop))) {
            stop++;
        }
        return stop;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The value of at most 9 digits. */
    static int value(DateText text, int at, int stop) {
        int value = 0;
        for (int i = at; i < stop; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    /** A fraction of a second, 1 to 9 digits. */
    static int fraction(DateText text, int at, int end, DateReading out) {
        int stop = skip(text, at, end, 9);
        if (stop == at) {
            return -1;
        }
        out.put(Field.NANO, value(text, at, stop) * NANOS[stop - at]);
        return stop;
    }

    /** Seconds since 1970, 10 digits (from September 2001 on), and perhaps a fraction. */
    static int epoch(DateText text, int at, int end, DateReading out) {
        int stop = skip(text, at, end, EPOCH_DIGITS + 1);
        if (stop - at != EPOCH_DIGITS || text.charAt(at) == '0') {
            return -1;
        }
        out.putEpoch(seconds(text, at), 0);
        if (stop < end && text.charAt(stop) == '.') {
            int fraction = fraction(text, stop + 1, end, out);
            return fraction < 0 ? stop : fraction;
        }
        return stop;
    }

    /** Seconds, milliseconds or microseconds since 1970: 10, 13 or 16 digits. */
    static int longEpoch(DateText text, int at, int end, DateReading out) {
        int stop = skip(text, at, end, EPOCH_DIGITS + 7);
        int digits = stop - at;
        if (digits != EPOCH_DIGITS + 3 && digits != EPOCH_DIGITS + 6) {
            return epoch(text, at, end, out);
        }
        int fraction = at + EPOCH_DIGITS;
        out.putEpoch(seconds(text, at), value(text, fraction, stop) * NANOS[stop - fraction]);
        if (text.charAt(at) == '0') {
            return -1;
        }
        boolean goesOn = digits == EPOCH_DIGITS + 3 && stop < end && text.charAt(stop) == '.';
        return goesOn ? partOfMillisecond(text, stop, end, out) : stop;
    }

    /** Milliseconds may have a fraction of up to 6 digits, behind the point at {@code point}. */
    private static int partOfMillisecond(DateText text, int point, int end, DateReading out) {
        int stop = skip(text, point + 1, end, 6);
        if (stop == point + 1) {
            return point;
        }
        int nanos = value(text, point + 1, stop) * NANOS[3 + stop - point - 1];
        out.put(Field.NANO, out.get(Field.NANO, 0) + nanos);
        return stop;
    }

    /** The label of daemontools: {@code @}, 16 hexadecimal digits of seconds, 8 of nanoseconds; no leap seconds. */
    static int tai64n(DateText text, int at, int end, DateReading out) {
        int stop = at + 1 + TAI64N_DIGITS;
        if (stop > end || text.charAt(at) != '@') {
            return -1;
        }
        long second = hexadecimal(text, at + 1, at + 17) - TAI64_EPOCH;
        long nano = hexadecimal(text, at + 17, stop);
        if (second < 0 || second > Integer.MAX_VALUE * 2L || nano < 0 || nano >= 1_000_000_000) {
            return -1;
        }
        out.putEpoch(second, (int) nano);
        return stop;
    }

    private static long seconds(DateText text, int at) {
        return value(text, at, at + 9) * 10L + text.charAt(at + 9) - '0';
    }

    private static long hexadecimal(DateText text, int at, int stop) {
        long value = 0;
        for (int i = at; i < stop; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}
