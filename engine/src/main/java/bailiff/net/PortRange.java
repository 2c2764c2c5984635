package bailiff.net;

/**
 * Consecutive ports, or a single one.
 *
 * @param first the lowest port, 0 to 65535
 * @param last the highest port, not below {@code first}
 */
public record PortRange(int first, int last) {

    /** The highest port there is. */
    public static final int HIGHEST = 65_535;

    public PortRange {
        if (first < 0 || last < first || last > HIGHEST) {
            throw new IllegalArgumentException("ports " + first + " to " + last + " are no range within 0.." + HIGHEST);
        }
    }

    /** The range of that port alone. */
    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    /** {@code 80}, or {@code 8000-8100}: also nft's way of writing it. */
    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
