package bailiff.enforce;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
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
final class NetlinkSets {

    /*
     * Most bans are new and most removals concern what is there. So a batch first says just that: "add what is not
     * there, delete what is there", one message for each set. The kernel refuses all of it when it is wrong about a
     * single member; then the batch is said again in the form that is always right, which is also nft's (see NftScript):
     * add all, delete all, add those that are to be banned. One transaction each, so that no packet sees a state
     * between. The second form takes three times as long, and works the same on every kernel since 5.10: that an
     * addition alone changes the end of a member that is there already is new in Linux 6.12.
     */
    private static final String TABLE = "bailiff";

    /** A set of ours and what to do to it. */
    private record Task(BanSet set, String name, List<Change> members) {}

    /** A set in the kernel, and how many members it has, or -1 where the kernel does not tell. */
    private record Found(BanSet set, int count) {}

    private final NetlinkExchange exchange;
    private final Map<BanSet, String> names = new HashMap<>();

    NetlinkSets(NetlinkExchange exchange) {
        this.exchange = exchange;
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
        return found().stream().map(Found::set).toList();
    }

    /**
     * Shows every ban that the kernel holds and that is not among those; one may be shown more than once.
     *
     * @param counted whether all those are in the kernel: then a set of no more members is not read
     */
    void strays(Places wanted, boolean counted, BanVisitor visitor) throws FirewallException, IOException {
        for (Found found : found()) {
            BanSet set = found.set();
            if (found.count() == 0 || (counted && found.count() == wanted.lasting(set))) {
                continue;
            }
            exchange.read(
                    NetlinkWire.NEW_ELEMENT,
                    to -> {
                        to.begin(NetlinkWire.GET_ELEMENT, NetlinkWire.DUMP);
                        to.text(NetlinkWire.TABLE, TABLE);
                        to.text(NetlinkWire.ELEMENTS_SET, set.name());
                        to.end();
                    },
                    () -> {},
                    (bytes, from, end) -> members(set, new NetlinkReader(bytes, from, end), (jail, subject) -> {
                        if (!wanted.contains(jail, subject)) {
                            visitor.visit(jail, subject);
                        }
                    }));
        }
    }

    private List<Found> found() throws FirewallException, IOException {
        List<Found> sets = new ArrayList<>();
        exchange.read(
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
                        Optional<BanSet> set = BanSet.named(attributes.text());
                        boolean counted = attributes.next(NetlinkWire.SET_COUNT) && attributes.length() == 4;
                        int count = counted ? (int) attributes.number(0, 4) : -1;
                        set.ifPresent(ours -> sets.add(new Found(ours, count)));
                    }
                });
        return sets;
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

    private boolean isThere(int type, Consumer<NetlinkWriter> question) throws FirewallException, IOException {
        Optional<NetlinkRefusal> refusal = exchange.ask(type, question);
        if (refusal.isPresent() && refusal.get().code() != NetlinkRefusal.NOT_THERE) {
            throw new FirewallException(refusal.get().why());
        }
        return refusal.isEmpty();
    }

    private static void members(BanSet set, NetlinkReader message, BanVisitor visitor) throws IOException {
        while (message.next(NetlinkWire.ELEMENTS)) {
            NetlinkReader list = message.inside();
            while (list.next(NetlinkWire.LIST_ITEM)) {
                NetlinkReader member = list.inside();
                if (!member.next(NetlinkWire.KEY)) {
                    continue;
                }
                NetlinkReader key = member.inside();
                if (key.next(NetlinkWire.VALUE) && key.length() == (set.v4() ? 4 : 16)) {
                    IpAddress address = address(key, set.v4());
                    if (address.isV4() == set.v4()) {
                        visitor.visit(set.jail(), Cidr.of(address, set.length()));
                    }
                }
            }
        }
    }

    private static IpAddress address(NetlinkReader key, boolean v4) {
        return v4 ? IpAddress.ofV4((int) key.number(0, 4)) : new IpAddress(key.number(0, 8), key.number(8, 8));
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
