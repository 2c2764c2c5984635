package bailiff.line;

import bailiff.line.DateReading.Field;

/** The English names in a time, in any case: months, days of the week, halves of the day. Stateless. */
final class DateNames {

    private static final String[] MONTHS = {
        "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december"
    };
    private static final String[] WEEKDAYS = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    };

    private DateNames() {}

    /** Reads a month's name, its first {@code letters} letters or, with 0, all of it. */
    static int month(DateText text, int at, int end, int letters, DateReading out) {
        int month = index(MONTHS, text, at, end, letters);
        if (month < 0) {
            return -1;
        }
        out.put(Field.MONTH, month + 1);
        return at + (letters == 0 ? MONTHS[month].length() : letters);
    }

    /** Reads the name of a day of the week, likewise; it says nothing that a date does not. */
    static int weekday(DateText text, int at, int end, int letters, DateReading out) {
        int day = index(WEEKDAYS, text, at, end, letters);
        if (day < 0) {
            return -1;
        }
        out.put(Field.WEEKDAY, day);
        return at + (letters == 0 ? WEEKDAYS[day].length() : letters);
    }

    /** Reads {@code AM} or {@code PM}. */
    static int halfDay(DateText text, int at, int end, DateReading out) {
        if (end - at < 2 || (text.charAt(at + 1) | 0x20) != 'm') {
            return -1;
        }
        switch (text.charAt(at) | 0x20) {
            case 'a' -> out.put(Field.HALF_DAY, 0);
            case 'p' -> out.put(Field.HALF_DAY, 1);
            default -> {
                return -1;
            }
        }
        return at + 2;
    }

    private static int index(String[] names, DateText text, int at, int end, int letters) {
        for (int i = 0; i < names.length; i++) {
            int length = letters == 0 ? names[i].length() : letters;
            if (end - at >= length && isAt(names[i], text, at, length)) {
                return i;
            }
        }
        return -1;
    }

    /** Setting bit 5 folds ASCII letters; no other character becomes one, since names have letters only. */
    private static boolean isAt(String name, DateText text, int at, int length) {
        for (int i = 0; i < length; i++) {
            if ((text.charAt(at + i) | 0x20) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
