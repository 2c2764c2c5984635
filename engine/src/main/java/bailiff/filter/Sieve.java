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

    private final Kind lone;
    private final Kind joined;
    private final int most;
    private final BitSet always;

    /** Filters that see every line alone, or several together. */
    private record Kind(Needles needles, List<BitSet> owners) {

        /** The index of a byte of the first line that may have a literal of some filter; -1 when there is none. */
        int find(byte[] block, int from, int to) {
            return needles.find(block, from, to, new InLine(needles, block, from, to));
        }

        /** Adds the filters whose needles are in the line. */
        void concern(LogLine line, BitSet concerned) {
            Looks looks = new Looks();
            line.has((block, from, to) -> needles.find(block, from, to, (number, at) -> {
                        if (!looks.areLeft(1) || needles.list().get(number).isOfLiteral(block, at, from, to)) {
                            concerned.or(owners.get(number));
                        }
                        return false;
                    })
                    >= 0);
        }
    }

    private Sieve(Kind lone, Kind joined, int most, BitSet always) {
        this.lone = lone;
        this.joined = joined;
        this.most = most;
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
        Map<Needle, BitSet> lone = new LinkedHashMap<>();
        Map<Needle, BitSet> joined = new LinkedHashMap<>();
        BitSet always = new BitSet();
        int most = 1;
        for (int i = 0; i < filters.size(); i++) {
            Filter filter = filters.get(i);
            Map<Needle, BitSet> all = filter.lines() > 1 ? joined : lone;
            List<Needle> own = filter.needles();
            if (!asWritten.test(i) || own.isEmpty() || all.size() + own.size() > Needles.MOST) {
                always.set(i);
                continue;
            }
            most = Math.max(most, filter.lines());
            for (Needle needle : own) {
                all.computeIfAbsent(needle, _ -> new BitSet()).set(i);
            }
        }
        return new Sieve(kind(lone), kind(joined), most, always);
    }

    private static Kind kind(Map<Needle, BitSet> needles) {
        return new Kind(new Needles(List.copyOf(needles.keySet())), List.copyOf(needles.values()));
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
        return lone.find(block, from, to);
    }

    /**
     * The same for a line that may matter together with {@link #before} lines before it and {@link #after} lines after
     * it: all of those are then to be handed over.
     */
    public int findJoined(byte[] block, int from, int to) {
        return joined.find(block, from, to);
    }

    /** How many lines before one of {@link #findJoined} matter with it; 0 where every filter sees each line alone. */
    public int before() {
        return most - 1;
    }

    /** How many lines after one of {@link #findJoined} matter with it. */
    public int after() {
        return most > 1 ? Recent.reach(most) : 0;
    }

    /** Which filters the line may matter to; the others would find that it does not match. */
    public BitSet concerned(LogLine line) {
        BitSet concerned = (BitSet) always.clone();
        lone.concern(line, concerned);
        joined.owners().forEach(concerned::or);
        return concerned;
    }
}
