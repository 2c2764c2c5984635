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

    /** Lengths of IPv4 prefixes, before those of IPv6. */
    private static final int LENGTHS_V4 = 33;

    private static final int LENGTHS = LENGTHS_V4 + 129;

    /** A jail's number, and how many of its bans last, by length. */
    private static final class Jail {
        final int number;
        final int[] lasting = new int[LENGTHS];

        Jail(int number) {
            this.number = number;
        }
    }

    private final Map<String, Jail> jails = new HashMap<>();
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

    /**
     * Adds one.
     *
     * @param lasts whether it is counted by {@link #lasting}, if it was not there before
     */
    void add(String jail, Cidr subject, boolean lasts) {
        if (size >= marks.length / 2) {
            grow();
        }
        Jail known = jails.get(jail);
        if (known == null) {
            known = new Jail(jails.size());
            jails.put(jail, known);
        }
        if (put(mark(known.number, subject))) {
            size++;
            known.lasting[index(subject.first().isV4(), subject.length())] += lasts ? 1 : 0;
        }
    }

    /** How many of those that were added as lasting belong into that set. */
    int lasting(BanSet set) {
        Jail known = jails.get(set.jail());
        return known == null ? 0 : known.lasting[index(set.v4(), set.length())];
    }

    boolean contains(String jail, Cidr subject) {
        Jail known = jails.get(jail);
        if (known == null) {
            return false;
        }
        long mark = mark(known.number, subject);
        int at = (int) mark & (marks.length - 1);
        while (marks[at] != 0 && marks[at] != mark) {
            at = (at + 1) & (marks.length - 1);
        }
        return marks[at] == mark;
    }

    private boolean put(long mark) {
        int at = (int) mark & (marks.length - 1);
        while (marks[at] != 0) {
            if (marks[at] == mark) {
                return false;
            }
            at = (at + 1) & (marks.length - 1);
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
        mixed = mix(mixed + (((long) jail << 8) | subject.length()) + seed);
        return mixed == 0 ? 1 : mixed;
    }

    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    private static int index(boolean v4, int length) {
        return v4 ? length : LENGTHS_V4 + length;
    }

    private static int capacity(int expected) {
        return Integer.highestOneBit(expected) * 4;
    }
}
