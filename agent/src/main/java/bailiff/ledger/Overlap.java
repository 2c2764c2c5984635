package bailiff.ledger;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The SQL condition for rows whose network has an address in common with the one asked for.
 *
 * @param sql the condition, a fixed text for each family of addresses
 * @param values what its question marks stand for, in order
 */
record Overlap(String sql, List<Object> values) {

    /*
     * Of two networks that overlap one holds the other. Those inside the asked one start in its range. Those around it
     * start at one of its own prefixes, at most 128 of them, each found by the index. A plain "first <= x AND last >=
     * y" would read half of the index.
     */
    private static final String JAIL = "jail = ? AND ";
    private static final String V4_OF_JAIL = condition(JAIL, 32, "");
    private static final String V6_OF_JAIL = condition(JAIL, 128, notV4());
    private static final String V4_ANYWHERE = condition("", 32, "");
    private static final String V6_ANYWHERE = condition("", 128, notV4());

    /** Rows of one jail. */
    static Overlap inJail(String jail, Cidr asked) {
        return new Overlap(asked.first().isV4() ? V4_OF_JAIL : V6_OF_JAIL, values(asked, List.of(jail)));
    }

    /**
     * The same where the networks of the rows are of these lengths only, or as long as the asked one or longer: a ban
     * costs a look at each length that occurs, not at every one that there is.
     *
     * @param around the lengths below the asked one's that occur, see {@link Lengths#around}
     */
    static Overlap inJail(String jail, Cidr asked, List<Integer> around) {
        String exclusion = asked.first().isV4() ? "" : notV4();
        List<Object> values = new ArrayList<>(List.of(jail, first(asked), last(asked)));
        String inside = JAIL + "first BETWEEN ? AND ?" + exclusion;
        if (around.isEmpty()) {
            return new Overlap(inside, values);
        }
        values.add(jail);
        around.forEach(length -> values.add(first(Cidr.of(asked.first(), length))));
        values.add(first(asked));
        String prefixes = "?" + ", ?".repeat(around.size() - 1);
        return new Overlap("(" + inside + " OR " + JAIL + "first IN (" + prefixes + ") AND last >= ?)", values);
    }

    /** Rows of all jails. */
    static Overlap anywhere(Cidr asked) {
        return new Overlap(asked.first().isV4() ? V4_ANYWHERE : V6_ANYWHERE, values(asked, List.of()));
    }

    /** The values of this condition between others, for a whole statement. */
    Object[] valuesBetween(List<?> before, List<?> after) {
        List<Object> all = new ArrayList<>(before);
        all.addAll(values);
        all.addAll(after);
        return all.toArray();
    }

    static byte[] first(Cidr network) {
        return bytes(network.first().high(), network.first().low());
    }

    static byte[] last(Cidr network) {
        IpAddress first = network.first();
        int free = first.width() - network.length();
        long high = free > 64 ? first.high() | ones(free - 64) : first.high();
        return bytes(high, first.low() | ones(Math.min(free, 64)));
    }

    private static long ones(int count) {
        return count == 64 ? -1L : (1L << count) - 1;
    }

    private static byte[] bytes(long high, long low) {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    private static String condition(String jail, int width, String exclusion) {
        String prefixes = "?" + ", ?".repeat(width - 1);
        return "(" + jail + "first BETWEEN ? AND ?" + exclusion + " OR " + jail + "first IN (" + prefixes
                + ") AND last >= ?)";
    }

    /** IPv4 lies within ::/64 as bytes are ordered, but no IPv6 network holds it. */
    private static String notV4() {
        return " AND first NOT BETWEEN x'00000000000000000000ffff00000000' AND x'00000000000000000000ffffffffffff'";
    }

    private static List<Object> values(Cidr asked, List<Object> jail) {
        byte[] first = first(asked);
        List<Object> values = new ArrayList<>(jail);
        values.add(first);
        values.add(last(asked));
        values.addAll(jail);
        for (int length = 0; length < asked.first().width(); length++) {
            values.add(length < asked.length() ? first(Cidr.of(asked.first(), length)) : first);
        }
        values.add(first);
        return values;
    }
}
