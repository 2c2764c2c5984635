package bailiff.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent of many texts in little room: Space-Saving (Metwally, Agrawal and El Abbadi, 2005). A count is too high
 * by all / ROOM at most. Not thread-safe.
 */
final class TopTexts {

    static final int ROOM = 256;

    private static final int LONGEST = 200;

    private final Map<String, long[]> counts = new HashMap<>();
    private long all;

    void count(String text) {
        all++;
        String kept = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        long[] count = counts.get(kept);
        if (count != null) {
            count[0]++;
            return;
        }
        long from = 0;
        if (counts.size() >= ROOM) {
            Map.Entry<String, long[]> least = counts.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue()[0]))
                    .orElseThrow();
            from = least.getValue()[0];
            counts.remove(least.getKey());
        }
        counts.put(kept, new long[] {from + 1});
    }

    long all() {
        return all;
    }

    record Counted(String text, long count) {}

    List<Counted> top(int most) {
        return counts.entrySet().stream()
                .map(entry -> new Counted(entry.getKey(), entry.getValue()[0]))
                .sorted(Comparator.comparingLong(Counted::count).reversed().thenComparing(Counted::text))
                .limit(most)
                .toList();
    }
}
