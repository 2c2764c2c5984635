package bailiff.enforce;

import bailiff.net.PortRange;

/** Writes one rule, expression by expression; numbers from {@code linux/netfilter/nf_tables.h}. Not thread-safe. */
final class NetlinkRule {

    /** The name that the kernel numbers for sets without one. */
    static final String NAMELESS = "__set%d";

    private static final int APPEND = 0x800;

    private static final int EXPRESSIONS = 4;
    private static final int NAME = 1;
    private static final int OPERANDS = 2;
    private static final int VERDICT = 2;

    private static final int FIRST_REGISTER = 1;
    private static final int VERDICT_REGISTER = 0;

    private static final int META_FAMILY = 15;
    private static final int META_PROTOCOL = 16;
    private static final int FAMILY_IPV4 = 2;
    private static final int FAMILY_IPV6 = 10;

    private static final int NETWORK_HEADER = 1;
    private static final int TRANSPORT_HEADER = 2;

    private static final int EQUAL = 0;
    private static final int AT_MOST = 3;
    private static final int AT_LEAST = 5;

    private static final int DROP = 0;
    private static final int JUMP = -3;

    private final NetlinkWriter to;
    private final int list;

    /** Begins a rule at the end of a chain. */
    NetlinkRule(NetlinkWriter to, String table, String chain) {
        this.to = to;
        to.begin(NetlinkWire.NEW_RULE, NetlinkWire.CREATE | APPEND);
        to.text(NetlinkWire.TABLE, table);
        to.text(NetlinkWire.RULE_CHAIN, chain);
        this.list = to.open(EXPRESSIONS);
    }

    void end() {
        to.close(list);
        to.end();
    }

    /** Goes on for packets of that family. */
    void family(boolean v4) {
        meta(META_FAMILY);
        compare(EQUAL, 1, v4 ? FAMILY_IPV4 : FAMILY_IPV6);
    }

    /** Goes on for packets of that transport protocol. */
    void protocol(int number) {
        meta(META_PROTOCOL);
        compare(EQUAL, 1, number);
    }

    /** Goes on for packets of the transport protocols in a set of this transaction. */
    void protocolIn(int set) {
        meta(META_PROTOCOL);
        lookUp(NAMELESS, set);
    }

    /** Goes on for packets to the ports in a set of this transaction; all our protocols have them in the same place. */
    void portIn(int set) {
        load(TRANSPORT_HEADER, 2, 2);
        lookUp(NAMELESS, set);
    }

    /** Goes on for packets to the ports of a range. */
    void port(PortRange range) {
        load(TRANSPORT_HEADER, 2, 2);
        if (range.first() == range.last()) {
            compare(EQUAL, 2, range.first());
        } else {
            compare(AT_LEAST, 2, range.first());
            compare(AT_MOST, 2, range.last());
        }
    }

    /** Takes the source address. */
    void source(boolean v4) {
        load(NETWORK_HEADER, v4 ? 12 : 8, v4 ? 4 : 16);
    }

    /** Clears all but the leading bits of what was taken. */
    void mask(boolean v4, int length) {
        long high = length >= 64 ? -1 : ~(-1L >>> length);
        long low = length <= 64 ? 0 : length == 128 ? -1 : ~(-1L >>> (length - 64));
        Open bitwise = new Open("bitwise");
        to.number32(1, FIRST_REGISTER);
        to.number32(2, FIRST_REGISTER);
        to.number32(3, v4 ? 4 : 16);
        value(4, v4, high, low);
        value(5, v4, 0, 0);
        bitwise.close();
    }

    /** Goes on when what was taken is in a set of the table. */
    void lookUp(String set) {
        lookUp(set, 0);
    }

    void count() {
        new Open("counter").close();
    }

    void drop() {
        verdict(DROP, "");
    }

    void jump(String chain) {
        verdict(JUMP, chain);
    }

    private void meta(int key) {
        Open meta = new Open("meta");
        to.number32(2, key);
        to.number32(1, FIRST_REGISTER);
        meta.close();
    }

    private void compare(int how, int size, int value) {
        Open comparison = new Open("cmp");
        to.number32(1, FIRST_REGISTER);
        to.number32(2, how);
        int operand = to.open(3);
        if (size == 1) {
            to.number8(NetlinkWire.VALUE, value);
        } else {
            to.number16(NetlinkWire.VALUE, value);
        }
        to.close(operand);
        comparison.close();
    }

    private void load(int header, int offset, int length) {
        Open payload = new Open("payload");
        to.number32(1, FIRST_REGISTER);
        to.number32(2, header);
        to.number32(3, offset);
        to.number32(4, length);
        payload.close();
    }

    private void lookUp(String set, int number) {
        Open lookup = new Open("lookup");
        to.number32(2, FIRST_REGISTER);
        to.text(1, set);
        if (number > 0) {
            to.number32(4, number);
        }
        lookup.close();
    }

    private void value(int type, boolean v4, long high, long low) {
        int value = to.open(type);
        if (v4) {
            to.number32(NetlinkWire.VALUE, (int) (high >>> 32));
        } else {
            to.number128(NetlinkWire.VALUE, high, low);
        }
        to.close(value);
    }

    private void verdict(int code, String chain) {
        Open immediate = new Open("immediate");
        to.number32(1, VERDICT_REGISTER);
        int operand = to.open(2);
        int verdict = to.open(VERDICT);
        to.number32(1, code);
        if (!chain.isEmpty()) {
            to.text(2, chain);
        }
        to.close(verdict);
        to.close(operand);
        immediate.close();
    }

    /** An expression that is being written. */
    private final class Open {
        private final int item = to.open(NetlinkWire.LIST_ITEM);
        private final int operands;

        Open(String name) {
            to.text(NAME, name);
            operands = to.open(OPERANDS);
        }

        void close() {
            to.close(operands);
            to.close(item);
        }
    }
}
