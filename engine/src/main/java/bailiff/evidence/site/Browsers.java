package bailiff.evidence.site;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How many different browsers came through an address yesterday and today. Not thread-safe. */
final class Browsers {

    /*
     * Linear counting (Whang, Vander-Zanden, Taylor: A linear-time probabilistic counting algorithm, ACM TODS 1990) in
     * 64 bits: n browsers leave 64 * exp(-n / 64) of them unset.
     */
    private static final int BITS = 64;

    /** Of the 64 that are told apart, from which on it is a crowd: some 18 browsers. */
    static final int CROWD = 16;

    private static final int GOLDEN = 0x9e3779b9;

    private long day;
    private long today;
    private long yesterday;

    void saw(String agent, long now) {
        turn(now);
        today |= 1L << ((agent.hashCode() * GOLDEN) >>> 26);
    }

    private void turn(long now) {
        if (now > day) {
            yesterday = now == day + 1 ? today : 0;
            today = 0;
            day = now;
        }
    }

    private long seen(long now) {
        if (now <= day) {
            return today | yesterday;
        }
        return now == day + 1 ? today : 0;
    }

    /** About how many there were. */
    int count(long now) {
        double unset = Math.max(0.5, BITS - Long.bitCount(seen(now)));
        return (int) Math.round(BITS * Math.log(BITS / unset));
    }

    boolean isCrowd(long now) {
        return Long.bitCount(seen(now)) >= CROWD;
    }

    boolean isCrowd() {
        return isCrowd(day);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(day);
        out.writeLong(today);
        out.writeLong(yesterday);
    }

    static Browsers read(DataInput in) throws IOException {
        Browsers browsers = new Browsers();
        browsers.day = in.readLong();
        browsers.today = in.readLong();
        browsers.yesterday = in.readLong();
        return browsers;
    }
}
