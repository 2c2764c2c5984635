package bailiff.net;

import java.util.Arrays;

/**
 * Many networks, or single addresses, each with a few words of 64 bits, in as little memory as that takes: {@value
 * #KEY_WORDS} words and 4 bytes for each besides its own words.
 *
 * <p>Entries are called by their places, 0 to {@link #size} - 1; a removal puts the last entry in the place of the one
 * that goes, so that places have no gaps. No step costs more than a few entries' worth of work: nothing is ever
 * copied to grow, and what is not needed any more is given back. Not thread-safe.
 */
public final class AddressTable {

    /** What {@link #find} gives for a network that is not there. */
    public static final int NONE = -1;

    /** Words of each entry that are the table's own. */
    public static final int KEY_WORDS = 3;

    /*
     * Linear hashing (Litwin, VLDB 1980): there are about as many buckets as entries, and each insertion splits one
     * bucket in two. Entries of a bucket form a chain. By the hash's universality a look-up passes one or two entries
     * on average, whoever chose the addresses. Of an entry, words 0 and 1 are the address and word 2 is the prefix
     * length (bits 56 to 63), the owner's mark (bits 32 to 55) and the next of the chain, as its place + 1.
     */
    private static final int SLAB_BITS = 7;
    private static final int SLAB = 1 << SLAB_BITS;
    private static final int PAGE_BITS = 8;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int FEWEST_BUCKETS = 16;
    private static final int MOST_MARK = (1 << 24) - 1;
    private static final long[] NO_WORDS = {};
    private static final int[] NO_LINKS = {};
    private static final long LINK = 0xffff_ffffL;

    private final AddressHash hash;
    private final int width;
    private final PrefixLengths lengths = new PrefixLengths();
    private long[][] slabs = new long[1][0];
    private int[][] pages = new int[1][0];
    private int buckets = FEWEST_BUCKETS;
    private int mask = 2 * FEWEST_BUCKETS - 1;
    private int size;

    /**
     * An empty table.
     *
     * @param words how many each entry has for its owner, 0 or more
     * @param seed a number that nobody who sends addresses can know: it decides which of them share a bucket
     */
    public AddressTable(int words, long seed) {
        this.width = KEY_WORDS + words;
        this.hash = new AddressHash(seed);
    }

    /** How many entries there are. */
    public int size() {
        return size;
    }

    /** The place of exactly that network, or {@link #NONE}. */
    public int find(Cidr network) {
        return find(network.first().high(), network.first().low(), network.length());
    }

    private int find(long high, long low, int length) {
        if (size == 0) {
            return NONE;
        }
        int at = head(bucket(hash.of(high, low, length)));
        while (at != 0) {
            long[] slab = slabs[(at - 1) >>> SLAB_BITS];
            int from = ((at - 1) & (SLAB - 1)) * width;
            long link = slab[from + 2];
            if (slab[from + 1] == low && slab[from] == high && (int) (link >>> 56) == length) {
                return at - 1;
            }
            at = (int) link;
        }
        return NONE;
    }

    /**
     * The place of the narrowest network that holds the address and is wider than {@code below} bits, or {@link #NONE};
     * begin with {@code below} = 129.
     */
    public int covering(IpAddress address, int below) {
        boolean isV4 = address.isV4();
        int length = lengths.longest(isV4, Math.min(below - 1, isV4 ? 32 : 128));
        while (length >= 0) {
            int bits = isV4 ? length + 96 : length;
            int at = find(address.high() & Cidr.highMask(bits), address.low() & Cidr.lowMask(bits), length);
            if (at != NONE) {
                return at;
            }
            length = lengths.longest(isV4, length - 1);
        }
        return NONE;
    }

    /** Whether there may be networks inside the given one, besides itself. */
    public boolean hasNarrowerThan(Cidr network) {
        boolean isV4 = network.first().isV4();
        return lengths.longest(isV4, network.first().width()) > network.length();
    }

    /** Puts in a network that is not there yet, with its own words 0; gives its place, which is the last. */
    public int add(Cidr network) {
        int at = size++;
        open(at >>> SLAB_BITS);
        long[] slab = slabs[at >>> SLAB_BITS];
        int from = (at & (SLAB - 1)) * width;
        Arrays.fill(slab, from, from + width, 0);
        slab[from] = network.first().high();
        slab[from + 1] = network.first().low();
        slab[from + 2] = (long) network.length() << 56;
        lengths.add(network.first().isV4(), network.length());
        if (size > buckets) {
            split();
        }
        hang(at);
        return at;
    }

    /**
     * Takes an entry out. The last entry moves to its place.
     *
     * @return where the entry came from that is in that place now; the place itself where it was the last
     */
    public int remove(int at) {
        lengths.remove(isV4(at), length(at));
        int predecessor = predecessor(at);
        relink(predecessor, next(at));
        int last = size - 1;
        if (at != last) {
            relink(predecessor(last), at + 1);
            System.arraycopy(slab(last), offset(last), slab(at), offset(at), width);
        }
        size--;
        giveBack();
        return last;
    }

    /** One of the entry's own words, from 0. */
    public long word(int at, int index) {
        return slabs[at >>> SLAB_BITS][(at & (SLAB - 1)) * width + KEY_WORDS + index];
    }

    /** Sets one of the entry's own words. */
    public void set(int at, int index, long value) {
        slabs[at >>> SLAB_BITS][(at & (SLAB - 1)) * width + KEY_WORDS + index] = value;
    }

    /** The entry's mark, 0 to 2^24 - 1: 0 to begin with. */
    public int mark(int at) {
        return (int) (slab(at)[offset(at) + 2] >>> 32) & MOST_MARK;
    }

    /** Sets the entry's mark. */
    public void mark(int at, int mark) {
        long[] slab = slab(at);
        int link = offset(at) + 2;
        slab[link] = (slab[link] & ~((long) MOST_MARK << 32)) | ((long) (mark & MOST_MARK) << 32);
    }

    /** The network in that place. */
    public Cidr network(int at) {
        return new Cidr(new IpAddress(slab(at)[offset(at)], slab(at)[offset(at) + 1]), length(at));
    }

    /** Whether the network in that place is one of IPv4. */
    public boolean isV4(int at) {
        return IpAddress.isV4(slab(at)[offset(at)], slab(at)[offset(at) + 1]);
    }

    /** How two entries' networks compare: as {@link Cidr#compareTo}. */
    public int compare(int at, int other) {
        long[] one = slab(at);
        long[] two = slab(other);
        int byHigh = Long.compareUnsigned(one[offset(at)], two[offset(other)]);
        if (byHigh != 0) {
            return byHigh;
        }
        int byLow = Long.compareUnsigned(one[offset(at) + 1], two[offset(other) + 1]);
        return byLow != 0 ? byLow : Integer.compare(length(at), length(other));
    }

    /** The prefix length of the network in that place. */
    public int length(int at) {
        return (int) (slab(at)[offset(at) + 2] >>> 56);
    }

    private long[] slab(int at) {
        return slabs[at >>> SLAB_BITS];
    }

    private int offset(int at) {
        return (at & (SLAB - 1)) * width;
    }

    private int bucket(int hash) {
        int bucket = hash & mask;
        return bucket < buckets ? bucket : bucket & (mask >>> 1);
    }

    private int head(int bucket) {
        return pages[bucket >>> PAGE_BITS][bucket & (PAGE - 1)];
    }

    private void head(int bucket, int link) {
        pages[bucket >>> PAGE_BITS][bucket & (PAGE - 1)] = link;
    }

    private int next(int at) {
        return (int) slab(at)[offset(at) + 2];
    }

    private void next(int at, int link) {
        long[] slab = slab(at);
        int word = offset(at) + 2;
        slab[word] = (slab[word] & ~LINK) | link;
    }

    private int bucketOf(int at) {
        long[] slab = slab(at);
        int from = offset(at);
        return bucket(hash.of(slab[from], slab[from + 1], (int) (slab[from + 2] >>> 56)));
    }

    private void hang(int at) {
        int bucket = bucketOf(at);
        next(at, head(bucket));
        head(bucket, at + 1);
    }

    /** The place before the entry in its chain; where it is the first, its bucket as a negative number. */
    private int predecessor(int at) {
        int bucket = bucketOf(at);
        int before = ~bucket;
        for (int link = head(bucket); link != at + 1; link = next(link - 1)) {
            before = link - 1;
        }
        return before;
    }

    private void relink(int predecessor, int link) {
        if (predecessor < 0) {
            head(~predecessor, link);
        } else {
            next(predecessor, link);
        }
    }

    private void split() {
        int from = buckets - Integer.highestOneBit(buckets);
        openPage(buckets >>> PAGE_BITS);
        int chain = head(from);
        head(from, 0);
        resize(buckets + 1);
        while (chain != 0) {
            int at = chain - 1;
            chain = next(at);
            hang(at);
        }
    }

    /** Puts the last bucket's entries back into the one that it was split off from. */
    private void merge() {
        int chain = head(buckets - 1);
        head(buckets - 1, 0);
        resize(buckets - 1);
        while (chain != 0) {
            int at = chain - 1;
            chain = next(at);
            hang(at);
        }
        if ((buckets & (PAGE - 1)) == 0) {
            pages[buckets >>> PAGE_BITS] = NO_LINKS;
        }
    }

    /* The mask takes as many bits of a hash as number the buckets when all of their generation are split. */
    private void resize(int count) {
        buckets = count;
        mask = 2 * Integer.highestOneBit(count) - 1;
    }

    private void open(int slab) {
        if (slab == slabs.length) {
            slabs = Arrays.copyOf(slabs, slab * 2);
            Arrays.fill(slabs, slab, slabs.length, NO_WORDS);
        }
        if (slabs[slab].length == 0) {
            slabs[slab] = new long[SLAB * width];
        }
        if (pages[0].length == 0) {
            pages[0] = new int[PAGE];
        }
    }

    private void openPage(int page) {
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, page * 2);
            Arrays.fill(pages, page, pages.length, NO_LINKS);
        }
        if (pages[page].length == 0) {
            pages[page] = new int[PAGE];
        }
    }

    /* One slab is kept in reserve, and a quarter of the buckets, so that coming and going at a limit costs nothing. */
    private void giveBack() {
        int spare = (size >>> SLAB_BITS) + 2;
        if ((size & (SLAB - 1)) == SLAB - 1 && spare < slabs.length) {
            slabs[spare] = NO_WORDS;
        }
        for (int i = 0; i < 2 && buckets > FEWEST_BUCKETS && size < buckets - buckets / 4; i++) {
            merge();
        }
    }
}
