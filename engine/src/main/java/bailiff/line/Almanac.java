package bailiff.line;

import bailiff.line.DateReading.Field;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Completes what a line says of its time to an instant. Not thread-safe. */
final class Almanac {

    /*
     * Whatever is missing in front is completed to the latest time that is not in the future: a log tells the past.
     * How much ahead still counts as the past differs. A date without a year may be a day ahead, because machines and
     * people disagree about zones by up to a day; that a log reaches back over a year less a day is rarer. A time
     * without a day may be a minute ahead, as much as clocks drift.
     */

    private static final long DAY = 86_400;
    private static final long DAY_AHEAD = DAY;
    private static final long MINUTE_AHEAD = 60;

    /**
     * Of a time without a year that is no older than this, the next year's is certainly too far ahead: the same day is
     * at least 350 days later, however its year counts its weeks, and clocks are changed by a day at most.
     */
    private static final long LATEST_YEAR = 300 * DAY;

    private final ZoneId zone;
    private final WallClock clock;
    private LocalDate today = LocalDate.EPOCH;
    private long todayAt = Long.MIN_VALUE;
    private DateReading.@Nullable Origin origin;
    private boolean saysYear;
    private long hourStart;
    private long lastSecond;
    private int lastNano;
    private Optional<Instant> last = Optional.of(Instant.EPOCH);

    /** For a log whose times are of that zone where they name none. */
    Almanac(ZoneId zone) {
        this.zone = zone;
        this.clock = new WallClock(zone);
    }

    /** The instant that a possible reading means, read at {@code now}. */
    Optional<Instant> time(DateReading reading, Instant now) {
        int nano = reading.get(Field.NANO, 0);
        long second = reading.isEpoch() ? reading.epochSecond() : secondAgain(reading, now);
        if (second != lastSecond || nano != lastNano) {
            lastSecond = second;
            lastNano = nano;
            last = Optional.of(Instant.ofEpochSecond(second, nano));
        }
        return last;
    }

    /** A reading that differs from the last one in minute and second only is of the same day, mostly. */
    private long secondAgain(DateReading reading, Instant now) {
        DateReading.Origin same = reading.origin();
        if (same != null && same == origin) {
            long present = now.getEpochSecond();
            long second = inHour(reading, present);
            if (saysYear || (second <= present + DAY_AHEAD && second > present - LATEST_YEAR)) {
                return second;
            }
        }
        long second = second(reading, now);
        saysYear = reading.has(Field.YEAR);
        origin = saysDay(reading) && (saysYear || !saysDayOnly(reading)) ? same : null;
        return second;
    }

    private long second(DateReading reading, Instant now) {
        long present = now.getEpochSecond();
        if (reading.has(Field.YEAR) && saysDay(reading)) {
            return second(reading, day(reading, reading.get(Field.YEAR, 0)), present);
        }
        if (present != todayAt) {
            today = LocalDate.ofInstant(now, zone);
            todayAt = present;
        }
        if (!reading.has(Field.YEAR) && saysDay(reading) && !saysDayOnly(reading)) {
            return secondInLatestYear(reading, present);
        }
        if (reading.has(Field.DAY)) {
            return secondInLatestMonth(reading, present);
        }
        long thisDay = second(reading, today.toEpochDay(), present);
        return thisDay <= present + MINUTE_AHEAD ? thisDay : second(reading, today.toEpochDay() - 1, present);
    }

    /** Whether some part says the day of the year, at least its month; a year alone is as good as no date. */
    private static boolean saysDay(DateReading reading) {
        return reading.has(Field.MONTH)
                || reading.has(Field.DAY)
                || reading.has(Field.DAY_OF_YEAR)
                || DateWeeks.tell(reading);
    }

    /** Whether the day is all that it says of the date, so that the month is to be completed. */
    private static boolean saysDayOnly(DateReading reading) {
        return !reading.has(Field.MONTH) && !reading.has(Field.DAY_OF_YEAR) && !DateWeeks.tell(reading);
    }

    /** Ends, because every day of the calendar has existed in the last eight years. */
    private long secondInLatestYear(DateReading reading, long present) {
        for (int year = today.getYear() + 1; ; year--) {
            if (exists(reading, year)) {
                long day = day(reading, year);
                boolean farAhead = day * DAY > present + 3 * DAY;
                long second = farAhead ? Long.MAX_VALUE : second(reading, day, present);
                if (second <= present + DAY_AHEAD) {
                    return second;
                }
            }
        }
    }

    private long secondInLatestMonth(DateReading reading, long present) {
        int day = reading.get(Field.DAY, 1);
        for (YearMonth month = YearMonth.from(today).plusMonths(1); ; month = month.minusMonths(1)) {
            if (month.isValidDay(day)) {
                long second = second(reading, month.atDay(day).toEpochDay(), present);
                if (second <= present + DAY_AHEAD) {
                    return second;
                }
            }
        }
    }

    private static boolean exists(DateReading reading, int year) {
        boolean leapDay = reading.get(Field.DAY_OF_YEAR, 1) == 366
                || (reading.get(Field.MONTH, 1) == 2 && reading.get(Field.DAY, 1) == 29);
        return !leapDay || Year.isLeap(year);
    }

    /** Days since 1970 of the reading's day in that year. */
    private static long day(DateReading reading, int year) {
        if (reading.has(Field.DAY_OF_YEAR) && !reading.has(Field.MONTH)) {
            return LocalDate.ofYearDay(year, reading.get(Field.DAY_OF_YEAR, 1)).toEpochDay();
        }
        if (DateWeeks.tell(reading)) {
            return DateWeeks.day(reading, year);
        }
        return LocalDate.of(year, reading.get(Field.MONTH, 1), reading.get(Field.DAY, 1))
                .toEpochDay();
    }

    private long second(DateReading reading, long day, long present) {
        hourStart = day * DAY + hour(reading) * 3600L;
        return inHour(reading, present);
    }

    /** The second at which the clocks show the reading's minute and second of the hour that begins at hourStart. */
    private long inHour(DateReading reading, long present) {
        long local = hourStart + reading.get(Field.MINUTE, 0) * 60L + reading.get(Field.SECOND, 0);
        if (reading.has(Field.OFFSET)) {
            return local - reading.get(Field.OFFSET, 0);
        }
        return clock.toEpochSecond(local, present);
    }

    private static int hour(DateReading reading) {
        if (reading.has(Field.HOUR) || !reading.has(Field.CLOCK_HOUR)) {
            return reading.get(Field.HOUR, 0);
        }
        int hour = reading.get(Field.CLOCK_HOUR, 12);
        return hour % 12 + 12 * reading.get(Field.HALF_DAY, 0);
    }
}
