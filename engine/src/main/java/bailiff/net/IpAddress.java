package bailiff.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address as a value of 128 bits.
 *
 * <p>An IPv4 address is held as its IPv4-mapped form, so {@code ::ffff:192.0.2.1} and {@code 192.0.2.1} are one address.
 * Ordered as unsigned numbers, all of IPv4 as one block. Immutable.
 *
 * @param high the first 64 bits, in network order
 * @param low the last 64 bits, in network order
 */
public record IpAddress(long high, long low) implements Comparable<IpAddress> {

    private static final long MAPPED = 0xffffL << 32;

    /** The IPv4 address whose 32 bits, in network order, are given. */
    public static IpAddress ofV4(int bits) {
        return new IpAddress(0, MAPPED | (bits & 0xffff_ffffL));
    }

    /**
     * The address written as text, or nothing when it is not exactly one address.
     *
     * <p>Takes four decimal octets without leading zeros, or the forms of RFC 4291 section 2.2, without zone, brackets or
     * surrounding blanks. Whatever else the libraries of other systems accept ({@code 127.1}, {@code 010.1.1.1}) is
     * nothing here: an address that two programs read differently must never be banned.
     */
    public static Optional<IpAddress> parse(CharSequence text) {
        return AddressText.parse(text);
    }

    /** The same for the ASCII text in those bytes, from {@code from} up to, not including, {@code to}. */
    public static Optional<IpAddress> parse(byte[] text, int from, int to) {
        return AddressText.parse(text, from, to);
    }

    /** The address that a socket or interface reports. */
    public static IpAddress of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return ofV4((int) bits(bytes, 0, 4));
        }
        return new IpAddress(bits(bytes, 0, 8), bits(bytes, 8, 8));
    }

    /** The same address for the socket interface; no name is looked up. */
    public InetAddress toInetAddress() {
        byte[] bytes = new byte[isV4() ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            int bit = (bytes.length - 1 - i) * 8;
            bytes[i] = (byte) (bit >= 64 ? high >>> (bit - 64) : low >>> bit);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }

    /** Whether this is an IPv4 address, written either way. */
    public boolean isV4() {
        return isV4(high, low);
    }

    static boolean isV4(long high, long low) {
        return high == 0 && low >>> 32 == 0xffffL;
    }

    /** Bits of an address of this family: 32 or 128. */
    public int width() {
        return isV4() ? 32 : 128;
    }

    /** The network of this address with the given number of leading bits, 0 to {@link #width()}. */
    public Cidr prefix(int length) {
        return Cidr.of(this, length);
    }

    /** The prefix that holds this address alone. */
    public Cidr alone() {
        return Cidr.of(this, width());
    }

    @Override
    public int compareTo(IpAddress other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The canonical text: dotted decimals, or RFC 5952's form. */
    @Override
    public String toString() {
        return AddressText.format(this);
    }

    private static long bits(byte[] bytes, int from, int count) {
        long bits = 0;
        for (int i = from; i < from + count; i++) {
            bits = bits << 8 | (bytes[i] & 0xff);
        }
        return bits;
    }
}
