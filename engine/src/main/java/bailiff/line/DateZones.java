package bailiff.line;

import bailiff.line.DateReading.Field;

/** The zone that a time names. Stateless. */
final class DateZones {

    /*
     * Only abbreviations that have one offset here are believed. A time with any other name is of the log's own zone:
     * most logs name that.
     */

    private static final int LONGEST_NAME = 5;

    private DateZones() {}

    /** Reads {@code Z}, {@code UTC}, {@code GMT} or hours and perhaps minutes east of Greenwich. */
    static int offset(DateText text, int at, int end, DateReading out) {
        if (at >= end) {
            return -1;
        }
        char first = text.charAt(at);
        if (first == '+' || first == '-') {
            return numeric(text, at, end, out);
        }
        int length = first == 'Z' ? 1 : 3;
        boolean named = first == 'Z' || text.startsWith("UTC", at) || text.startsWith("GMT", at);
        if (!named || at + length > end) {
            return -1;
        }
        out.put(Field.OFFSET, 0);
        return at + length;
    }

    /** Reads up to 5 capital letters. */
    static int name(DateText text, int at, int end, DateReading out) {
        int stop = endOfName(text, at, end);
        if (stop == at) {
            return -1;
        }
        String name = text.substring(at, stop);
        if (ZoneNames.isKnown(name)) {
            out.put(Field.OFFSET, ZoneNames.minutes(name) * 60);
        }
        return stop;
    }

    private static int endOfName(DateText text, int at, int end) {
        int stop = at;
        while (stop < end && stop - at < LONGEST_NAME && isLetter(text.charAt(stop))) {
            stop++;
        }
        return stop;
    }

    /** Reads an abbreviation of which the offset is known, so that no other word in capitals is taken for one. */
    static int knownName(DateText text, int at, int end, DateReading out) {
        int stop = endOfName(text, at, end);
        boolean known = (stop - at > 2 || text.startsWith("Z", at)) && ZoneNames.isKnown(text.substring(at, stop));
        return known ? name(text, at, stop, out) : -1;
    }

    /** Reads a name, a number or both, which are added up. */
    static int nameOrOffset(DateText text, int at, int end, DateReading out) {
        int named = name(text, at, end, out);
        int start = named < 0 ? at : named;
        int base = named < 0 ? 0 : out.get(Field.OFFSET, 0);
        int numbered = start < end && !isLetter(text.charAt(start)) ? numeric(text, start, end, out) : -1;
        if (numbered < 0) {
            return named;
        }
        out.put(Field.OFFSET, base + out.get(Field.OFFSET, 0));
        return numbered;
    }

    private static int numeric(DateText text, int at, int end, DateReading out) {
        int hoursEnd = DateDigits.skip(text, at + 1, end, 2);
        char sign = text.charAt(at);
        if (hoursEnd != at + 3 || (sign != '+' && sign != '-')) {
            return -1;
        }
        int hours = DateDigits.value(text, at + 1, hoursEnd);
        int minutesAt = hoursEnd < end && text.charAt(hoursEnd) == ':' ? hoursEnd + 1 : hoursEnd;
        int minutesEnd = DateDigits.skip(text, minutesAt, end, 2);
        boolean hasMinutes = minutesEnd == minutesAt + 2;
        int minutes = hasMinutes ? DateDigits.value(text, minutesAt, minutesEnd) : 0;
        if (hours > 18 || minutes > 59) {
            return -1;
        }
        int seconds = hours * 3600 + minutes * 60;
        out.put(Field.OFFSET, sign == '-' ? -seconds : seconds);
        return hasMinutes ? minutesEnd : hoursEnd;
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
