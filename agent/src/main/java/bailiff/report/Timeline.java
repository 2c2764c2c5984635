package bailiff.report;

import java.util.TreeMap;

/** How much was served and refused, hour by hour. Bounded. Not thread-safe. */
final class Timeline {

    /** Eleven years of hours; whatever is further apart is not counted by the hour. */
    static final int MOST_HOURS = 100_000;

    private static final long HOUR = 3_600_000;

    /** What is counted. */
    enum Line {
        /** Pages that people read: no images, no administration, no door. */
        PAGES(0),
        /** Requests to xmlrpc.php that WordPress answered. */
        XMLRPC(1),
        /** Login forms sent to wp-login.php that WordPress answered. */
        LOGIN(2),
        /** Failures that WordPress told of, where there is no access log. */
        FAILED(4),
        /** Requests to either that the server turned away. */
        REFUSED(3);

        private final int slot;

        Line(int slot) {
            this.slot = slot;
        }
    }

    private static final int LINES = Line.values().length;

    private final TreeMap<Long, int[]> hours = new TreeMap<>();
    private final long[] totals = new long[LINES];
    private long hour = Long.MIN_VALUE;
    private int[] counts = new int[LINES];

    void count(Line line, long millis) {
        long at = Math.floorDiv(millis, HOUR);
        if (at != hour) {
            hour = at;
            int[] known = hours.get(at);
            counts = known != null ? known : new int[LINES];
            if (known == null && hours.size() < MOST_HOURS) {
                hours.put(at, counts);
            }
        }
        counts[line.slot]++;
        totals[line.slot]++;
    }

    long total(Line line) {
        return totals[line.slot];
    }

    boolean isEmpty() {
        return hours.isEmpty();
    }

    /** The first hour in which anything was counted, as milliseconds since 1970; 0 when there is none. */
    long first() {
        return hours.isEmpty() ? 0 : hours.firstKey() * HOUR;
    }

    /** The end of the last one. */
    long end() {
        return hours.isEmpty() ? 0 : (hours.lastKey() + 1) * HOUR;
    }

    /** The counts in steps of as many hours as are needed to have at most so many steps. */
    long[] steps(Line line, int most) {
        if (hours.isEmpty()) {
            return new long[0];
        }
        long from = hours.firstKey();
        long width = stepHours(most);
        long[] steps = new long[(int) ((hours.lastKey() - from) / width) + 1];
        hours.forEach((at, told) -> steps[(int) ((at - from) / width)] += told[line.slot]);
        return steps;
    }

    /** How many hours one such step has: 1, 2, 3, 6, 12, 24 or days. */
    long stepHours(int most) {
        long hoursTold = hours.isEmpty() ? 1 : hours.lastKey() - hours.firstKey() + 1;
        long needed = (hoursTold + most - 1) / most;
        for (long usual : new long[] {1, 2, 3, 6, 12, 24, 48, 72, 168}) {
            if (usual >= needed) {
                return usual;
            }
        }
        return (needed + 167) / 168 * 168;
    }
}
