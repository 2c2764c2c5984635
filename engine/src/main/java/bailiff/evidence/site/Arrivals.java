package bailiff.evidence.site;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

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

    /** Takes in what another process saw of the same site: the excess of both adds up. */
    void merge(Arrivals other, double honestAYear) {
        long latest = Math.max(hour, other.hour);
        if (other.hour == Long.MIN_VALUE) {
            return;
        }
        advance(latest * HOUR, honestAYear);
        other.advance(latest * HOUR, honestAYear);
        sum = Math.min(sum + other.sum, MOST * THRESHOLDS[row(honestAYear)]);
        count = (int) Math.min(Integer.MAX_VALUE, (long) count + other.count);
        alarm |= other.alarm;
        look(honestAYear);
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(sum);
        out.writeLong(hour);
        out.writeInt(count);
        out.writeBoolean(alarm);
    }

    void read(DataInput in) throws IOException {
        sum = Math.clamp(Saved.number(in), 0, MOST * THRESHOLDS[THRESHOLDS.length - 1]);
        long read = in.readLong();
        if (read != Long.MIN_VALUE && Math.abs(read) > Instant.MAX.getEpochSecond() / HOUR) {
            throw new IOException("no hour is " + read);
        }
        hour = read;
        count = Math.max(0, in.readInt());
        alarm = in.readBoolean();
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
