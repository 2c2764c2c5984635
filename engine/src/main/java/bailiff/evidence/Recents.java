package bailiff.evidence;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bounded numbers by keys that are hashes already, each {@value #BYTES} bytes: where there is no room left, the one that
 * was touched longest ago among {@value #WAYS} makes room. Places hold until the next {@link #put}. Not thread-safe.
 */
final class Recents {

    /*
     * A cache as processors have them: a key's low bits choose a set, which has a few places. So no look-up takes more
     * than that, whatever comes; and since keys are made with a secret, nobody can choose which others he drives out.
     */
    static final int WAYS = 8;
    static final int BYTES = 20;
    static final int NONE = -1;

    private static final int FEWEST = 1 << 7;

    /* A table that is emptier than one in so many places does not grow, even where a set is full. */
    private static final int SPARSE = 8;

    private final int most;
    private long[] keys = new long[FEWEST];
    private int[] times = new int[FEWEST];
    private int[] marks = new int[FEWEST];
    private int[] others = new int[FEWEST];
    private int size;

    /** No more than that many, a power of two. */
    Recents(int most) {
        this.most = most;
    }

    int size() {
        return size;
    }

    /** The place of the key; {@link #NONE} where it is not there. */
    int find(long key) {
        long sought = key == 0 ? 1 : key;
        int from = set(sought);
        for (int at = from; at < from + WAYS; at++) {
            if (keys[at] == sought) {
                return at;
            }
        }
        return NONE;
    }

    /** The place of the key, where all is 0 if it was not there. */
    int put(long key) {
        int known = find(key);
        if (known != NONE) {
            return known;
        }
        long added = key == 0 ? 1 : key;
        while (isFull(set(added)) && size > keys.length / SPARSE && keys.length < most) {
            grow();
        }
        int from = set(added);
        int best = from;
        for (int at = from; at < from + WAYS && keys[best] != 0; at++) {
            boolean older = Integer.compareUnsigned(times[at], times[best]) < 0;
            best = keys[at] == 0 || older ? at : best;
        }
        size += keys[best] == 0 ? 1 : 0;
        set(best, added, 0, 0, 0);
        return best;
    }

    private boolean isFull(int from) {
        for (int at = from; at < from + WAYS; at++) {
            if (keys[at] == 0) {
                return false;
            }
        }
        return true;
    }

    /** When it was touched, in the owner's unit, as an unsigned number. */
    int time(int at) {
        return times[at];
    }

    int mark(int at) {
        return marks[at];
    }

    int other(int at) {
        return others[at];
    }

    void touch(int at, int time, int mark, int other) {
        set(at, keys[at], time, mark, other);
    }

    private void set(int at, long key, int time, int mark, int other) {
        keys[at] = key;
        times[at] = time;
        marks[at] = mark;
        others[at] = other;
    }

    private int set(long key) {
        return (int) key & (keys.length - 1) & -WAYS;
    }

    private void grow() {
        Recents larger = new Recents(most);
        larger.resize(keys.length * 2);
        each((key, at) -> larger.set(larger.put(key), key, times[at], marks[at], others[at]));
        keys = larger.keys;
        times = larger.times;
        marks = larger.marks;
        others = larger.others;
        size = larger.size;
    }

    private void resize(int length) {
        keys = Arrays.copyOf(keys, length);
        times = Arrays.copyOf(times, length);
        marks = Arrays.copyOf(marks, length);
        others = Arrays.copyOf(others, length);
    }

    private interface Visitor {
        void visit(long key, int at);
    }

    private void each(Visitor visitor) {
        for (int at = 0; at < keys.length; at++) {
            if (keys[at] != 0) {
                visitor.visit(keys[at], at);
            }
        }
    }

    int bytes() {
        return Integer.BYTES + size * BYTES;
    }

    void write(ByteBuffer to) {
        to.putInt(size);
        each((key, at) -> to.putLong(key).putInt(times[at]).putInt(marks[at]).putInt(others[at]));
    }

    /** Takes in what {@link #write} wrote. */
    void read(ByteBuffer from) {
        for (int left = Math.min(from.getInt(), from.remaining() / BYTES); left > 0; left--) {
            int at = put(from.getLong());
            touch(at, from.getInt(), from.getInt(), from.getInt());
        }
    }
}
