package bailiff.line;

import bailiff.line.DateReading.Field;
import java.time.LocalDate;

/** Days that are named by the number of their week and their day of the week. Stateless. */
final class DateWeeks {

    private static final int WEEK = 7;

    private DateWeeks() {}

    /** Reads the number of a week of which Sunday is the first day. */
    static int fromSunday(DateText text, int at, int end, DateReading out) {
        return number(text, at, end, Field.WEEK_FROM_SUNDAY, out);
    }

    /** Reads the number of a week of which Monday is the first day. */
    static int fromMonday(DateText text, int at, int end, DateReading out) {
        return number(text, at, end, Field.WEEK_FROM_MONDAY, out);
    }

    private static int number(DateText text, int at, int end, Field field, DateReading out) {
        int stop = DateDigits.skip(text, at, end, 2);
        if (stop == at) {
            return -1;
        }
        out.put(field, DateDigits.value(text, at, stop));
        return stop;
    }

    /** Reads the number of a day of the week, 0 for Sunday. */
    static int weekdayNumber(DateText text, int at, int end, DateReading out) {
        int stop = DateDigits.skip(text, at, end, 1);
        if (stop == at) {
            return -1;
        }
        out.put(Field.WEEKDAY, (text.charAt(at) - '0' + WEEK - 1) % WEEK);
        return stop;
    }

    /** Whether the week says the day, because nothing else does. */
    static boolean tell(DateReading reading) {
        boolean week = reading.has(Field.WEEK_FROM_SUNDAY) || reading.has(Field.WEEK_FROM_MONDAY);
        boolean other = reading.has(Field.MONTH) || reading.has(Field.DAY) || reading.has(Field.DAY_OF_YEAR);
        return week && !other && reading.has(Field.WEEKDAY);
    }

    /** Days since 1970 of that day; the days before a year's first whole week are in its week 0. */
    static long day(DateReading reading, int year) {
        boolean sunday = reading.has(Field.WEEK_FROM_SUNDAY);
        int week = reading.get(sunday ? Field.WEEK_FROM_SUNDAY : Field.WEEK_FROM_MONDAY, 0);
        int shift = sunday ? 1 : 0;
        int weekday = (reading.get(Field.WEEKDAY, 0) + shift) % WEEK;
        LocalDate newYear = LocalDate.of(year, 1, 1);
        int first = (newYear.getDayOfWeek().getValue() - 1 + shift) % WEEK;
        int beforeWeekOne = (WEEK - first) % WEEK;
        int days = week == 0 ? weekday - first : beforeWeekOne + WEEK * (week - 1) + weekday;
        return newYear.plusDays(days).toEpochDay();
    }
}
