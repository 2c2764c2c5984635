package bailiff.ban;

import bailiff.net.AddressTable;
import java.time.Instant;
import java.util.Arrays;

/** Which of the bans in a table ends next. Not thread-safe: {@link ActiveBans} owns it. */
final class BanEnds {

    /*
     * A binary heap of places in the table, ordered by end and then by subject. Each ban knows where in the heap it is,
     * so that one that is lifted is taken out at once.
     */
    private static final int FEWEST = 16;

    private final AddressTable table;
    private int[] heap = new int[FEWEST];
    private int size;

    BanEnds(AddressTable table) {
        this.table = table;
    }

    int size() {
        return size;
    }

    /** The place of the ban that ends first; there must be one. */
    int first() {
        return heap[0];
    }

    void add(int at) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size + size / 2);
        }
        size++;
        up(size - 1, at);
    }

    void remove(int at) {
        int gap = (int) table.word(at, ActiveBans.ORDER);
        int last = heap[--size];
        if (gap < size) {
            up(gap, last);
            if (heap[gap] == last) {
                down(gap, last);
            }
        }
        if (heap.length > FEWEST && size < heap.length / 4) {
            heap = Arrays.copyOf(heap, Math.max(FEWEST, heap.length / 2));
        }
    }

    /** The ban has got another place in the table. */
    void moved(int at) {
        heap[(int) table.word(at, ActiveBans.ORDER)] = at;
    }

    /** The places as they are now, to be taken by {@link #takeFirst}. */
    int[] snapshot() {
        return Arrays.copyOf(heap, size);
    }

    /** Takes the place of the ban that ends first out of the first {@code count} of a snapshot. */
    int takeFirst(int[] snapshot, int count) {
        int first = snapshot[0];
        int last = snapshot[count - 1];
        int gap = 0;
        int child = smallerChild(snapshot, gap, count - 1);
        while (child > 0 && isBefore(snapshot[child], last)) {
            snapshot[gap] = snapshot[child];
            gap = child;
            child = smallerChild(snapshot, gap, count - 1);
        }
        snapshot[gap] = last;
        return first;
    }

    private void up(int from, int at) {
        int gap = from;
        while (gap > 0 && isBefore(at, heap[(gap - 1) / 2])) {
            put(gap, heap[(gap - 1) / 2]);
            gap = (gap - 1) / 2;
        }
        put(gap, at);
    }

    private void down(int from, int at) {
        int gap = from;
        int child = smallerChild(heap, gap, size);
        while (child > 0 && isBefore(heap[child], at)) {
            put(gap, heap[child]);
            gap = child;
            child = smallerChild(heap, gap, size);
        }
        put(gap, at);
    }

    /** The index of the child that ends first; 0 where there is none. */
    private int smallerChild(int[] of, int parent, int count) {
        int left = 2 * parent + 1;
        if (left >= count) {
            return 0;
        }
        return left + 1 < count && isBefore(of[left + 1], of[left]) ? left + 1 : left;
    }

    private void put(int index, int at) {
        heap[index] = at;
        table.set(at, ActiveBans.ORDER, (table.word(at, ActiveBans.ORDER) & ~0xffff_ffffL) | index);
    }

    private boolean isBefore(int at, int other) {
        int bySecond = Long.compare(table.word(at, ActiveBans.UNTIL), table.word(other, ActiveBans.UNTIL));
        if (bySecond != 0) {
            return bySecond < 0;
        }
        int byNano = Integer.compare(nanoOfEnd(at), nanoOfEnd(other));
        return byNano != 0 ? byNano < 0 : table.compare(at, other) < 0;
    }

    /** Whether the ban is over at that moment. */
    boolean isOver(int at, Instant now) {
        long until = table.word(at, ActiveBans.UNTIL);
        return until < now.getEpochSecond() || (until == now.getEpochSecond() && nanoOfEnd(at) <= now.getNano());
    }

    private int nanoOfEnd(int at) {
        return (int) table.word(at, ActiveBans.NANOS);
    }
}
