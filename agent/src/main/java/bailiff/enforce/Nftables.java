package bailiff.enforce;

import bailiff.net.Cidr;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bans in the kernel's nf_tables, in the table {@code inet bailiff}. */
final class Nftables implements Firewall {

    /*
     * Quick and slow: a small batch is one line to the NftShell. When that does not say "done", or the batch is large,
     * an nft of its own carries it out, with an exit code; when that fails too, the batch is halved until the changes
     * that nft refuses are alone. MOST_PROBES bounds the attempts, so a kernel that refuses everything is not asked
     * for ever.
     *
     * Whether the fences stand is asked by rehearsing (`nft -c`) to add a rule after each of ours, named by its
     * handle: the kernel knows without listing anything. nft 1.0.6 reads all members of all sets even for a terse list
     * of one chain: 0.4 s at 100,000 bans, against 5 ms for the rehearsal at any number.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LONG_PATIENCE = Duration.ofSeconds(50);

    /** Less than a pipe holds, so that telling the shell cannot block. */
    private static final int LONGEST_LINE = 60_000;

    private static final int SHELL_LIFETIME = 8 << 20;

    private static final int LARGEST_TRANSACTION = 20_000;

    private static final int MOST_PROBES = 200;

    private static final Pattern ECHOED = Pattern.compile("add rule inet bailiff (\\S+) .*# handle ([0-9]+)");

    /** A rule as the kernel knows it. */
    private record Rule(String chain, String handle) {}

    private final CommandRunner runner;
    private final NftShell shell;
    private final SocketCutter cutter;
    private final NftScript script;
    private final Set<BanSet> sets = new HashSet<>();
    private final List<Rule> rules = new ArrayList<>();
    private List<Fence> fences = List.of();
    private boolean raised;

    Nftables(CommandRunner runner, InstantSource clock) {
        this.runner = runner;
        this.shell = new NftShell(runner, PATIENCE, SHELL_LIFETIME);
        this.cutter = new SocketCutter(runner);
        this.script = new NftScript(clock);
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
        Set<String> jails = wanted.stream().map(Fence::jail).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<BanSet> kept = jails.stream()
                .flatMap(jail -> Stream.of(BanSet.ofSingle(jail, true), BanSet.ofSingle(jail, false)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<BanSet> gone = new LinkedHashSet<>();
        for (BanSet set : list("sets", "inet").sets()) {
            (jails.contains(set.jail()) ? kept : gone).add(set);
        }
        List<Rule> built = build(NftScript.raise(wanted, kept, gone));
        raised = true;
        fences = List.copyOf(wanted);
        sets.clear();
        sets.addAll(kept);
        rules.clear();
        rules.addAll(built);
        // Says nothing new, but the first ban need not wait for the child to start.
        shell.tell("add table " + NftScript.TABLE);
    }

    @Override
    public void apply(List<Change> changes) throws FirewallException {
        Map<Place, Change> latest = new LinkedHashMap<>();
        changes.forEach(change -> latest.put(Place.of(change), change));
        Failures failures = new Failures();
        List<Change> ready = new ArrayList<>();
        for (Change change : latest.values()) {
            if (prepared(change, failures)) {
                ready.add(change);
            }
        }
        for (int i = 0; i < ready.size(); i += LARGEST_TRANSACTION) {
            settle(ready.subList(i, Math.min(ready.size(), i + LARGEST_TRANSACTION)), failures);
        }
        cutter.cut(fences, ready);
        failures.raise();
    }

    @Override
    public Map<String, Set<Cidr>> held() throws FirewallException {
        return hasTable() ? list("table", "inet", "bailiff").bans() : Map.of();
    }

    @Override
    public boolean standing() {
        try {
            return rules.isEmpty() ? raised && hasTable() : rehearse();
        } catch (IOException | FirewallException e) {
            return false;
        }
    }

    /** Whether nft could add a rule after each of ours. */
    private boolean rehearse() throws IOException {
        String rehearsal = rules.stream()
                .map(rule ->
                        "add rule " + NftScript.TABLE + " " + rule.chain() + " handle " + rule.handle() + " accept")
                .collect(Collectors.joining("\n"));
        return Answer.of(runner, List.of("nft", "-c", "-f", "-"), rehearsal + "\n", PATIENCE)
                .isGood();
    }

    /** Listing chains costs nothing; nft reads every member of every set before it lists tables. */
    private boolean hasTable() throws FirewallException {
        return list("chains", "inet").hasChain();
    }

    @Override
    public void lower() throws FirewallException {
        raised = false;
        sets.clear();
        rules.clear();
        run(List.of("nft", "-f", "-"), NftScript.lower());
    }

    @Override
    public void close() {
        shell.close();
        cutter.close();
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
            rules.addAll(build(String.join("\n", NftScript.dig(set)) + "\n"));
            return sets.add(set);
        } catch (FirewallException e) {
            failures.add(e.why(), List.of(change));
            return false;
        }
    }

    private void settle(List<Change> batch, Failures failures) {
        List<String> commands = script.change(batch);
        String line = String.join("; ", commands);
        if (line.length() <= LONGEST_LINE && failures.none() && shell.tell(line)) {
            return;
        }
        try {
            run(List.of("nft", "-f", "-"), String.join("\n", commands) + "\n");
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

    /** Carries out a transaction that makes rules, and learns their handles. */
    private List<Rule> build(String transaction) throws FirewallException {
        String echo = run(List.of("nft", "-e", "-a", "-f", "-"), transaction).text();
        List<Rule> built = new ArrayList<>();
        Matcher echoed = ECHOED.matcher(echo);
        while (echoed.find()) {
            built.add(new Rule(echoed.group(1), echoed.group(2)));
        }
        return built;
    }

    private NftListing list(String... what) throws FirewallException {
        List<String> command = Stream.concat(Stream.of("nft", "-j", "list"), Arrays.stream(what))
                .toList();
        try {
            return Answer.read(runner, command, LONG_PATIENCE, NftListing::read);
        } catch (IOException e) {
            throw new FirewallException(String.valueOf(e.getMessage()));
        }
    }

    private Answer run(List<String> command, String input) throws FirewallException {
        try {
            Answer answer = Answer.of(runner, command, input, LONG_PATIENCE);
            if (!answer.isGood()) {
                throw new FirewallException(answer.complaint());
            }
            return answer;
        } catch (IOException e) {
            throw new FirewallException(String.valueOf(e.getMessage()));
        }
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
