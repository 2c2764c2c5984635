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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bans in the kernel's nf_tables, in the table {@code inet bailiff}. */
final class Nftables implements Firewall {

    /*
     * Bans go by netlink; the fences, which change at starts and reloads only, by nft. When netlink breaks, nft does
     * the same again (every change bears repetition), and after MOST_BREAKS in a row netlink is left alone until the
     * fences are raised again.
     *
     * Reading a set back takes the kernel time that grows with the square of its size (a dump walks over all that it
     * has told already, each time it tells 32 KiB more): a third of a second for 100,000, half a minute for a million.
     * So it is not read where there was none of our sets before the fences were raised: all in them is what was applied.
     *
     * When a batch is refused, it is halved until the changes that the kernel refuses are alone. MOST_PROBES bounds the
     * attempts, so a kernel that refuses everything is not asked for ever.
     */
    private static final int LARGEST_TRANSACTION = 4_096;

    private static final int MOST_PROBES = 200;

    private static final int MOST_BREAKS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Nftables.class);

    private final NftProgram program;
    private final @Nullable NetlinkTable netlink;
    private final SocketCutter cutter;
    private final InstantSource clock;
    private final Set<BanSet> sets = new HashSet<>();
    private final Set<NftRule> rules = new LinkedHashSet<>();
    private List<Fence> fences = List.of();
    private boolean raised;
    private boolean fresh;
    private int breaks;

    /** Bans by nft alone. */
    Nftables(CommandRunner runner, InstantSource clock) {
        this(runner, Optional.empty(), clock);
    }

    /** Bans by netlink where a source of channels is given; both must lead into the same network namespace. */
    Nftables(CommandRunner runner, Optional<NetlinkChannel.Source> source, InstantSource clock) {
        this.program = new NftProgram(runner, clock);
        this.netlink = source.map(NetlinkTable::new).orElse(null);
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
        breaks = 0;
        Set<String> jails = wanted.stream().map(Fence::jail).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<BanSet> kept = jails.stream()
                .flatMap(jail -> Stream.of(BanSet.ofSingle(jail, true), BanSet.ofSingle(jail, false)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<BanSet> gone = new LinkedHashSet<>();
        List<BanSet> before = either(kernel -> kernel.sets().sets(), NftProgram::sets);
        for (BanSet set : before) {
            (jails.contains(set.jail()) ? kept : gone).add(set);
        }
        List<NftRule> built = built(
                kernel -> kernel.fences().raise(wanted, kept, gone),
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
        Failures failures = new Failures();
        List<Change> ready = new ArrayList<>(changes.size());
        for (Change change : latest(changes)) {
            if (prepared(change, failures)) {
                ready.add(change);
            }
        }
        for (int i = 0; i < ready.size(); i += LARGEST_TRANSACTION) {
            settle(ready.subList(i, Math.min(ready.size(), i + LARGEST_TRANSACTION)), failures);
        }
        cutter.cut(fences, ready);
        // Who is refused something may have to forget the order to end a ban: then the sets hold more than is wanted.
        fresh &= failures.changes.isEmpty();
        failures.raise();
    }

    @Override
    public void strays(Places wanted, boolean applied, BanVisitor visitor) throws FirewallException {
        if (fresh && applied) {
            fresh = false;
            return;
        }
        fresh = false;
        this.<Boolean>either(
                kernel -> {
                    kernel.sets().strays(wanted, applied, visitor);
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
                    ? raised && this.<Boolean>either(kernel -> kernel.sets().hasTable(), NftProgram::hasTable)
                    : this.<Boolean>either(this::hasRules, nft -> nft.has(List.copyOf(rules)));
        } catch (FirewallException e) {
            return false;
        }
    }

    @Override
    public void lower() throws FirewallException {
        raised = false;
        sets.clear();
        rules.clear();
        built(kernel -> kernel.fences().lower(), nft -> {
            nft.lower();
            return List.of();
        });
    }

    @Override
    public void close() {
        program.close();
        cutter.close();
        if (netlink != null) {
            netlink.close();
        }
    }

    private boolean hasRules(NetlinkTable kernel) throws FirewallException, IOException {
        for (NftRule rule : rules) {
            if (!kernel.sets().has(rule)) {
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
        if (netlink == null) {
            program.warmUp();
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
    private boolean prepared(Change change, Failures failures) {
        BanSet set = BanSet.of(change.jail(), change.subject());
        if (sets.contains(set)) {
            return true;
        }
        if (fences.stream().noneMatch(fence -> fence.jail().equals(change.jail()))) {
            failures.add("Jail is not fenced: " + change.jail(), List.of(change));
            return false;
        }
        if (change instanceof Change.Remove) {
            return false;
        }
        try {
            rules.addAll(built(
                    kernel -> kernel.fences().dig(set),
                    nft -> nft.build(String.join("\n", NftScript.dig(set)) + "\n")));
            return sets.add(set);
        } catch (FirewallException e) {
            failures.add(e.why(), List.of(change));
            return false;
        }
    }

    private void settle(List<Change> batch, Failures failures) {
        try {
            this.<Boolean>either(
                    kernel -> {
                        kernel.sets().change(batch, new BanEnd(clock.instant()));
                        return true;
                    },
                    nft -> {
                        nft.change(batch, failures.none());
                        return true;
                    });
        } catch (FirewallException e) {
            if (batch.size() == 1 || !failures.mayProbe()) {
                failures.add(e.why(), batch);
                return;
            }
            int half = batch.size() / 2;
            settle(batch.subList(0, half), failures);
            settle(batch.subList(half, batch.size()), failures);
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

    /** A way that may break. */
    @FunctionalInterface
    private interface Quick<T> {
        T with(NetlinkTable kernel) throws FirewallException, IOException;
    }

    /** A way that always leads to an answer. */
    @FunctionalInterface
    private interface Slow<T> {
        T with(NftProgram nft) throws FirewallException;
    }

    private <T> T either(Quick<T> quick, Slow<T> slow) throws FirewallException {
        NetlinkTable kernel = netlink;
        if (kernel != null && breaks < MOST_BREAKS) {
            try {
                T result = quick.with(kernel);
                breaks = 0;
                return result;
            } catch (IOException e) {
                breaks++;
                LOG.warn("The kernel was not told by netlink, nft does it: {}", e.getMessage());
            }
        }
        return slow.with(program);
    }

    /** What changes the fences by netlink. */
    @FunctionalInterface
    private interface Building {
        void with(NetlinkTable kernel) throws FirewallException, IOException;
    }

    /** Changes the fences; what netlink cannot do nft may, and if not, has the better words for. */
    private List<NftRule> built(Building quick, Slow<List<NftRule>> slow) throws FirewallException {
        return either(
                kernel -> {
                    try {
                        quick.with(kernel);
                        return kernel.fences().rules();
                    } catch (FirewallException e) {
                        LOG.debug("The fences could not be changed by netlink: {}", e.why());
                        return slow.with(program);
                    }
                },
                slow);
    }

    /** What one batch could not do. */
    private static final class Failures {
        private final List<Change> changes = new ArrayList<>();
        private String why = "";
        private int probes;

        boolean none() {
            return changes.isEmpty() && probes == 0;
        }

        boolean mayProbe() {
            return ++probes <= MOST_PROBES;
        }

        void add(String reason, List<Change> failed) {
            why = why.isEmpty() ? reason : why;
            changes.addAll(failed);
        }

        void raise() throws FirewallException {
            if (!changes.isEmpty()) {
                throw new FirewallException(why, changes);
            }
        }
    }
}
