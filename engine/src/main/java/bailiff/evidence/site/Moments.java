package bailiff.evidence.site;

import java.util.Arrays;

/**
 * When something happened of late, as spans: what lies closer together than a given gap is one.
 *
 * <p>Not thread-safe.
 */
final class Moments {

    /** Spans kept; who comes every five minutes fills them in forty. The one that ended first makes room. */
    private static final int SPANS = 8;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final long gap;
    private final long[] from = new long[SPANS];
    private final long[] to = new long[SPANS];

    /** None yet; {@code gap} in the unit of the moments. */
    Moments(long gap) {
        this.gap = gap;
        Arrays.fill(from, NEVER);
        Arrays.fill(to, NEVER);
    }

    void add(long moment) {
        int oldest = 0;
        for (int i = 0; i < SPANS; i++) {
            if (isNear(i, moment)) {
                from[i] = Math.min(from[i], moment);
                to[i] = Math.max(to[i], moment);
                return;
            }
            oldest = to[i] < to[oldest] ? i : oldest;
        }
        from[oldest] = moment;
        to[oldest] = moment;
    }

    /** Whether it happened then, or less than a gap before or after. */
    boolean has(long moment) {
        for (int i = 0; i < SPANS; i++) {
            if (isNear(i, moment)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNear(int i, long moment) {
        return moment >= from[i] - gap && moment <= to[i] + gap;
    }
}
