package bailiff.evidence;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Holds the failures of those sources that have more than fit in the table. Not thread-safe. */
final class Annex {

    /* Two objects' headers, a reference and what the allocator rounds up. */
    private static final int OVERHEAD = 6;

    private @Nullable FailureTimes[] slots = new FailureTimes[4];
    private int[] free = new int[4];
    private int freed;
    private int used;
    private long words;

    /** Takes the times in; gives the slot in which they are. */
    int put(FailureTimes times) {
        words += times.capacity() + OVERHEAD;
        if (freed > 0) {
            int slot = free[--freed];
            slots[slot] = times;
            return slot;
        }
        if (used == slots.length) {
            slots = Arrays.copyOf(slots, used * 2);
        }
        slots[used] = times;
        return used++;
    }

    /** The times in a slot that is taken. */
    FailureTimes get(int slot) {
        FailureTimes times = slots[slot];
        if (times == null) {
            throw new IllegalStateException("slot " + slot + " is empty");
        }
        return times;
    }

    /** The times in the slot have become longer, by so many words. */
    void grown(int by) {
        words += by;
    }

    void remove(int slot) {
        words -= get(slot).capacity() + OVERHEAD;
        slots[slot] = null;
        if (freed == free.length) {
            free = Arrays.copyOf(free, freed * 2);
        }
        free[freed++] = slot;
        if (freed == used) {
            // Nothing is left: what a flood has taken is given back.
            slots = new FailureTimes[4];
            free = new int[4];
            freed = 0;
            used = 0;
        }
    }

    /** What all times take in memory, in words of 64 bits. */
    long words() {
        return words;
    }
}
