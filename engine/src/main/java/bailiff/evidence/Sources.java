package bailiff.evidence;

import bailiff.net.AddressTable;
import bailiff.net.Cidr;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;

/**
 * The sources that failures are counted of, so many and no more. Not thread-safe: a {@link Counter} owns it.
 *
 * <p>Sources are called by their places in the {@link AddressTable}; adding or removing any of them may give others
 * other places.
 */
final class Sources {

    /* Where a counter's own words begin, in the table's terms: word 0 links the sources of a class. */
    static final int OWN = 1;

    /*
     * Sources of one rank and family are a class, a list in the order in which they failed last. Where there is no room
     * left, the one goes that failed longest ago in the lowest class that has its share of the room, which is the same
     * for each. So a flood of sources with one failure each, however many, drives out only such; and sources with many
     * failures, which cost their owner more, cannot take all the room and have every newcomer forgotten at once. The
     * families are apart since whoever has a little IPv6 has more sources than all of IPv4.
     */
    private static final int FAMILIES = 2;

    /* Room that a jail need not ask for, about 1 MB, and how much more it asks for at a time. */
    private static final int FOR_CERTAIN = 1 << 14;
    private static final int PORTION = 1 << 12;
    private static final int MARK_BITS = 16;
    private static final int MARK = (1 << MARK_BITS) - 1;
    private static final long LINK = 0xffff_ffffL;

    /* The table's places are looked through for silent sources in stretches, each with a bound for its oldest one. */
    private static final int STRETCH_BITS = 7;

    private final AddressTable table;
    private final Ranks ranks;
    private final int most;
    private final Room.Allowance allowance;
    private final IntToLongFunction lastSeen;
    private final IntConsumer dropped;
    private final int[] first;
    private final int[] last;
    private final int[] members;
    private long[] oldest = {Long.MAX_VALUE};
    private int granted;
    private long forgotten;

    /** How many sources at most, in which order they have to go, and where the room for them comes from. */
    record Terms(int most, Ranks ranks, Room room) {}

    /**
     * No sources yet.
     *
     * @param words that the counter needs for each, from {@link #OWN} on
     * @param lastSeen the moment of a source's last failure, in any unit
     * @param dropped told of each source that goes, before it does
     */
    Sources(int words, Terms terms, IntToLongFunction lastSeen, IntConsumer dropped) {
        this.table = new AddressTable(OWN + words, terms.room().seed());
        this.ranks = terms.ranks();
        this.allowance = terms.room().allowance();
        this.most = terms.most();
        this.granted = Math.min(most, FOR_CERTAIN);
        int classes = ranks.count() * FAMILIES;
        this.lastSeen = lastSeen;
        this.dropped = dropped;
        this.first = new int[classes];
        this.last = new int[classes];
        this.members = new int[classes];
    }

    /** The place of the source, or {@link AddressTable#NONE}. */
    int find(Cidr source) {
        return table.find(source);
    }

    /** The place of the source, which is put in with its own words and mark 0 if it was not there. */
    int of(Cidr source) {
        int at = table.find(source);
        if (at != AddressTable.NONE) {
            return at;
        }
        if (table.size() == granted && !mayGrow()) {
            forgetOne();
        }
        at = table.add(source);
        append(at, table.isV4(at) ? 0 : 1);
        int stretch = at >>> STRETCH_BITS;
        if (stretch == oldest.length) {
            oldest = Arrays.copyOf(oldest, stretch * 2);
            Arrays.fill(oldest, stretch, oldest.length, Long.MAX_VALUE);
        }
        return at;
    }

    private boolean mayGrow() {
        boolean grows = granted < most && allowance.take(PORTION);
        granted += grows ? PORTION : 0;
        return grows;
    }

    private void giveBackSome() {
        if (granted > FOR_CERTAIN && table.size() < granted - 2 * PORTION) {
            granted -= PORTION;
            allowance.giveBack(PORTION);
        }
    }

    /** Gives back the room that was taken; nothing may be added afterwards. */
    void close() {
        if (granted > FOR_CERTAIN) {
            allowance.giveBack(granted - FOR_CERTAIN);
            granted = FOR_CERTAIN;
        }
    }

    /**
     * Says that the source has failed just now.
     *
     * @param failures how often it has
     * @param seen what {@code lastSeen} gives for it now
     */
    void failed(int at, int failures, long seen) {
        int from = classOf(at);
        int to = ranks.of(failures) * FAMILIES + from % FAMILIES;
        if (to != from || last[to] != at + 1) {
            unlink(at);
            append(at, to);
        }
        int stretch = at >>> STRETCH_BITS;
        oldest[stretch] = Math.min(oldest[stretch], seen);
    }

    long word(int at, int index) {
        return table.word(at, index);
    }

    void set(int at, int index, long value) {
        table.set(at, index, value);
    }

    /** The counter's mark of the source, 16 bits. */
    int mark(int at) {
        return table.mark(at) & MARK;
    }

    void mark(int at, int mark) {
        table.mark(at, (classOf(at) << MARK_BITS) | (mark & MARK));
    }

    void remove(int at) {
        dropped.accept(at);
        unlink(at);
        int from = table.remove(at);
        if (from != at) {
            moved(from, at);
        }
        giveBackSome();
    }

    void removeOverlapping(Cidr subject) {
        for (int at = table.covering(subject.first(), subject.length() + 1); at != AddressTable.NONE; ) {
            int length = table.network(at).length();
            remove(at);
            at = table.covering(subject.first(), length);
        }
        if (table.hasNarrowerThan(subject)) {
            for (int at = table.size() - 1; at >= 0; at--) {
                if (subject.overlaps(table.network(at))) {
                    remove(at);
                }
            }
        }
    }

    /** Removes the sources that were last seen before {@code limit}; looks only where there may be one. */
    void removeSilent(long limit) {
        for (int stretch = (table.size() - 1) >> STRETCH_BITS; stretch >= 0; stretch--) {
            if (oldest[stretch] < limit) {
                lookThrough(stretch, limit);
            }
        }
        if (table.size() == 0) {
            oldest = new long[] {Long.MAX_VALUE};
        }
    }

    /* From the end, so that a source which moves into a gap has been looked at. */
    private void lookThrough(int stretch, long limit) {
        long left = Long.MAX_VALUE;
        int from = stretch << STRETCH_BITS;
        for (int at = Math.min(table.size(), from + (1 << STRETCH_BITS)) - 1; at >= from; at--) {
            if (lastSeen.applyAsLong(at) < limit) {
                remove(at);
            }
            if (at < table.size()) {
                left = Math.min(left, lastSeen.applyAsLong(at));
            }
        }
        oldest[stretch] = left;
    }

    int size() {
        return table.size();
    }

    /** How many had to go for want of room. */
    long forgotten() {
        return forgotten;
    }

    private void forgetOne() {
        int share = Math.max(1, granted / members.length);
        int worst = 0;
        while (worst < members.length && members[worst] < share) {
            worst++;
        }
        // The other family of the same rank, where that is larger.
        if (worst % FAMILIES == 0 && members[worst + 1] > members[worst]) {
            worst++;
        }
        forget(worst);
    }

    /**
     * Forgets one source with so many failures or more: the one that failed longest ago in the largest class of such.
     *
     * @return whether there was one
     */
    boolean forgetOneFrom(int failures) {
        int largest = ranks.of(failures) * FAMILIES;
        for (int other = largest + 1; other < members.length; other++) {
            largest = members[other] > members[largest] ? other : largest;
        }
        if (members[largest] == 0) {
            return false;
        }
        forget(largest);
        return true;
    }

    private void forget(int which) {
        forgotten++;
        remove(first[which] - 1);
    }

    private int classOf(int at) {
        return table.mark(at) >>> MARK_BITS;
    }

    /* In word 0 of a source: the one before it in its class, and the one behind, each as its place + 1. */

    private void append(int at, int to) {
        int before = last[to];
        table.mark(at, (to << MARK_BITS) | mark(at));
        table.set(at, 0, (long) before << 32);
        if (before == 0) {
            first[to] = at + 1;
        } else {
            after(before, at + 1);
        }
        last[to] = at + 1;
        members[to]++;
    }

    private void unlink(int at) {
        int from = classOf(at);
        long links = table.word(at, 0);
        int before = (int) (links >>> 32);
        int behind = (int) links;
        if (before == 0) {
            first[from] = behind;
        } else {
            after(before, behind);
        }
        if (behind == 0) {
            last[from] = before;
        } else {
            before(behind, before);
        }
        members[from]--;
    }

    private void moved(int from, int to) {
        int in = classOf(to);
        long links = table.word(to, 0);
        int before = (int) (links >>> 32);
        int behind = (int) links;
        if (before == 0) {
            first[in] = to + 1;
        } else {
            after(before, to + 1);
        }
        if (behind == 0) {
            last[in] = to + 1;
        } else {
            before(behind, to + 1);
        }
        int stretch = to >>> STRETCH_BITS;
        oldest[stretch] = Math.min(oldest[stretch], oldest[from >>> STRETCH_BITS]);
    }

    private void after(int source, int link) {
        table.set(source - 1, 0, (table.word(source - 1, 0) & ~LINK) | link);
    }

    private void before(int source, int link) {
        table.set(source - 1, 0, (table.word(source - 1, 0) & LINK) | ((long) link << 32));
    }
}
