package bailiff.filter;

import bailiff.line.LogLine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds in a log, by its bytes alone, what can matter to some of several filters; all else none of them would say
 * anything about, so that it need not even be cut into lines. Immutable, for any number of threads.
 *
 * <p>Holds for logs in UTF-8, broken or not. Only lines that are read from files and are not cut short may be passed over:
 * whoever counts those that are must look for them himself.
 */
public final class Sieve {

    private final Needles needles;
    private final List<BitSet> owners;
    private final BitSet always = new BitSet();

    private Sieve(Needles needles, List<BitSet> owners) {
        this.needles = needles;
        this.owners = owners;
    }

    /** The sieve for these filters, which are known by their place in the list. */
    public static Sieve of(List<Filter> filters) {
        Map<Needle, BitSet> all = new LinkedHashMap<>();
        BitSet always = new BitSet();
        for (int i = 0; i < filters.size(); i++) {
            List<Needle> own = filters.get(i).needles();
            if (own.isEmpty() || all.size() + own.size() > Needles.MOST) {
                always.set(i);
                continue;
            }
            for (Needle needle : own) {
                all.computeIfAbsent(needle, _ -> new BitSet()).set(i);
            }
        }
        Sieve sieve = new Sieve(new Needles(List.copyOf(all.keySet())), new ArrayList<>(all.values()));
        sieve.always.or(always);
        return sieve;
    }

    /** Whether there are lines that matter to no filter. */
    public boolean isUseful() {
        return always.isEmpty();
    }

    /** Whether every line may matter to that filter. */
    public boolean isAlwaysConcerned(int filter) {
        return always.get(filter);
    }

    /**
     * The index of a byte of the first line, or one soon after, that may matter to a filter; -1 when there is none.
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
        line.has((block, from, to) -> needles.findAll(block, from, to, number -> concerned.or(owners.get(number))));
        return concerned;
    }
}
