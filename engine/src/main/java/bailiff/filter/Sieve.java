package bailiff.filter;

import bailiff.filter.Claims.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Finds in a log, by its bytes alone, what can matter to some of several filters; all else none of them would say
 * anything about, so that it need not even be cut into lines. Immutable, for any number of threads.
 *
 * <p>Holds for the bytes of logs in UTF-8, broken or not.
 */
public final class Sieve {

    /*
     * Blocks are looked through for what is likely to be rarest of all that each expression of each filter requires. The
     * lines that have some of it are then asked for the rest, filter by filter, in one look: see Sorter.
     */

    private final Claims lone;
    private final int[] filters;
    private final BitSet closing;
    private final Needles joined;
    private final BitSet several;
    private final BitSet always;
    private final int most;
    private final int size;

    private Sieve(Builder builder, int size) {
        this.lone = new Claims(builder.claims);
        this.filters = builder.owners.stream().mapToInt(Integer::intValue).toArray();
        this.closing = builder.closing;
        this.joined = new Needles(List.copyOf(builder.joined));
        this.several = builder.several;
        this.always = builder.always;
        this.most = builder.most;
        this.size = size;
    }

    /** The sieve for these filters, which are known by their place in the list. */
    public static Sieve of(List<Filter> filters) {
        return of(filters, _ -> true);
    }

    /**
     * The same where some filters may see the lines otherwise than they stand in the log.
     *
     * @param asWritten whether that filter sees the bytes of the log
     */
    public static Sieve of(List<Filter> filters, IntPredicate asWritten) {
        Builder builder = new Builder();
        for (int i = 0; i < filters.size(); i++) {
            builder.add(i, filters.get(i), asWritten.test(i));
        }
        return new Sieve(builder, filters.size());
    }

    private static final class Builder {

        private final List<List<Requirement>> claims = new ArrayList<>();
        private final List<Integer> owners = new ArrayList<>();
        private final BitSet closing = new BitSet();
        private final Set<Needle> sought = new LinkedHashSet<>();
        private final Set<Needle> joined = new LinkedHashSet<>();
        private final BitSet several = new BitSet();
        private final BitSet always = new BitSet();
        private int most = 1;

        void add(int number, Filter filter, boolean asWritten) {
            Set<Needle> all = filter.lines() > 1 ? joined : sought;
            List<Needle> own = filter.needles();
            if (!asWritten || own.isEmpty() || all.size() + own.size() > Needles.MOST) {
                always.set(number);
                return;
            }
            all.addAll(own);
            if (filter.lines() > 1) {
                several.set(number);
                most = Math.max(most, filter.lines());
                return;
            }
            for (Prefilter.Claim claim : filter.claims()) {
                closing.set(claims.size(), claim.closing());
                owners.add(number);
                claims.add(claim.requirements());
            }
        }
    }

    /** Whether there are lines that matter to no filter. */
    public boolean isUseful() {
        return always.isEmpty();
    }

    /**
     * The index of a byte of the first line that may matter by itself; -1 when there is none.
     *
     * @param from where a line begins
     * @param to where the last line has ended
     */
    public int find(byte[] block, int from, int to) {
        return find(lone.needles(), block, from, to);
    }

    /**
     * The same for a line that may matter together with {@link #before} lines before it and {@link #after} lines after
     * it: all of those are then to be handed over.
     */
    public int findJoined(byte[] block, int from, int to) {
        return find(joined, block, from, to);
    }

    private static int find(Needles needles, byte[] block, int from, int to) {
        return needles.find(block, from, to, new InLine(needles, block, from, to));
    }

    /** How many lines before one of {@link #findJoined} matter with it; 0 where every filter sees each line alone. */
    public int before() {
        return most - 1;
    }

    /** How many lines after one of {@link #findJoined} matter with it. */
    public int after() {
        return most > 1 ? Recent.reach(most) : 0;
    }

    /** Tells which filters a line may matter to, for one thread; the others would find that it does not match. */
    public Sorter sorter() {
        return new Sorter(this);
    }

    /** What lines are asked for that may matter by themselves. */
    Claims claims() {
        return lone;
    }

    /** Whose claim that is. */
    int filter(int claim) {
        return filters[claim];
    }

    /** Whether what meets that claim does no more than end a session. */
    boolean isClosing(int claim) {
        return closing.get(claim);
    }

    /** The filters to which a line matters whatever is in it. */
    long[] certain(boolean together) {
        BitSet certain = (BitSet) always.clone();
        if (together) {
            certain.or(several);
        }
        return Arrays.copyOf(certain.toLongArray(), size / Long.SIZE + 1);
    }
}
