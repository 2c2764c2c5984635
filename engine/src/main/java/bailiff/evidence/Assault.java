package bailiff.evidence;

import java.nio.ByteBuffer;

/** What is known of the attempts of strangers on one account, or on the unknown names of one site. Not thread-safe. */
final class Assault {

    static final int BYTES = 7 * Integer.BYTES;

    /* Strangers are counted by quarters of a day, so that those of the last 18 to 24 hours are known. */
    private static final int QUARTER = 6 * 3_600;
    private static final int QUARTERS = 4;

    private final int[] counts = new int[QUARTERS];
    private int quarter;
    private int steps;
    private int last;

    /** A stranger has failed who had not within a day. */
    void count(int time) {
        moveOn(time);
        counts[Math.floorMod(quarter, QUARTERS)]++;
    }

    /** How many of them there were within the last day or so. */
    int strangers(int time) {
        moveOn(time);
        int sum = 0;
        for (int count : counts) {
            sum = Math.min(sum + count, Integer.MAX_VALUE / 2);
        }
        return sum;
    }

    private void moveOn(int time) {
        int now = Integer.divideUnsigned(time, QUARTER);
        for (int i = 0; i < QUARTERS && quarter < now - i; i++) {
            counts[Math.floorMod(now - i, QUARTERS)] = 0;
        }
        quarter = Math.max(quarter, now);
    }

    /** A stranger has come, or come back after a while: one step more. */
    void step(int time) {
        steps++;
        last = time;
    }

    /** How many steps there were; wraps around. */
    int steps() {
        return steps;
    }

    /** When the last step was. */
    int last() {
        return last;
    }

    void write(ByteBuffer to) {
        for (int count : counts) {
            to.putInt(count);
        }
        to.putInt(quarter).putInt(steps).putInt(last);
    }

    void read(ByteBuffer from) {
        for (int i = 0; i < QUARTERS; i++) {
            counts[i] = from.getInt();
        }
        quarter = from.getInt();
        steps = from.getInt();
        last = from.getInt();
    }
}
