package bailiff.net;

import java.util.Optional;

/**
 * A network: the addresses that share their leading bits with {@code first}. A single address is the longest prefix.
 *
 * <p>All bits of {@code first} beyond {@code length} are zero; {@link #of} clears them. Immutable.
 *
 * @param first the lowest address of the network
 * @param length the number of leading bits, 0 to 32 or 0 to 128 by family
 */
public record Cidr(IpAddress first, int length) implements Comparable<Cidr> {

    public Cidr {
        if (length < 0 || length > first.width()) {
            throw new IllegalArgumentException("prefix length " + length + " is not in 0.." + first.width());
        }
        if (!first.equals(masked(first, length))) {
            throw new IllegalArgumentException(first + " has bits beyond /" + length);
        }
    }

    /** The network of that length that holds the address. */
    public static Cidr of(IpAddress address, int length) {
        if (length < 0 || length > address.width()) {
            throw new IllegalArgumentException("prefix length " + length + " is not in 0.." + address.width());
        }
        return new Cidr(masked(address, length), length);
    }

    /**
     * The network written as {@code ADDRESS}, {@code ADDRESS/LENGTH}, {@code IPV4/255.255.255.0} or {@code IPV6/ffff::},
     * or nothing when the text is none of them. {@code ::ffff:192.0.2.0/120} is {@code 192.0.2.0/24}. Bits beyond the length are cleared.
     */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return IpAddress.parse(text).map(IpAddress::alone);
        }
        Optional<IpAddress> address = IpAddress.parse(text.substring(0, slash));
        String length = text.substring(slash + 1);
        if (address.isPresent() && address.get().isV4() && length.indexOf('.') >= 0) {
            return IpAddress.parse(length).flatMap(mask -> ofMask(address.get(), (int) mask.low()));
        }
        if (address.isPresent() && !address.get().isV4() && length.indexOf(':') >= 0) {
            return IpAddress.parse(length).flatMap(mask -> ofMask(address.get(), mask.high(), mask.low()));
        }
        if (address.isEmpty() || !length.matches("0|[1-9][0-9]{0,2}")) {
            return Optional.empty();
        }
        boolean mapped = address.get().isV4() && text.indexOf(':') >= 0;
        int bits = Integer.parseInt(length) - (mapped ? 96 : 0);
        return bits < 0 || bits > address.get().width() ? Optional.empty() : Optional.of(of(address.get(), bits));
    }

    /** Whether the address lies in this network. */
    public boolean contains(IpAddress address) {
        int bits = first.isV4() ? length + 96 : length;
        return (address.high() & highMask(bits)) == first.high()
                && (address.low() & lowMask(bits)) == first.low()
                && address.isV4() == first.isV4();
    }

    /** Whether the two networks have an address in common: then one of them holds the other. */
    public boolean overlaps(Cidr other) {
        return length <= other.length ? contains(other.first) : other.contains(first);
    }

    /** Whether this is one address and no more. */
    public boolean isSingle() {
        return length == first.width();
    }

    /** By first address, then the wider network first. */
    @Override
    public int compareTo(Cidr other) {
        int byFirst = first.compareTo(other.first);
        return byFirst != 0 ? byFirst : Integer.compare(length, other.length);
    }

    /** {@code 192.0.2.1} for a single address, {@code 2001:db8::/64} for more. */
    @Override
    public String toString() {
        return isSingle() ? first.toString() : first + "/" + length;
    }

    private static Optional<Cidr> ofMask(IpAddress address, int mask) {
        int length = Integer.numberOfLeadingZeros(~mask);
        boolean contiguous = length == 32 || mask << length == 0;
        return contiguous ? Optional.of(of(address, length)) : Optional.empty();
    }

    private static Optional<Cidr> ofMask(IpAddress address, long high, long low) {
        int upper = Long.numberOfLeadingZeros(~high);
        int length = upper < 64 ? upper : 64 + Long.numberOfLeadingZeros(~low);
        Cidr network = of(address, length);
        boolean contiguous = masked(new IpAddress(-1, -1), length).equals(new IpAddress(high, low));
        return contiguous ? Optional.of(network) : Optional.empty();
    }

    private static IpAddress masked(IpAddress address, int length) {
        int bits = address.isV4() ? length + 96 : length;
        long high = address.high() & highMask(bits);
        long low = address.low() & lowMask(bits);
        return high == address.high() && low == address.low() ? address : new IpAddress(high, low);
    }

    /** The first 64 bits of a mask of so many leading ones, 0 to 128. */
    static long highMask(int bits) {
        return bits >= 64 ? -1 : bits == 0 ? 0 : -1L << (64 - bits);
    }

    /** The last 64 bits of that mask. */
    static long lowMask(int bits) {
        return bits <= 64 ? 0 : -1L << (128 - bits);
    }
}
