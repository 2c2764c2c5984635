package bailiff.evidence;

import java.util.Arrays;

/** When one source failed, in order of time. Not thread-safe: its {@link AddressEvidence} owns it. */
final class FailureTimes {

    /*
     * Lines reach us out of order: an access log's line carries the time at which its request began and is written when
     * the request ends, so times were seen to go back 40 seconds. A failure therefore stays for this much longer than
     * findtime: a late line still finds the failures that it belongs with. What is kept is below 2 * maxretry + 1
     * times: maxretry of them within findtime would have been a ban.
     */
    static final long LATENESS = 60_000;

    private long[] times = new long[2];
    private int size;

    /** The latest failure, in milliseconds since 1970; only after a first {@link #add}. */
    long last() {
        return times[size - 1];
    }

    /** Takes in one failure, and lets go of those that are too old to matter beside it. */
    void add(long time, long findtime) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
        }
        int at = size++;
        while (at > 0 && times[at - 1] > time) {
            times[at] = times[--at];
        }
        times[at] = time;
        // Measured from this one and not from the latest: one line from the future must not make all others look old.
        int stale = 0;
        while (times[stale] < time - findtime - LATENESS) {
            stale++;
        }
        size -= stale;
        System.arraycopy(times, stale, times, 0, size);
    }

    /** The most failures that lie within one stretch of {@code findtime} which holds {@code time}. */
    Stretch heaviest(long findtime, long time) {
        Stretch heaviest = new Stretch(0, 0);
        int first = 0;
        for (int end = 0; end < size; end++) {
            while (times[end] - times[first] > findtime) {
                first++;
            }
            int failures = end - first + 1;
            if (times[first] <= time && time <= times[end] && failures > heaviest.failures()) {
                heaviest = new Stretch(failures, times[end] - times[first]);
            }
        }
        return heaviest;
    }

    /**
     * Failures close to each other.
     *
     * @param failures how many
     * @param span from the first to the last, in milliseconds
     */
    record Stretch(int failures, long span) {}
}
