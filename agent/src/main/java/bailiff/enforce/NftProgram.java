package bailiff.enforce;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Our table by the program {@code nft}: what puts up the fences, and does the rest where netlink cannot be spoken.
 *
 * <p>Not thread-safe: {@link Nftables} owns it. No method waits longer than a minute.
 */
final class NftProgram implements Closeable {

    /*
     * A small batch is one line to the NftShell. When that does not say "done", or the batch is large, an nft of its own
     * carries it out, with an exit code.
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

    private static final Pattern ECHOED = Pattern.compile("add rule inet bailiff (\\S+) .*# handle ([0-9]{1,18})");

    private final CommandRunner runner;
    private final NftShell shell;
    private final NftScript script;

    NftProgram(CommandRunner runner, InstantSource clock) {
        this.runner = runner;
        this.shell = new NftShell(runner, PATIENCE, SHELL_LIFETIME);
        this.script = new NftScript(clock);
    }

    /** Carries out a transaction that makes rules, and learns their handles. */
    List<NftRule> build(String transaction) throws FirewallException {
        String echo = run(List.of("nft", "-e", "-a", "-f", "-"), transaction).text();
        List<NftRule> built = new ArrayList<>();
        Matcher echoed = ECHOED.matcher(echo);
        while (echoed.find()) {
            built.add(new NftRule(echoed.group(1), Long.parseLong(echoed.group(2))));
        }
        return built;
    }

    /** Says nothing new, but the first ban need not wait for the child to start. */
    void warmUp() {
        shell.tell("add table " + NftScript.TABLE);
    }

    /**
     * Makes the changes, which concern different places, in one transaction: all or none.
     *
     * @param hopeful whether to try the shell first, which does not say why something is refused
     */
    void change(List<Change> changes, boolean hopeful) throws FirewallException {
        List<String> commands = script.change(changes);
        String line = String.join("; ", commands);
        if (line.length() > LONGEST_LINE || !hopeful || !shell.tell(line)) {
            run(List.of("nft", "-f", "-"), String.join("\n", commands) + "\n");
        }
    }

    /** The sets that are ours. */
    List<BanSet> sets() throws FirewallException {
        return list("sets", "inet").sets();
    }

    /** Shows every ban that the kernel holds and that is not among those. */
    void strays(Places wanted, BanVisitor visitor) throws FirewallException {
        if (hasTable()) {
            list("table", "inet", "bailiff")
                    .bans()
                    .forEach((jail, subjects) -> subjects.stream()
                            .filter(subject -> !wanted.contains(jail, subject))
                            .forEach(subject -> visitor.visit(jail, subject)));
        }
    }

    /** Listing chains costs nothing; nft reads every member of every set before it lists tables. */
    boolean hasTable() throws FirewallException {
        return list("chains", "inet").hasChain();
    }

    /** Whether nft could add a rule after each of these. */
    boolean has(List<NftRule> rules) throws FirewallException {
        String rehearsal = rules.stream()
                .map(rule ->
                        "add rule " + NftScript.TABLE + " " + rule.chain() + " handle " + rule.handle() + " accept")
                .collect(Collectors.joining("\n"));
        try {
            return Answer.of(runner, List.of("nft", "-c", "-f", "-"), rehearsal + "\n", PATIENCE)
                    .isGood();
        } catch (IOException e) {
            throw new FirewallException(String.valueOf(e.getMessage()));
        }
    }

    void lower() throws FirewallException {
        run(List.of("nft", "-f", "-"), NftScript.lower());
    }

    @Override
    public void close() {
        shell.close();
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
}
