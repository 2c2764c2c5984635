package bailiff.enforce;

import java.nio.ByteOrder;

/**
 * The numbers of netlink and nf_tables that we speak, and how they lie in memory.
 *
 * <p>From the kernel's interface headers {@code linux/netlink.h}, {@code linux/netfilter/nfnetlink.h} and
 * {@code linux/netfilter/nf_tables.h}; all are part of the kernel's stable interface. Headers are in the machine's byte
 * order, what attributes hold is in network order.
 */
final class NetlinkWire {

    /** {@code struct nlmsghdr}: length, type, flags, sequence number, port. */
    static final int HEADER = 16;

    /** {@code struct nlmsghdr} and {@code struct nfgenmsg}, which every message of the packet filter begins with. */
    static final int LONG_HEADER = 20;

    /** {@code struct nlattr}: length and type. */
    static final int ATTRIBUTE = 4;

    /** The kernel writes datagrams of 32 KiB at most (netlink_recvmsg), and only into buffers that long. */
    static final int LONGEST_ANSWER = 32_768;

    /** The length of an attribute is a number of 16 bits; the room for its siblings' headers is left. */
    static final int LONGEST_ATTRIBUTE = 65_000;

    static final int ERROR = 2;
    static final int DONE = 3;
    static final int BATCH_BEGIN = 0x10;
    static final int BATCH_END = 0x11;

    static final int REQUEST = 0x1;
    static final int ACKNOWLEDGE = 0x4;
    static final int DUMP_INTERRUPTED = 0x10;
    static final int DUMP = 0x300;
    static final int EXCLUSIVE = 0x200;
    static final int CREATE = 0x400;
    static final int CAPPED = 0x100;
    static final int WITH_WORDS = 0x200;

    /** {@code NLMSGERR_ATTR_MSG}: the kernel's own words on an error. */
    static final int ERROR_WORDS = 1;

    static final int SUBSYSTEM = 10;
    static final int FAMILY_INET = 1;

    static final int NEW_TABLE = SUBSYSTEM << 8;
    static final int DELETE_TABLE = (SUBSYSTEM << 8) | 2;
    static final int NEW_CHAIN = (SUBSYSTEM << 8) | 3;
    static final int GET_CHAIN = (SUBSYSTEM << 8) | 4;
    static final int DELETE_CHAIN = (SUBSYSTEM << 8) | 5;
    static final int NEW_RULE = (SUBSYSTEM << 8) | 6;
    static final int GET_RULE = (SUBSYSTEM << 8) | 7;
    static final int DELETE_RULE = (SUBSYSTEM << 8) | 8;
    static final int NEW_SET = (SUBSYSTEM << 8) | 9;
    static final int GET_SET = (SUBSYSTEM << 8) | 10;
    static final int DELETE_SET = (SUBSYSTEM << 8) | 11;
    static final int NEW_ELEMENT = (SUBSYSTEM << 8) | 12;
    static final int GET_ELEMENT = (SUBSYSTEM << 8) | 13;
    static final int DELETE_ELEMENT = (SUBSYSTEM << 8) | 14;

    /** The table's name is the first attribute of all that we send and get. */
    static final int TABLE = 1;

    static final int CHAIN_NAME = 3;
    static final int RULE_CHAIN = 2;
    static final int RULE_HANDLE = 3;
    static final int SET_NAME = 2;
    static final int SET_NUMBER = 10;

    /** How many members a set has, since Linux 6.17; members whose time is up may be counted. */
    static final int SET_COUNT = 20;

    static final int ELEMENTS_SET = 2;
    static final int ELEMENTS = 3;
    static final int LIST_ITEM = 1;
    static final int KEY = 1;
    static final int VALUE = 1;
    static final int TIMEOUT = 4;

    private static final boolean BIG = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private NetlinkWire() {}

    /** Writes a number in the machine's order. */
    static void put32(byte[] bytes, int at, int value) {
        putNet32(bytes, at, BIG ? value : Integer.reverseBytes(value));
    }

    /** Writes a number in the machine's order. */
    static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (BIG ? value >>> 8 : value);
        bytes[at + 1] = (byte) (BIG ? value : value >>> 8);
    }

    /** Writes a number in network order. */
    static void putNet32(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    /** Writes a number in network order. */
    static void putNet64(byte[] bytes, int at, long value) {
        putNet32(bytes, at, (int) (value >>> 32));
        putNet32(bytes, at + 4, (int) value);
    }

    /** Reads a number in the machine's order. */
    static int get32(byte[] bytes, int at) {
        int value = getNet32(bytes, at);
        return BIG ? value : Integer.reverseBytes(value);
    }

    /** Reads a number in the machine's order, 0 to 65,535. */
    static int get16(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        return BIG ? (first << 8) | second : (second << 8) | first;
    }

    private static int getNet32(byte[] bytes, int at) {
        return (bytes[at] << 24)
                | ((bytes[at + 1] & 0xff) << 16)
                | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
    }

    /** Where the next message or attribute begins after one that ends there. */
    static int aligned(int end) {
        return (end + 3) & ~3;
    }
}
