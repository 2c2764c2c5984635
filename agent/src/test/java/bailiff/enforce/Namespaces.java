package bailiff.enforce;

import bailiff.Needs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Network namespaces for one test class, removed at the end. Needs root, iproute2 and nftables. */
public final class Namespaces implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String prefix = "bailiff-test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
    private final List<String> names = new ArrayList<>();

    /** Without root or the programs the test is skipped, except in continuous integration. */
    public Namespaces(String... names) {
        try {
            for (String name : names) {
                run("ip", "netns", "add", prefix + name);
                this.names.add(prefix + name);
                in(name, "ip", "link", "set", "lo", "up");
            }
            run("nft", "--version");
        } catch (AssertionError e) {
            close();
            String why = "Needs root and the programs ip and nft (packages iproute2 and nftables): " + e.getMessage();
            Needs.orSkip(false, why);
        }
    }

    /** Runs commands as that namespace sees the network. */
    CommandRunner runner(String name) {
        return CommandRunner.within(words(name));
    }

    /** Opens netlink sockets of that namespace. */
    NetlinkChannel.Source netlink(String name) {
        return () -> ForeignNetwork.open(prefix + name);
    }

    /** What to put before a command to have it run there. */
    public List<String> words(String name) {
        return List.of("ip", "netns", "exec", prefix + name);
    }

    /** Joins two namespaces by a cable whose ends have the other's name. */
    void join(String one, String other) {
        run(
                "ip",
                "link",
                "add",
                other,
                "netns",
                prefix + one,
                "type",
                "veth",
                "peer",
                "name",
                one,
                "netns",
                prefix + other);
        in(one, "ip", "link", "set", other, "up");
        in(other, "ip", "link", "set", one, "up");
    }

    void address(String name, String device, String... addresses) {
        for (String address : addresses) {
            List<String> words = new ArrayList<>(List.of("ip", "addr", "add", address, "dev", device));
            if (address.contains(":")) {
                words.add("nodad");
            }
            in(name, words.toArray(String[]::new));
        }
    }

    /** Runs a command there and gives what it wrote; fails the test where the command fails. */
    public String in(String name, String... command) {
        List<String> words = new ArrayList<>(words(name));
        words.addAll(Arrays.asList(command));
        return run(words.toArray(String[]::new));
    }

    @Override
    public void close() {
        names.forEach(name -> run("ip", "netns", "delete", name));
        names.clear();
    }

    private static String run(String... command) {
        try {
            Answer answer = Answer.of(CommandRunner.here(), List.of(command), "", Duration.ofSeconds(20));
            if (!answer.isGood()) {
                throw new AssertionError(String.join(" ", command) + ": " + answer.text());
            }
            return answer.text();
        } catch (IOException e) {
            throw new AssertionError(String.join(" ", command) + ": " + e.getMessage(), e);
        }
    }
}
