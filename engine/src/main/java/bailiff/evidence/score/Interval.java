package bailiff.evidence.score;

import java.util.function.DoublePredicate;

/**
 * Between what a rate lies, by what was counted, with 95 % confidence.
 *
 * @param low the least rate
 * @param high the greatest
 */
public record Interval(double low, double high) {

    /** Of the normal distribution, for 95 % on both sides. */
    private static final double Z = 1.959963984540054;

    private static final double SIDE = 0.025;

    /** Halvings of the range that is searched: more than a double has bits to tell. */
    private static final int STEPS = 60;

    /**
     * The share of which {@code hits} of {@code all} are a sample.
     *
     * <p>Wilson's score interval (J. Am. Stat. Assoc. 22, 1927), which holds for small numbers and for none.
     */
    public static Interval ofShare(long hits, long all) {
        if (all == 0) {
            return new Interval(0, 1);
        }
        double n = (double) all;
        double share = hits / n;
        double square = Z * Z;
        double middle = (share + square / (2 * n)) / (1 + square / n);
        double half = Z / (1 + square / n) * Math.sqrt(share * (1 - share) / n + square / (4 * n * n));
        return new Interval(hits == 0 ? 0 : Math.max(0, middle - half), hits == all ? 1 : Math.min(1, middle + half));
    }

    /**
     * The rate of rare events a unit, when {@code events} were seen in {@code units}.
     *
     * <p>Garwood's exact interval for a Poisson mean (Biometrika 28, 1936).
     */
    public static Interval ofRate(long events, double units) {
        double most = events + 10 * Math.sqrt(events + 1.0) + 10;
        double low = events == 0 ? 0 : search(most, mean -> 1 - atMost(events - 1, mean) > SIDE);
        double high = search(most, mean -> atMost(events, mean) < SIDE);
        return new Interval(low / units, high / units);
    }

    /** Where the predicate becomes true, which is false at 0. */
    private static double search(double most, DoublePredicate beyond) {
        double from = 0;
        double to = most;
        for (int i = 0; i < STEPS; i++) {
            double middle = (from + to) / 2;
            if (beyond.test(middle)) {
                to = middle;
            } else {
                from = middle;
            }
        }
        return (from + to) / 2;
    }

    /** How likely a Poisson variable of that mean is at most {@code events}; by logarithms, whose sums cannot vanish. */
    private static double atMost(long events, double mean) {
        if (mean <= 0) {
            return 1;
        }
        double log = -mean;
        double sum = Math.exp(log);
        for (long k = 1; k <= events; k++) {
            log += Math.log(mean / k);
            sum += Math.exp(log);
        }
        return Math.min(1, sum);
    }
}
