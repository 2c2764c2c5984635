package bailiff.line;

import bailiff.line.DateReading.Field;
import java.util.Map;

/** The zone that a time names. Stateless. */
final class DateZones {

    /*
     * Only abbreviations that mean one offset wherever logs are written, or, like EST, are taken as the North American
     * ones by every program that takes them. A time with any other name is of the log's own zone: most logs name that.
     */
    private static final Map<String, Integer> HOURS = Map.ofEntries(
            Map.entry("Z", 0),
            Map.entry("UTC", 0),
            Map.entry("GMT", 0),
            Map.entry("WET", 0),
            Map.entry("WEST", 1),
            Map.entry("CET", 1),
            Map.entry("CEST", 2),
            Map.entry("EET", 2),
            Map.entry("EEST", 3),
            Map.entry("MSK", 3),
            Map.entry("JST", 9),
            Map.entry("AEST", 10),
            Map.entry("AEDT", 11),
            Map.entry("NZST", 12),
            Map.entry("NZDT", 13),
            Map.entry("EST", -5),
            Map.entry("EDT", -4),
            Map.entry("CST", -6),
            Map.entry("CDT", -5),
            Map.entry("MST", -7),
            Map.entry("MDT", -6),
            Map.entry("PST", -8),
            Map.entry("PDT", -7));

    private static final int LONGEST_NAME = 5;

    private DateZones() {}

    /** Reads {@code Z}, {@code UTC}, {@code GMT} or hours and perhaps minutes east of Greenwich. */
    static int offset(String text, int at, int end, DateReading out) {
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
    static int name(String text, int at, int end, DateReading out) {
        int stop = at;
        while (stop < end && stop - at < LONGEST_NAME && text.charAt(stop) >= 'A' && text.charAt(stop) <= 'Z') {
            stop++;
        }
        if (stop == at) {
            return -1;
        }
        Integer hours = HOURS.getOrDefault(text.substring(at, stop), DateReading.ABSENT);
        if (hours != DateReading.ABSENT) {
            out.put(Field.OFFSET, hours * 3600);
        }
        return stop;
    }

    /** Reads an abbreviation of which the offset is known, so that no other word in capitals is taken for one. */
    static int knownName(String text, int at, int end, DateReading out) {
        int stop = name(text, at, end, out);
        return stop < 0 || !HOURS.containsKey(text.substring(at, stop)) ? -1 : stop;
    }

    /** Reads a name, a number or both, of which the number counts. */
    static int nameOrOffset(String text, int at, int end, DateReading out) {
        int named = name(text, at, end, out);
        int start = named < 0 ? at : named;
        int numbered = start < end && !isLetter(text.charAt(start)) ? numeric(text, start, end, out) : -1;
        return numbered < 0 ? named : numbered;
    }

    private static int numeric(String text, int at, int end, DateReading out) {
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
