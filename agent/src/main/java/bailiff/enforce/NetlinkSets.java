package bailiff.enforce;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Our sets in the kernel by netlink messages of our own: no other program takes part.
 *
 * <p>Not thread-safe: {@link Nftables} owns it. An {@code IOException} of any method means that the kernel could not be
 * asked, or that it is not known to have done what it was told.
 */
final class NetlinkSets implements Closeable {

    /*
     * Most bans are new and most removals concern what is there. So a batch first says just that: "add what is not
     * there, delete what is there", one message for each set. The kernel refuses all of it when it is wrong about a
     * single member; then the batch is said again in the form that is always right, which is also nft's (see NftScript):
     * add all, delete all, add those that are to be banned. One transaction each, so that no packet sees a state
     * between. The second form takes three times as long, and works the same on every kernel since 5.10: that an
     * addition alone changes the end of a member that is there already is new in Linux 6.12.
     */
    private static final String TABLE = "bailiff";

    /** Attempts to read a list that somebody changes meanwhile. */
    private static final int MOST_READINGS = 10;

    /** A set of ours and what to do to it. */
    private record Task(BanSet set, String name, List<Change> members) {}

    private final NetlinkExchange exchange;
    private final Map<BanSet, String> names = new HashMap<>();

    NetlinkSets(NetlinkChannel.Source source) {
        this.exchange = new NetlinkExchange(source);
    }

    /**
     * Makes the changes, which concern different places, in one transaction: all or none.
     *
     * @param changes of sets that exist
     * @throws FirewallException when the kernel refuses
     */
    void change(List<Change> changes, BanEnd end) throws FirewallException, IOException {
        if (changes.isEmpty()) {
            return;
        }
        List<Task> tasks = tasks(changes);
        Optional<NetlinkRefusal> refusal = exchange.transact(to -> tasks.forEach(task -> {
            write(to, NetlinkWire.NEW_ELEMENT, NetlinkWire.CREATE | NetlinkWire.EXCLUSIVE, task, end, Part.BANNED);
            write(to, NetlinkWire.DELETE_ELEMENT, 0, task, end, Part.FREED);
        }));
        if (refusal.isPresent()) {
            refusal = exchange.transact(to -> tasks.forEach(task -> {
                write(to, NetlinkWire.NEW_ELEMENT, NetlinkWire.CREATE, task, end, Part.ALL);
                write(to, NetlinkWire.DELETE_ELEMENT, 0, task, end, Part.ALL);
                write(to, NetlinkWire.NEW_ELEMENT, NetlinkWire.CREATE, task, end, Part.BANNED);
            }));
        }
        if (refusal.isPresent()) {
            throw new FirewallException(refusal.get().why());
        }
    }

    /** The sets of our table that are ours, in the kernel's order; none when there is no table. */
    List<BanSet> sets() throws FirewallException, IOException {
        List<BanSet> sets = new ArrayList<>();
        read(
                NetlinkWire.NEW_SET,
                to -> {
                    to.begin(NetlinkWire.GET_SET, NetlinkWire.DUMP);
                    to.text(NetlinkWire.TABLE, TABLE);
                    to.end();
                },
                sets::clear,
                (bytes, from, end) -> {
                    NetlinkReader attributes = new NetlinkReader(bytes, from, end);
                    if (attributes.next(NetlinkWire.TABLE)
                            && attributes.text().equals(TABLE)
                            && attributes.next(NetlinkWire.SET_NAME)) {
                        BanSet.named(attributes.text()).ifPresent(sets::add);
                    }
                });
        return sets;
    }

    /** Shows every ban that the kernel holds; one may be shown more than once. */
    void held(BanVisitor visitor) throws FirewallException, IOException {
        for (BanSet set : sets()) {
            read(
                    NetlinkWire.NEW_ELEMENT,
                    to -> {
                        to.begin(NetlinkWire.GET_ELEMENT, NetlinkWire.DUMP);
                        to.text(NetlinkWire.TABLE, TABLE);
                        to.text(NetlinkWire.ELEMENTS_SET, set.name());
                        to.end();
                    },
                    () -> {},
                    (bytes, from, end) -> members(set, new NetlinkReader(bytes, from, end), bytes, visitor));
        }
    }

    /** Whether our table with its gate is there. */
    boolean hasTable() throws FirewallException, IOException {
        return isThere(NetlinkWire.NEW_CHAIN, to -> {
            to.begin(NetlinkWire.GET_CHAIN, 0);
            to.text(NetlinkWire.TABLE, TABLE);
            to.text(NetlinkWire.CHAIN_NAME, NftScript.GATE);
            to.end();
        });
    }

    /** Whether a rule of ours is there. */
    boolean has(NftRule rule) throws FirewallException, IOException {
        return isThere(NetlinkWire.NEW_RULE, to -> {
            to.begin(NetlinkWire.GET_RULE, 0);
            to.text(NetlinkWire.TABLE, TABLE);
            to.text(NetlinkWire.RULE_CHAIN, rule.chain());
            to.number64(NetlinkWire.RULE_HANDLE, rule.handle());
            to.end();
        });
    }

    @Override
    public void close() {
        exchange.close();
    }

    private boolean isThere(int type, Consumer<NetlinkWriter> question) throws FirewallException, IOException {
        Optional<NetlinkRefusal> refusal = exchange.ask(type, question);
        if (refusal.isPresent() && refusal.get().code() != NetlinkRefusal.NOT_THERE) {
            throw new FirewallException(refusal.get().why());
        }
        return refusal.isEmpty();
    }

    /** Reads a list from the beginning until it did not change meanwhile; what is not there is an empty list. */
    private void read(int type, Consumer<NetlinkWriter> question, Runnable again, NetlinkExchange.Visitor visitor)
            throws FirewallException, IOException {
        Optional<NetlinkRefusal> refusal = Optional.empty();
        for (int i = 0; i < MOST_READINGS; i++) {
            again.run();
            refusal = exchange.list(type, question, visitor);
            if (refusal.isEmpty() || refusal.get().code() == NetlinkRefusal.NOT_THERE) {
                return;
            }
            if (!refusal.get().isInterrupted()) {
                break;
            }
        }
        throw new FirewallException(refusal.orElse(NetlinkRefusal.INTERRUPTED).why());
    }

    private static void members(BanSet set, NetlinkReader message, byte[] bytes, BanVisitor visitor)
            throws IOException {
        while (message.next(NetlinkWire.ELEMENTS)) {
            NetlinkReader list = message.inside();
            while (list.next(NetlinkWire.LIST_ITEM)) {
                NetlinkReader member = list.inside();
                if (!member.next(NetlinkWire.KEY)) {
                    continue;
                }
                NetlinkReader key = member.inside();
                if (key.next(NetlinkWire.VALUE) && key.length() == (set.v4() ? 4 : 16)) {
                    IpAddress address = address(bytes, key.start(), set.v4());
                    if (address.isV4() == set.v4()) {
                        visitor.visit(set.jail(), Cidr.of(address, set.length()));
                    }
                }
            }
        }
    }

    private static IpAddress address(byte[] bytes, int at, boolean v4) {
        return v4
                ? IpAddress.ofV4(NetlinkWire.getNet32(bytes, at))
                : new IpAddress(NetlinkWire.getNet64(bytes, at), NetlinkWire.getNet64(bytes, at + 8));
    }

    /** The changes by set; those of one set often follow each other. */
    private List<Task> tasks(List<Change> changes) {
        List<Task> tasks = new ArrayList<>();
        Map<BanSet, Task> bySet = new HashMap<>();
        Task last = null;
        for (Change change : changes) {
            Cidr subject = change.subject();
            boolean v4 = subject.first().isV4();
            if (last == null
                    || last.set().v4() != v4
                    || last.set().length() != subject.length()
                    || !last.set().jail().equals(change.jail())) {
                BanSet set = new BanSet(change.jail(), v4, subject.length());
                last = bySet.get(set);
                if (last == null) {
                    last = new Task(set, names.computeIfAbsent(set, BanSet::name), new ArrayList<>());
                    bySet.put(set, last);
                    tasks.add(last);
                }
            }
            last.members().add(change);
        }
        return tasks;
    }

    /** Which members a message names, and whether with their ends. */
    private enum Part {
        ALL,
        BANNED,
        FREED
    }

    private static void write(NetlinkWriter to, int type, int flags, Task task, BanEnd end, Part part) {
        int list = -1;
        for (Change change : task.members()) {
            long timeout = end.of(change);
            if (part == (timeout == BanEnd.PAST ? Part.BANNED : Part.FREED)) {
                continue;
            }
            if (list >= 0 && to.size() - list > NetlinkWire.LONGEST_ATTRIBUTE) {
                to.close(list);
                to.end();
                list = -1;
            }
            if (list < 0) {
                to.begin(type, flags);
                to.text(NetlinkWire.TABLE, TABLE);
                to.text(NetlinkWire.ELEMENTS_SET, task.name());
                list = to.open(NetlinkWire.ELEMENTS);
            }
            write(to, task.set(), change.subject().first(), part == Part.BANNED ? timeout : BanEnd.NEVER);
        }
        if (list >= 0) {
            to.close(list);
            to.end();
        }
    }

    private static void write(NetlinkWriter to, BanSet set, IpAddress address, long timeout) {
        int member = to.open(NetlinkWire.LIST_ITEM);
        int key = to.open(NetlinkWire.KEY);
        if (set.v4()) {
            to.number32(NetlinkWire.VALUE, (int) address.low());
        } else {
            to.number128(NetlinkWire.VALUE, address.high(), address.low());
        }
        to.close(key);
        if (timeout != BanEnd.NEVER) {
            to.number64(NetlinkWire.TIMEOUT, timeout * 1_000);
        }
        to.close(member);
    }
}
