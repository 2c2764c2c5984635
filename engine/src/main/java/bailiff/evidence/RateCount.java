package bailiff.evidence;

import java.time.Duration;
import java.time.Instant;

/**
 * What fail2ban's counter knows of a source: enough to go on counting after a restart.
 *
 * @param retry the count that {@code maxretry} is compared with: scaled by rate, and raised for known offenders
 * @param failures the failures that it really was told of, since it began to count
 * @param since where the time by which the rate is reckoned begins, in seconds since 1970
 * @param last the latest failure, in seconds since 1970
 */
public record RateCount(int retry, int failures, double since, double last) {

    /* Python's floats, since the scaling has to come out the same to the last bit. Microseconds survive in them. */
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    /** The moment as Python's {@code time.time()} has it. */
    public static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / NANOS;
    }

    /** A length of time in seconds. */
    public static double seconds(Duration length) {
        return length.getSeconds() + length.getNano() / NANOS;
    }

    /** The length of time of so many seconds, to the microsecond; not negative. */
    public static Duration span(double seconds) {
        double whole = Math.floor(seconds);
        return Duration.ofSeconds((long) whole, Math.round((seconds - whole) * MICROS) * 1_000);
    }

    /** The moment of such a number, to the microsecond. */
    public static Instant instant(double seconds) {
        double whole = Math.floor(seconds);
        return Instant.ofEpochSecond((long) whole, Math.round((seconds - whole) * MICROS) * 1_000);
    }
}
