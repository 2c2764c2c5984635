package bailiff.enforce;

import java.util.Arrays;

/** Writes netlink messages one after another into an array that grows. Not thread-safe. */
final class NetlinkWriter {

    private static final int FIRST_ROOM = 4_096;

    private byte[] bytes = new byte[FIRST_ROOM];
    private int size;
    private int message;
    private int sequence;

    /** Forgets what was written; the messages that come have this sequence number. */
    void clear(int number) {
        size = 0;
        message = 0;
        sequence = number;
    }

    /** Lets go of an array that grew beyond so many bytes. */
    void shrink(int most) {
        if (bytes.length > most) {
            bytes = new byte[FIRST_ROOM];
            size = 0;
        }
    }

    /** What was written, from 0 to {@link #size}; valid until the next call. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /**
     * Begins a message of the packet filter.
     *
     * @param type the message's type, with its subsystem
     * @param flags added to {@link NetlinkWire#REQUEST}
     */
    void begin(int type, int flags) {
        begin(type, flags, NetlinkWire.FAMILY_INET, 0);
    }

    /** Writes the message that a transaction begins or ends with. */
    void frame(int type) {
        begin(type, 0, 0, NetlinkWire.SUBSYSTEM);
        end();
    }

    private void begin(int type, int flags, int family, int resource) {
        message = claim(NetlinkWire.LONG_HEADER);
        NetlinkWire.put16(bytes, message + 4, type);
        NetlinkWire.put16(bytes, message + 6, NetlinkWire.REQUEST | flags);
        NetlinkWire.put32(bytes, message + 8, sequence);
        NetlinkWire.put32(bytes, message + 12, 0);
        NetlinkWire.putNet32(bytes, message + 16, (family << 24) | resource);
    }

    /** Ends the message that was begun last. */
    void end() {
        NetlinkWire.put32(bytes, message, size - message);
    }

    /** Has the kernel answer the message that was begun last, also when all went well. */
    void wantAnswer() {
        int flags = NetlinkWire.get16(bytes, message + 6);
        NetlinkWire.put16(bytes, message + 6, flags | NetlinkWire.ACKNOWLEDGE);
    }

    /** Begins an attribute that holds attributes; gives what {@link #close} wants. */
    int open(int type) {
        int at = claim(NetlinkWire.ATTRIBUTE);
        NetlinkWire.put16(bytes, at + 2, NetlinkReader.NESTED | type);
        return at;
    }

    /** Ends the attribute that was begun there. */
    void close(int at) {
        NetlinkWire.put16(bytes, at, size - at);
    }

    /** Writes text of ASCII characters, closed by a zero. */
    void text(int type, String text) {
        int length = NetlinkWire.ATTRIBUTE + text.length() + 1;
        int at = claim(NetlinkWire.aligned(length));
        NetlinkWire.put16(bytes, at, length);
        NetlinkWire.put16(bytes, at + 2, type);
        int to = at + NetlinkWire.ATTRIBUTE;
        for (int i = 0; i < text.length(); i++) {
            bytes[to++] = (byte) text.charAt(i);
        }
        Arrays.fill(bytes, to, size, (byte) 0);
    }

    /** Writes 8 bits. */
    void number8(int type, int value) {
        int at = attribute(type, 1);
        bytes[at] = (byte) value;
    }

    /** Writes 16 bits in network order. */
    void number16(int type, int value) {
        int at = attribute(type, 2);
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    /** Writes 32 bits in network order. */
    void number32(int type, int value) {
        int at = attribute(type, 4);
        NetlinkWire.putNet32(bytes, at, value);
    }

    /** Writes 64 bits in network order. */
    void number64(int type, long value) {
        int at = attribute(type, 8);
        NetlinkWire.putNet64(bytes, at, value);
    }

    /** Writes 128 bits in network order. */
    void number128(int type, long high, long low) {
        int at = attribute(type, 16);
        NetlinkWire.putNet64(bytes, at, high);
        NetlinkWire.putNet64(bytes, at + 8, low);
    }

    private int attribute(int type, int length) {
        int whole = NetlinkWire.ATTRIBUTE + length;
        int at = claim(NetlinkWire.aligned(whole));
        Arrays.fill(bytes, at + whole, size, (byte) 0);
        NetlinkWire.put16(bytes, at, whole);
        NetlinkWire.put16(bytes, at + 2, type);
        return at + NetlinkWire.ATTRIBUTE;
    }

    private int claim(int length) {
        int at = size;
        size += length;
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, bytes.length * 2));
        }
        return at;
    }
}
