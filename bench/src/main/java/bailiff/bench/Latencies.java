package bailiff.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long something took, over many times. */
final class Latencies {

    private long[] nanos = new long[0];
    private int missed;

    /** One that took so many nanoseconds. */
    void add(long duration) {
        nanos = Arrays.copyOf(nanos, nanos.length + 1);
        nanos[nanos.length - 1] = duration;
    }

    /** One that did not happen in time. */
    void miss() {
        missed++;
    }

    /** The smallest duration, in milliseconds, that at least this share of all that happened did not exceed; or NaN. */
    double milliseconds(double share) {
        if (nanos.length == 0) {
            return Double.NaN;
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }

    /** One line of a table: p50, p90, p99, max, how many, how many missed. */
    String row(String name) {
        return String.format(
                Locale.ROOT,
                "%-34s %9.2f %9.2f %9.2f %9.2f %7d %7d",
                name,
                milliseconds(0.5),
                milliseconds(0.9),
                milliseconds(0.99),
                milliseconds(1),
                nanos.length,
                missed);
    }

    /** The slowest few, with their places in the order of time, from 1: a slow start looks different from a slow spell. */
    String slowest(int most) {
        return IntStream.range(0, nanos.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer place) -> nanos[place])
                        .reversed())
                .limit(most)
                .map(place -> String.format(Locale.ROOT, "%.1f (no. %d)", nanos[place] / 1e6, place + 1))
                .collect(Collectors.joining(", "));
    }

    /** The heading for {@link #row}. */
    static String heading() {
        return String.format(
                Locale.ROOT,
                "%-34s %9s %9s %9s %9s %7s %7s",
                "milliseconds",
                "p50",
                "p90",
                "p99",
                "max",
                "bans",
                "missed");
    }
}
