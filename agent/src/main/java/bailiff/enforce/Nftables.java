package bailiff.enforce;

import bailiff.net.IpAddress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bans in the kernel's nf_tables, in the table {@code inet bailiff}. */
final class Nftables implements Firewall {

    /*
     * Reading a set back takes the kernel time that grows with the square of its size (a dump walks over all that it
     * has told already, each time it tells 32 KiB more): a third of a second for 100,000, half a minute for a million.
     * So it is not read where there was none of our sets before the fences were raised: all in them is what was applied.
     *
     * When a batch is refused, it is halved until the changes that the kernel refuses are alone. Refusals bounds the
     * attempts, so a kernel that refuses everything is not asked for ever.
     */
    private static final int LARGEST_TRANSACTION = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(Nftables.class);

    private final BothWays kernel;
    private final SocketCutter cutter;
    private final InstantSource clock;
    private final Set<BanSet> sets = new HashSet<>();
    private final Set<NftRule> rules = new LinkedHashSet<>();
    private List<Fence> fences = List.of();
    private boolean raised;
    private boolean fresh;

    /** Bans by nft alone. */
    Nftables(CommandRunner runner, InstantSource clock) {
        this(runner, Optional.empty(), clock);
    }

    /** Bans by netlink where a source of channels is given; both must lead into the same network namespace. */
    Nftables(CommandRunner runner, Optional<NetlinkChannel.Source> source, InstantSource clock) {
        this.kernel = new BothWays(new NftProgram(runner, clock), source.map(NetlinkTable::new));
        this.cutter = new SocketCutter(runner);
        this.clock = clock;
    }

    @Override
    public String backend() {
        return "nftables";
    }

    @Override
    public boolean enforces() {
        return true;
    }

    @Override
    public void raise(List<Fence> wanted) throws FirewallException {
        kernel.trustAgain();
        Set<String> jails = wanted.stream().map(Fence::jail).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<BanSet> kept = jails.stream()
                .flatMap(jail -> Stream.of(BanSet.ofSingle(jail, true), BanSet.ofSingle(jail, false)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<BanSet> gone = new LinkedHashSet<>();
        List<BanSet> before = kernel.either(netlink -> netlink.sets().sets(), NftProgram::sets);
        for (BanSet set : before) {
            (jails.contains(set.jail()) ? kept : gone).add(set);
        }
        List<NftRule> built = kernel.built(
                netlink -> netlink.fences().raise(wanted, kept, gone),
                nft -> nft.build(NftScript.raise(wanted, kept, gone)));
        raised = true;
        fresh = before.isEmpty();
        fences = List.copyOf(wanted);
        sets.clear();
        sets.addAll(kept);
        rules.clear();
        rules.addAll(built);
        warmUp();
    }

    @Override
    public void apply(List<Change> changes) throws FirewallException {
        Refusals refusals = new Refusals();
        List<Change> ready = new ArrayList<>(changes.size());
        for (Change change : latest(changes)) {
            if (prepared(change, refusals)) {
                ready.add(change);
            }
        }
        for (int i = 0; i < ready.size(); i += LARGEST_TRANSACTION) {
            settle(ready.subList(i, Math.min(ready.size(), i + LARGEST_TRANSACTION)), refusals);
        }
        cutter.cut(fences, ready);
        // Who is refused something may have to forget the order to end a ban: then the sets hold more than is wanted.
        fresh &= refusals.isEmpty();
        refusals.raise();
    }

    @Override
    public void strays(Places wanted, boolean applied, BanVisitor visitor) throws FirewallException {
        if (fresh && applied) {
            fresh = false;
            return;
        }
        fresh = false;
        kernel.<Boolean>either(
                netlink -> {
                    netlink.sets().strays(wanted, applied, visitor);
                    return true;
                },
                nft -> {
                    nft.strays(wanted, visitor);
                    return true;
                });
    }

    @Override
    public boolean standing() {
        try {
            return rules.isEmpty()
                    ? raised && kernel.<Boolean>either(netlink -> netlink.sets().hasTable(), NftProgram::hasTable)
                    : kernel.<Boolean>either(this::hasRules, nft -> nft.has(List.copyOf(rules)));
        } catch (FirewallException e) {
            return false;
        }
    }

    @Override
    public void lower() throws FirewallException {
        raised = false;
        sets.clear();
        rules.clear();
        kernel.built(netlink -> netlink.fences().lower(), nft -> {
            nft.lower();
            return List.of();
        });
    }

    @Override
    public void close() {
        kernel.close();
        cutter.close();
    }

    private boolean hasRules(NetlinkTable netlink) throws FirewallException, IOException {
        for (NftRule rule : rules) {
            if (!netlink.sets().has(rule)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The first ban shall not wait for what is loaded or started with the first of its kind. What is taken out is an
     * address that no packet comes from.
     */
    private void warmUp() {
        if (fences.isEmpty()) {
            return;
        }
        if (!kernel.hasNetlink()) {
            kernel.program().warmUp();
            return;
        }
        try {
            apply(List.of(new Change.Remove(
                    fences.getFirst().jail(), IpAddress.ofV4(0).alone())));
        } catch (FirewallException e) {
            LOG.debug("What is new could not be used: {}", e.why());
        }
    }

    /** Makes the change's set, when this is the first network of its length; false when there is nothing to change. */
    private boolean prepared(Change change, Refusals refusals) {
        BanSet set = BanSet.of(change.jail(), change.subject());
        if (sets.contains(set)) {
            return true;
        }
        if (fences.stream().noneMatch(fence -> fence.jail().equals(change.jail()))) {
            refusals.add("Jail is not fenced: " + change.jail(), List.of(change));
            return false;
        }
        if (change instanceof Change.Remove) {
            return false;
        }
        try {
            rules.addAll(kernel.built(
                    netlink -> netlink.fences().dig(set),
                    nft -> nft.build(String.join("\n", NftScript.dig(set)) + "\n")));
            return sets.add(set);
        } catch (FirewallException e) {
            refusals.add(e.why(), List.of(change));
            return false;
        }
    }

    private void settle(List<Change> batch, Refusals refusals) {
        try {
            kernel.<Boolean>either(
                    netlink -> {
                        netlink.sets().change(batch, new BanEnd(clock.instant()));
                        return true;
                    },
                    nft -> {
                        nft.change(batch, refusals.none());
                        return true;
                    });
        } catch (FirewallException e) {
            if (batch.size() == 1 || !refusals.mayProbe()) {
                refusals.add(e.why(), batch);
                return;
            }
            int half = batch.size() / 2;
            settle(batch.subList(0, half), refusals);
            settle(batch.subList(half, batch.size()), refusals);
        }
    }

    /** Of several changes of one place the last one counts. */
    private static Iterable<Change> latest(List<Change> changes) {
        if (changes.size() <= 1) {
            return changes;
        }
        Map<Place, Change> latest = LinkedHashMap.newLinkedHashMap(changes.size());
        changes.forEach(change -> latest.put(Place.of(change), change));
        return latest.values();
    }
}
