package bailiff.enforce;

import bailiff.net.Cidr;
import java.util.HashMap;
import java.util.Map;

/** A set of jails' banned networks that only answers whether one is in it; for a million in 16 MB. Not thread-safe. */
final class Places {

    /*
     * Open addressing over 64-bit marks, of which the seed makes others in every table: nobody can choose addresses
     * whose marks meet. Two different places have the same mark with a probability of 2^-64; for a million asked of a
     * million that makes one in twenty million that one of them is thought to be in the set.
     *
     * The mixing step is the finalizer of MurmurHash3 (Austin Appleby, public domain), a bijection of 64 bits.
     */
    private static final int LEAST = 16;

    private final Map<String, Integer> jails = new HashMap<>();
    private final long seed;
    private long[] marks;
    private int size;

    /**
     * An empty set.
     *
     * @param expected how many will be in it; more are welcome
     * @param seed a random number
     */
    Places(int expected, long seed) {
        this.marks = new long[capacity(Math.clamp(expected, LEAST, 1 << 28))];
        this.seed = seed;
    }

    void add(String jail, Cidr subject) {
        if (size >= marks.length / 2) {
            grow();
        }
        size += put(mark(jails.computeIfAbsent(jail, name -> jails.size() + 1), subject)) ? 1 : 0;
    }

    boolean contains(String jail, Cidr subject) {
        Integer number = jails.get(jail);
        if (number == null) {
            return false;
        }
        long mark = mark(number, subject);
        int at = (int) mark & marks.length - 1;
        while (marks[at] != 0 && marks[at] != mark) {
            at = at + 1 & marks.length - 1;
        }
        return marks[at] == mark;
    }

    private boolean put(long mark) {
        int at = (int) mark & marks.length - 1;
        while (marks[at] != 0) {
            if (marks[at] == mark) {
                return false;
            }
            at = at + 1 & marks.length - 1;
        }
        marks[at] = mark;
        return true;
    }

    private void grow() {
        long[] old = marks;
        marks = new long[old.length * 2];
        for (long mark : old) {
            if (mark != 0) {
                put(mark);
            }
        }
    }

    private long mark(int jail, Cidr subject) {
        long mixed = mix(subject.first().high() ^ seed);
        mixed = mix(mixed + subject.first().low());
        mixed = mix(mixed + ((long) jail << 8 | subject.length()) + seed);
        return mixed == 0 ? 1 : mixed;
    }

    private static long mix(long bits) {
        long mixed = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    private static int capacity(int expected) {
        return Integer.highestOneBit(expected) * 4;
    }
}
