package bailiff.enforce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Walks over the attributes in a part of a netlink message, checking every length. Not thread-safe. */
final class NetlinkReader {

    /** {@code NLA_F_NESTED}: the attribute holds attributes. */
    static final int NESTED = 0x8000;

    private static final int KIND = 0x3fff;

    private final byte[] bytes;
    private final int end;
    private int next;
    private int start;
    private int length;
    private int type;

    /** Reads from {@code from} up to {@code end}, which lie in the array; the first {@link #next} leads to the first. */
    NetlinkReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.next = from;
        this.end = end;
    }

    /**
     * Goes on to the next attribute; false behind the last.
     *
     * @throws IOException when its length makes no sense
     */
    boolean next() throws IOException {
        if (end - next < NetlinkWire.ATTRIBUTE) {
            return false;
        }
        int whole = NetlinkWire.get16(bytes, next);
        if (whole < NetlinkWire.ATTRIBUTE || whole > end - next) {
            throw new IOException("the kernel's answer has an attribute of length " + whole);
        }
        type = NetlinkWire.get16(bytes, next + 2) & KIND;
        start = next + NetlinkWire.ATTRIBUTE;
        length = whole - NetlinkWire.ATTRIBUTE;
        next = NetlinkWire.aligned(next + whole);
        return true;
    }

    /** Goes on to the next attribute of that kind; false when there is none. */
    boolean next(int wanted) throws IOException {
        while (next()) {
            if (type == wanted) {
                return true;
            }
        }
        return false;
    }

    /** How many bytes the attribute holds. */
    int length() {
        return length;
    }

    /**
     * A part of the attribute as a number in network order.
     *
     * @param at where it begins; it ends within the attribute
     * @param size its bytes, 8 at most
     */
    long number(int at, int size) {
        long number = 0;
        for (int i = start + at; i < start + at + size; i++) {
            number = (number << 8) | (bytes[i] & 0xff);
        }
        return number;
    }

    /** The attributes that the attribute holds. */
    NetlinkReader inside() {
        return new NetlinkReader(bytes, start, start + length);
    }

    /** The attribute as text, without the zero that closes it. */
    String text() {
        int size = length > 0 && bytes[start + length - 1] == 0 ? length - 1 : length;
        return new String(bytes, start, size, StandardCharsets.UTF_8);
    }
}
