package bailiff.evidence;

import java.util.Arrays;

/** When one source failed, in order of time. Not thread-safe: its {@link Counter} owns it. */
final class FailureTimes {

    /*
     * Lines reach us out of order: an access log's line carries the time at which its request began and is written when
     * the request ends, so times were seen to go back 40 seconds. A failure therefore stays for this much longer than
     * findtime: a late line still finds the failures that it belongs with. What is kept is below 2 * maxretry + 1
     * times where times go forward: maxretry of them within findtime would have been a ban.
     */
    static final long LATENESS = 60_000;

    private final int most;
    private long[] times = new long[4];
    private int size;

    /** At most so many times, at least 1: of more, the one goes that is farthest from the one that comes. */
    FailureTimes(int most) {
        this.most = most;
    }

    /** A copy of another's times. */
    FailureTimes(FailureTimes other) {
        this.most = other.most;
        this.times = Arrays.copyOf(other.times, other.size);
        this.size = other.size;
    }

    /** Forgets them all. */
    void clear() {
        size = 0;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** What they take in memory, in words of 64 bits. */
    int capacity() {
        return times.length;
    }

    /** One of them, the earliest first; in milliseconds since 1970. */
    long at(int index) {
        return times[index];
    }

    /** The latest failure, in milliseconds since 1970; only after a first {@link #add}. */
    long last() {
        return times[size - 1];
    }

    /** Puts one behind the others, which are not later. */
    void append(long time) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
        }
        times[size++] = time;
    }

    /** Takes in one failure, and lets go of those that are too old to matter beside it. */
    void add(long time, long findtime) {
        append(time);
        int at = size - 1;
        while (at > 0 && times[at - 1] > time) {
            times[at] = times[--at];
        }
        times[at] = time;
        // Measured from this one and not from the latest: one line from the future must not make all others look old.
        int stale = 0;
        while (times[stale] < time - findtime - LATENESS) {
            stale++;
        }
        if (stale == 0 && size > most) {
            boolean isFirstFarther = time - times[0] >= last() - time;
            stale = isFirstFarther ? 1 : 0;
            size -= isFirstFarther ? 0 : 1;
        }
        if (stale > 0) {
            size -= stale;
            System.arraycopy(times, stale, times, 0, size);
        }
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

    /** {@link #heaviest} without its span, and at once where {@code time} is the latest, as it nearly always is. */
    int failures(long findtime, long time) {
        if (time < last()) {
            return heaviest(findtime, time).failures();
        }
        int first = Arrays.binarySearch(times, 0, size, time - findtime);
        first = first < 0 ? ~first : first;
        while (first > 0 && times[first - 1] == time - findtime) {
            first--;
        }
        return size - first;
    }

    /**
     * Failures close to each other.
     *
     * @param failures how many
     * @param span from the first to the last, in milliseconds
     */
    record Stretch(int failures, long span) {}
}
