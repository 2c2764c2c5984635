package bailiff.evidence.site;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which account names are tried most often, of however many there are.
 *
 * <p>Not thread-safe.
 */
final class TopNames {

    /*
     * Space-Saving (Metwally, Agrawal, El Abbadi, ICDT 2005): a name that is not counted yet takes the place of the one
     * with the smallest count, and goes on from there. So of n attempts every name with more than n / ROOM is counted,
     * and no count is too small, nor too large by more than n / ROOM. Two of them are joined by adding up, with the same
     * bound for the sum (Agarwal et al., Mergeable Summaries, PODS 2012).
     */

    /** Names counted. */
    static final int ROOM = 64;

    /** Longer ones are no account of WordPress (users.user_login, users.user_email). */
    private static final int LONGEST = 100;

    private final TreeMap<String, Integer> counts = new TreeMap<>();

    void add(String name) {
        if (!name.isEmpty() && name.length() <= LONGEST) {
            add(name, 1);
        }
    }

    private void add(String name, int count) {
        Integer before = counts.get(name);
        int start = before == null ? 0 : before;
        if (before == null && counts.size() >= ROOM) {
            Map.Entry<String, Integer> least = least();
            counts.remove(least.getKey());
            start = least.getValue();
        }
        counts.put(name, sum(start, count));
    }

    private Map.Entry<String, Integer> least() {
        return counts.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
    }

    /** How often each was tried, or a little more. */
    Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    void merge(TopNames other) {
        int mine = counts.size() < ROOM ? 0 : least().getValue();
        int others = other.counts.size() < ROOM ? 0 : other.least().getValue();
        TreeMap<String, Integer> all = new TreeMap<>(counts);
        counts.forEach((name, count) -> all.put(name, sum(count, other.counts.getOrDefault(name, others))));
        other.counts.forEach((name, count) -> all.putIfAbsent(name, sum(count, mine)));
        counts.clear();
        all.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(ROOM)
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    }

    private static int sum(int one, int other) {
        return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(counts.size());
        for (Map.Entry<String, Integer> name : counts.entrySet()) {
            out.writeUTF(name.getKey());
            out.writeInt(name.getValue());
        }
    }

    void read(DataInput in) throws IOException {
        int size = in.readUnsignedByte();
        for (int i = 0; i < size && i < ROOM; i++) {
            counts.put(in.readUTF(), Math.max(0, in.readInt()));
        }
    }
}
