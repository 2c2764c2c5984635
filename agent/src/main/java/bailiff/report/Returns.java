package bailiff.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who came back right after a ban ended, as their pauses tell. Immutable.
 *
 * @param bantime the time, in seconds, after which so many came back
 * @param times how often a source came back within a twenty-fourth of that time, and a minute at least
 * @param sources how many sources did
 * @param soonest the shortest of these delays, in milliseconds
 * @param limit the usual number of attempts in a row between two pauses
 * @param usual how many rows have that many
 * @param rows how many rows there are
 * @param who they were, the most faithful first
 */
record Returns(long bantime, int times, int sources, long soonest, int limit, int usual, int rows, List<Returned> who) {

    /**
     * One who came back.
     *
     * @param source as {@link Sources} numbers them
     * @param times how often
     * @param soonest the shortest delay, in milliseconds
     */
    record Returned(int source, int times, long soonest) {}

    /*
     * A ban shows as a time in which nobody comes back, and just after which many do. So for each usual bantime the pauses
     * just longer than it are counted, and those just shorter. It is believed when the longer are at least FEWEST, and five
     * times as many as the shorter.
     */

    private static final long[] USUAL = {
        600, 900, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800
    };

    private static final int FEWEST = 3;
    private static final int SURE = 5;

    /** Attempts further apart than that are not one row: the classic recipe's findtime. */
    private static final long ROW = 3_600_000;

    /** What the pauses of these sources tell; {@code null} when they tell of no ban. */
    static @Nullable Returns of(Collection<List<Event>> sources) {
        Returns best = null;
        for (long bantime : USUAL) {
            Returns told = of(bantime, sources);
            if (told != null && (best == null || told.times > best.times)) {
                best = told;
            }
        }
        return best;
    }

    private static @Nullable Returns of(long bantime, Collection<List<Event>> sources) {
        long ban = bantime * 1_000;
        long width = Math.max(60_000, ban / 24);
        int before = 0;
        int after = 0;
        List<Returned> who = new ArrayList<>();
        for (List<Event> events : sources) {
            int own = 0;
            long soonest = Long.MAX_VALUE;
            for (int i = 1; i < events.size(); i++) {
                long late = events.get(i).millis() - events.get(i - 1).millis() - ban;
                before += late < 0 && late >= -width ? 1 : 0;
                own += late >= 0 && late <= width ? 1 : 0;
                soonest = late >= 0 && late <= width ? Math.min(soonest, late) : soonest;
            }
            after += own;
            if (own > 0) {
                who.add(new Returned(events.getFirst().source(), own, soonest));
            }
        }
        if (after < FEWEST || after < SURE * before) {
            return null;
        }
        who.sort(Comparator.comparingInt(Returned::times).reversed().thenComparingLong(Returned::soonest));
        long soonest = who.stream().mapToLong(Returned::soonest).min().orElse(0);
        return rows(
                new Returns(bantime, after, who.size(), soonest, 0, 0, 0, List.copyOf(who)),
                Math.min(ban, ROW),
                sources);
    }

    private static Returns rows(Returns told, long apart, Collection<List<Event>> sources) {
        TreeMap<Integer, Integer> lengths = new TreeMap<>();
        int rows = 0;
        for (List<Event> events : sources) {
            for (int length : lengths(events, apart)) {
                lengths.merge(length, 1, Integer::sum);
                rows++;
            }
        }
        int limit = 0;
        int usual = 0;
        for (var entry : lengths.entrySet()) {
            if (entry.getValue() > usual) {
                limit = entry.getKey();
                usual = entry.getValue();
            }
        }
        return new Returns(told.bantime, told.times, told.sources, told.soonest, limit, usual, rows, told.who);
    }

    /** How many attempts follow each other without a pause of that many milliseconds. */
    static List<Integer> lengths(List<Event> events, long apart) {
        List<Integer> lengths = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < events.size(); i++) {
            boolean begins = i > 0 && events.get(i).millis() - events.get(i - 1).millis() >= apart;
            if (begins) {
                lengths.add(length);
                length = 0;
            }
            length++;
        }
        if (length > 0) {
            lengths.add(length);
        }
        return lengths;
    }
}
