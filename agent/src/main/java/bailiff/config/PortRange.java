package bailiff.config;

/**
 * Ports side by side.
 *
 * @param first 0 to 65535
 * @param last from {@code first} to 65535
 */
public record PortRange(int first, int last) {

    static final int HIGHEST = 65_535;

    public PortRange {
        if (first < 0 || last < first || last > HIGHEST) {
            throw new IllegalArgumentException(first + "-" + last + " is no range of ports");
        }
    }

    /** As nftables writes it: {@code 80} or {@code 1000-2000}. */
    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
