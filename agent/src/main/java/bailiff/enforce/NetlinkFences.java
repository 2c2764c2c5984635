package bailiff.enforce;

import bailiff.net.PortRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Our table, chains, sets and rules by netlink messages of our own; what {@link NftScript} says in words.
 *
 * <p>Not thread-safe: {@link Nftables} owns it. An {@code IOException} of any method means that the kernel could not be
 * asked, or that it is not known to have done what it was told.
 */
final class NetlinkFences {

    /*
     * The expressions are those that nft makes of the same words (nft --debug=netlink shows them), so that nft lists
     * them as the words they stand for. Registers hold what one expression hands to the next; 1 is the first of 16
     * bytes, 0 takes the verdict. The numbers are from linux/netfilter/nf_tables.h.
     */
    private static final String TABLE = "bailiff";

    private static final int PREROUTING = 0;
    private static final int PRIORITY = -300;
    private static final int ACCEPT = 1;

    private static final int TIMEOUTS = 0x10;
    private static final int ANONYMOUS_CONSTANT = 0x3;
    private static final int INTERVALS = 0x4;
    private static final int INTERVAL_END = 1;

    private static final int TYPE_IPV4 = 7;
    private static final int TYPE_IPV6 = 8;
    private static final int TYPE_PROTOCOL = 12;
    private static final int TYPE_PORT = 13;

    private static final int SCTP = 132;
    private static final int DCCP = 33;
    private static final int UDP = 17;
    private static final int TCP = 6;

    private final NetlinkExchange exchange;

    NetlinkFences(NetlinkExchange exchange) {
        this.exchange = exchange;
    }

    /** Puts up the fences and keeps the sets; takes down what belongs to jails that have no fence. */
    void raise(List<Fence> fences, Collection<BanSet> kept, Collection<BanSet> gone)
            throws FirewallException, IOException {
        int[] number = {0};
        transact(to -> {
            table(to, NetlinkWire.NEW_TABLE, NetlinkWire.CREATE);
            gate(to);
            flush(to, NftScript.GATE);
            for (String jail : jails(kept)) {
                chain(to, NetlinkWire.NEW_CHAIN, NetlinkWire.CREATE, BanSet.chain(jail));
                flush(to, BanSet.chain(jail));
            }
            kept.forEach(set -> dig(to, set, ++number[0]));
            fences.forEach(fence -> number[0] = fence(to, fence, number[0]));
            for (String jail : jails(gone)) {
                chain(to, NetlinkWire.NEW_CHAIN, NetlinkWire.CREATE, BanSet.chain(jail));
                flush(to, BanSet.chain(jail));
                chain(to, NetlinkWire.DELETE_CHAIN, 0, BanSet.chain(jail));
            }
            gone.forEach(set -> {
                to.begin(NetlinkWire.DELETE_SET, 0);
                to.text(NetlinkWire.TABLE, TABLE);
                to.text(NetlinkWire.SET_NAME, set.name());
                to.end();
            });
        });
    }

    /** Makes a set, if need be, and the rule that asks it. */
    void dig(BanSet set) throws FirewallException, IOException {
        transact(to -> dig(to, set, 1));
    }

    /** Takes the table down, if it is there. */
    void lower() throws FirewallException, IOException {
        transact(to -> {
            table(to, NetlinkWire.NEW_TABLE, NetlinkWire.CREATE);
            table(to, NetlinkWire.DELETE_TABLE, 0);
        });
    }

    /** The rules in our table, in the kernel's order. */
    List<NftRule> rules() throws FirewallException, IOException {
        List<NftRule> rules = new ArrayList<>();
        exchange.read(
                NetlinkWire.NEW_RULE,
                to -> {
                    to.begin(NetlinkWire.GET_RULE, NetlinkWire.DUMP);
                    to.text(NetlinkWire.TABLE, TABLE);
                    to.end();
                },
                rules::clear,
                (bytes, from, end) -> {
                    NetlinkReader attributes = new NetlinkReader(bytes, from, end);
                    if (attributes.next(NetlinkWire.TABLE)
                            && attributes.text().equals(TABLE)
                            && attributes.next(NetlinkWire.RULE_CHAIN)) {
                        String chain = attributes.text();
                        if (attributes.next(NetlinkWire.RULE_HANDLE) && attributes.length() == 8) {
                            rules.add(new NftRule(chain, attributes.number(0, 8)));
                        }
                    }
                });
        return rules;
    }

    private void transact(Consumer<NetlinkWriter> messages) throws FirewallException, IOException {
        Optional<NetlinkRefusal> refusal = exchange.transact(messages);
        if (refusal.isPresent()) {
            throw new FirewallException(refusal.get().why());
        }
    }

    private static void table(NetlinkWriter to, int type, int flags) {
        to.begin(type, flags);
        to.text(NetlinkWire.TABLE, TABLE);
        to.end();
    }

    private static void gate(NetlinkWriter to) {
        to.begin(NetlinkWire.NEW_CHAIN, NetlinkWire.CREATE);
        to.text(NetlinkWire.TABLE, TABLE);
        to.text(NetlinkWire.CHAIN_NAME, NftScript.GATE);
        int hook = to.open(4);
        to.number32(1, PREROUTING);
        to.number32(2, PRIORITY);
        to.close(hook);
        to.number32(5, ACCEPT);
        to.text(7, "filter");
        to.end();
    }

    private static void chain(NetlinkWriter to, int type, int flags, String name) {
        to.begin(type, flags);
        to.text(NetlinkWire.TABLE, TABLE);
        to.text(NetlinkWire.CHAIN_NAME, name);
        to.end();
    }

    /** A deletion of rules that names none means all of the chain. */
    private static void flush(NetlinkWriter to, String chain) {
        to.begin(NetlinkWire.DELETE_RULE, 0);
        to.text(NetlinkWire.TABLE, TABLE);
        to.text(NetlinkWire.RULE_CHAIN, chain);
        to.end();
    }

    private static void dig(NetlinkWriter to, BanSet set, int number) {
        to.begin(NetlinkWire.NEW_SET, NetlinkWire.CREATE);
        describe(to, set.name(), TIMEOUTS, set.v4() ? TYPE_IPV4 : TYPE_IPV6, set.v4() ? 4 : 16);
        to.number32(NetlinkWire.SET_NUMBER, number);
        to.end();

        NetlinkRule rule = new NetlinkRule(to, TABLE, BanSet.chain(set.jail()));
        rule.family(set.v4());
        rule.source(set.v4());
        if (set.length() < (set.v4() ? 32 : 128)) {
            rule.mask(set.v4(), set.length());
        }
        rule.lookUp(set.name());
        rule.count();
        rule.drop();
        rule.end();
    }

    /** Gives the last number that a set of this transaction has. */
    private static int fence(NetlinkWriter to, Fence fence, int last) {
        List<PortRange> ports = fence.ports();
        boolean all = fence.protocol() == Protocol.ALL;
        int number = last;
        if (all && !ports.isEmpty()) {
            protocols(to, ++number);
        }
        int protocols = number;
        if (ports.size() > 1) {
            ports(to, ports, ++number);
        }
        NetlinkRule rule = new NetlinkRule(to, TABLE, NftScript.GATE);
        if (!all) {
            rule.protocol(number(fence.protocol()));
        } else if (!ports.isEmpty()) {
            rule.protocolIn(protocols);
        }
        if (ports.size() > 1) {
            rule.portIn(number);
        } else if (!ports.isEmpty()) {
            rule.port(ports.getFirst());
        }
        rule.jump(BanSet.chain(fence.jail()));
        rule.end();
        return number;
    }

    private static int number(Protocol protocol) {
        return switch (protocol) {
            case TCP -> TCP;
            case UDP -> UDP;
            case SCTP -> SCTP;
            case DCCP -> DCCP;
            case ALL -> throw new IllegalArgumentException("every protocol is none");
        };
    }

    private static void protocols(NetlinkWriter to, int number) {
        beginSet(to, ANONYMOUS_CONSTANT, TYPE_PROTOCOL, 1, number, 4);
        int members = beginMembers(to, number);
        for (int protocol : new int[] {TCP, UDP, SCTP, DCCP}) {
            int member = to.open(NetlinkWire.LIST_ITEM);
            int key = to.open(NetlinkWire.KEY);
            to.number8(NetlinkWire.VALUE, protocol);
            to.close(key);
            to.close(member);
        }
        to.close(members);
        to.end();
    }

    /** Ranges are told by where they begin and where what is not in them begins; an end beyond all ports is not told. */
    private static void ports(NetlinkWriter to, List<PortRange> ports, int number) {
        boolean ranges = ports.stream().anyMatch(range -> range.first() != range.last());
        int flags = ANONYMOUS_CONSTANT | (ranges ? INTERVALS : 0);
        beginSet(to, flags, TYPE_PORT, 2, number, ranges ? ports.size() * 2 + 1 : ports.size());
        int members = beginMembers(to, number);
        if (ranges && ports.getFirst().first() > 0) {
            port(to, 0, true);
        }
        for (PortRange range : ports) {
            port(to, range.first(), false);
            if (ranges && range.last() < 65_535) {
                port(to, range.last() + 1, true);
            }
        }
        to.close(members);
        to.end();
    }

    private static void port(NetlinkWriter to, int port, boolean isEnd) {
        int member = to.open(NetlinkWire.LIST_ITEM);
        if (isEnd) {
            to.number32(3, INTERVAL_END);
        }
        int key = to.open(NetlinkWire.KEY);
        to.number16(NetlinkWire.VALUE, port);
        to.close(key);
        to.close(member);
    }

    /** A set without a name, which goes with the rule that asks it. */
    private static void beginSet(NetlinkWriter to, int flags, int type, int length, int number, int size) {
        to.begin(NetlinkWire.NEW_SET, NetlinkWire.CREATE);
        describe(to, NetlinkRule.NAMELESS, flags, type, length);
        to.number32(NetlinkWire.SET_NUMBER, number);
        int description = to.open(9);
        to.number32(1, size);
        to.close(description);
        to.end();
    }

    private static int beginMembers(NetlinkWriter to, int number) {
        to.begin(NetlinkWire.NEW_ELEMENT, NetlinkWire.CREATE);
        to.text(NetlinkWire.TABLE, TABLE);
        to.text(NetlinkWire.ELEMENTS_SET, NetlinkRule.NAMELESS);
        to.number32(4, number);
        return to.open(NetlinkWire.ELEMENTS);
    }

    private static void describe(NetlinkWriter to, String name, int flags, int type, int length) {
        to.text(NetlinkWire.TABLE, TABLE);
        to.text(NetlinkWire.SET_NAME, name);
        to.number32(3, flags);
        to.number32(4, type);
        to.number32(5, length);
    }

    private static Collection<String> jails(Collection<BanSet> sets) {
        return sets.stream().map(BanSet::jail).collect(Collectors.toCollection(TreeSet::new));
    }
}
