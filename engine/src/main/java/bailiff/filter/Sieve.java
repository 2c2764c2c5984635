package bailiff.filter;

import bailiff.line.LogLine;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Finds in a log, by its bytes alone, what can matter to some of several filters; all else none of them would say
 * anything about, so that it need not even be cut into lines. Immutable, for any number of threads.
 *
 * <p>Holds for the bytes of logs in UTF-8, broken or not.
 */
public final class Sieve {

    private final Needles needles;
    private final List<BitSet> owners;
    private final BitSet always;

    private Sieve(Needles needles, List<BitSet> owners, BitSet always) {
        this.needles = needles;
        this.owners = owners;
        this.always = always;
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
        Map<Needle, BitSet> all = new LinkedHashMap<>();
        BitSet always = new BitSet();
        for (int i = 0; i < filters.size(); i++) {
            List<Needle> own = filters.get(i).needles();
            if (!asWritten.test(i) || own.isEmpty() || all.size() + own.size() > Needles.MOST) {
                always.set(i);
                continue;
            }
            for (Needle needle : own) {
                all.computeIfAbsent(needle, _ -> new BitSet()).set(i);
            }
        }
        return new Sieve(new Needles(List.copyOf(all.keySet())), List.copyOf(all.values()), always);
    }

    /** Whether there are lines that matter to no filter. */
    public boolean isUseful() {
        return always.isEmpty();
    }

    /**
     * The index of a byte of the first line that may matter to a filter; -1 when there is none.
     *
     * @param from where a line begins
     * @param to where the last line has ended
     */
    public int find(byte[] block, int from, int to) {
        return always.isEmpty() ? needles.find(block, from, to) : from < to ? from : -1;
    }

    /** Which filters the line may matter to; the others would find that it does not match. */
    public BitSet concerned(LogLine line) {
        BitSet concerned = (BitSet) always.clone();
        line.has((block, from, to) ->
                needles.find(block, from, to, (number, _) -> isAdded(owners.get(number), concerned)) >= 0);
        return concerned;
    }

    private static boolean isAdded(BitSet owners, BitSet concerned) {
        concerned.or(owners);
        return false;
    }
}
