package bailiff.evidence.site;

/**
 * Whether more new sources fail at the site than people do: it makes the other kinds of evidence take less, and never
 * speaks against anybody itself.
 *
 * <p>Not thread-safe.
 */
final class Arrivals {

    /*
     * A cumulative sum over hours (Page, Biometrika 1954) of new failing sources, with the reference value and the
     * threshold that give, for negative binomial counts with a variance of twice their mean, a false alarm in ten years:
     * the tenth of the usual budget that is this kind's. MEANS is taken from the sources that had a success, never from
     * those that fail: an attack that was there from the beginning would be what is usual.
     */

    private static final double[] MEANS = {0.02, 0.05, 0.1, 0.25, 0.5, 1, 2};
    private static final double[] REFERENCES = {0.25, 0.25, 0.5, 1.0, 1.5, 2.5, 4.0};
    private static final double[] THRESHOLDS = {8.25, 10.75, 11.25, 12.25, 14.25, 16.25, 19.25};

    private static final long HOUR = 3_600;
    private static final double HOURS_A_YEAR = 8_766;

    /** The sum is kept up to this multiple of the threshold, so that an alarm ends. */
    private static final double MOST = 3;

    private double sum;
    private long hour = Long.MIN_VALUE;
    private int count;
    private boolean alarm;

    /** A source without a success failed for the first time. */
    void failure(long now, double honestAYear) {
        advance(now, honestAYear);
        count++;
        look(honestAYear);
    }

    /** Whether the site is under attack at that moment. */
    boolean isAlarm(long now, double honestAYear) {
        advance(now, honestAYear);
        look(honestAYear);
        return alarm;
    }

    private void look(double honestAYear) {
        int at = row(honestAYear);
        double sumNow = sum + count - REFERENCES[at];
        if (sumNow >= THRESHOLDS[at]) {
            alarm = true;
        } else if (sum + count <= 0) {
            alarm = false;
        }
    }

    private void advance(long now, double honestAYear) {
        long current = Math.floorDiv(now, HOUR);
        if (current <= hour) {
            return;
        }
        int at = row(honestAYear);
        if (hour != Long.MIN_VALUE) {
            double most = MOST * THRESHOLDS[at];
            sum = Math.clamp(sum + count - REFERENCES[at], 0, most);
            sum = Math.max(0, sum - REFERENCES[at] * (current - hour - 1));
        }
        hour = current;
        count = 0;
    }

    private static int row(double honestAYear) {
        double mean = honestAYear / HOURS_A_YEAR;
        int at = 0;
        while (at < MEANS.length - 1 && MEANS[at] < mean) {
            at++;
        }
        return at;
    }
}
