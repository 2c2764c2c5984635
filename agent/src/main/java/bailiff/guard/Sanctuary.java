package bailiff.guard;

import bailiff.line.Printable;
import bailiff.config.Exemptions;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is never banned, whatever a log says: loopback, the machine's own addresses, its gateways, the people who are
 * logged in over SSH, and what {@code ignoreip} lists.
 *
 * <p>Asks the system anew at every call, but never waits for a name server: a name's addresses are those that were known
 * last, and {@link #look} says when they have become others. Safe for any thread.
 */
final class Sanctuary {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final List<Cidr> LOOPBACK =
            List.of(Cidr.parse("127.0.0.0/8").orElseThrow(), Cidr.parse("::1").orElseThrow());
    private static final int ROUTE_HAS_GATEWAY = 2;
    private static final String FILE = "file:";

    /* Names and files of ignoreip whose answers are remembered; administrators write a few. */
    private static final int MOST_REMEMBERED = 10_000;
    private static final int MOST_PROBLEMS = 20;

    private final Path root;
    private final SshSessions sessions;
    private final HostNames names;
    private final Map<String, List<Cidr>> known = new HashMap<>();
    private final Map<String, IgnoreFile> files = new HashMap<>();
    private boolean changed;
    private boolean namesAsked;

    /**
     * @param root where {@code /proc} and {@code /run} are: {@code /}, but for tests
     * @param environment the process's environment
     * @param names looks up names in {@code ignoreip}
     */
    Sanctuary(Path root, Map<String, String> environment, HostNames names) {
        this.root = root;
        this.sessions = new SshSessions(root, environment);
        this.names = names;
    }

    /** What the entries of a jail come to. */
    private static final class Listed {

        private final List<Cidr> networks = new ArrayList<>();
        private final List<Cidr> named = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        void problem(String sentence) {
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(sentence);
            }
        }
    }

    /** Everything that a jail with these exemptions must spare, as far as it is known. */
    Exempt of(Exemptions exemptions) {
        return of(exemptions, own());
    }

    /** The same, with what every jail must spare as the system said it just now. */
    Exempt of(Exemptions exemptions, List<Cidr> own) {
        Listed listed = new Listed();
        synchronized (this) {
            exemptions.ignoreip().forEach(entry -> add(entry, listed));
        }
        List<Cidr> all = new ArrayList<>(own);
        all.addAll(listed.networks);
        all.addAll(listed.named);
        Map<String, CidrSet> services = new LinkedHashMap<>();
        exemptions.services().forEach((name, networks) -> {
            all.addAll(networks);
            services.put(name, new CidrSet(networks));
        });
        return new Exempt(
                new CidrSet(all),
                new CidrSet(own),
                new CidrSet(listed.named),
                services,
                List.copyOf(listed.problems));
    }

    /** What every jail must spare, whatever {@code ignoreip} lists. Asks the system. */
    List<Cidr> own() {
        List<Cidr> own = new ArrayList<>(LOOPBACK);
        ownAddresses().forEach(address -> own.add(address.alone()));
        gateways().forEach(address -> own.add(address.alone()));
        sessions.clients().forEach(address -> own.add(address.alone()));
        return own;
    }

    private void add(String entry, Listed to) {
        if (!entry.startsWith(FILE)) {
            addListed(entry, to, "ignoreip");
            return;
        }
        String path = entry.substring(FILE.length());
        if (path.indexOf('\0') >= 0) {
            to.problem("A file in ignoreip has a NUL character in its name.");
            return;
        }
        file(path).ifPresent(file -> {
            if (!file.problem().isEmpty()) {
                to.problem(file.problem() + " What ignoreip lists there may not be spared.");
            }
            file.entries().forEach(listed -> addListed(listed, to, path));
        });
    }

    /** The file as it was when it was last looked at; nothing beyond the bound, or for what cannot be a file's name. */
    private Optional<IgnoreFile> file(String path) {
        boolean room = files.containsKey(path) || files.size() < MOST_REMEMBERED;
        if (!room || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return Optional.of(files.computeIfAbsent(path, name -> {
            IgnoreFile file = new IgnoreFile(name);
            file.look();
            return file;
        }));
    }

    private void addListed(String entry, Listed to, String where) {
        Optional<Cidr> network = Cidr.parse(entry);
        if (network.isPresent()) {
            to.networks.add(network.get());
            return;
        }
        if (!known.containsKey(entry) && known.size() >= MOST_REMEMBERED) {
            return;
        }
        namesAsked = true;
        CompletableFuture<Void> learned = names.lookUp(entry).thenAccept(addresses -> learn(entry, addresses));
        if (learned.isCompletedExceptionally()) {
            to.problem("There are too many names in " + where + " for all of them to be looked up.");
        }
        List<Cidr> addresses = known.getOrDefault(entry, List.of());
        if (addresses.isEmpty()) {
            to.problem("The name '" + Printable.text(entry, 100) + "' in " + where
                    + " has no address; whoever has it is not spared.");
        }
        to.named.addAll(addresses);
    }

    /** What a name server said last holds until it says other: its silence must not take a protection away. */
    private synchronized void learn(String name, List<IpAddress> addresses) {
        List<Cidr> found = addresses.stream().map(IpAddress::alone).sorted().toList();
        List<Cidr> before = known.get(name);
        if (found.isEmpty() && before != null) {
            return;
        }
        if (found.isEmpty()) {
            LOG.warn(
                    "The name '{}' in ignoreip has no address; whoever has it is not spared.",
                    Printable.text(name, 100));
        }
        known.put(name, found);
        changed |= !found.equals(before) && !found.isEmpty();
    }

    /**
     * Has the names among these entries looked up, and waits until they are, or that long: so that a jail knows from its
     * first line on whom to spare.
     */
    void prepare(List<String> ignoreip, Duration patience) {
        CompletableFuture<?>[] asked = ignoreip.stream()
                .flatMap(this::listed)
                .distinct()
                .filter(entry -> !entry.startsWith(FILE) && Cidr.parse(entry).isEmpty())
                .map(name -> names.lookUp(name).thenAccept(addresses -> learn(name, addresses)))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(asked).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Not every name in ignoreip is known yet.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The entry itself, or what the file lists that it names. */
    private synchronized Stream<String> listed(String entry) {
        if (!entry.startsWith(FILE)) {
            return Stream.of(entry);
        }
        return file(entry.substring(FILE.length())).stream().flatMap(file -> file.entries().stream());
    }

    /** Whether there are files or names in {@code ignoreip}, so that {@link #look} may find a change by itself. */
    synchronized boolean mayListOthers() {
        return namesAsked || !files.isEmpty();
    }

    /** Looks at the files that list whom to spare; whether somebody else is to be spared than when last asked. */
    synchronized boolean look() {
        for (IgnoreFile file : files.values()) {
            changed |= file.look();
        }
        boolean now = changed;
        changed = false;
        return now;
    }

    private static List<IpAddress> ownAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(IpAddress::of)
                    .toList();
        } catch (SocketException e) {
            LOG.warn("The machine's own addresses could not be listed: {}.", String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    /** The next hops of every route, from the kernel's tables (proc_pid_net(5)). */
    private List<IpAddress> gateways() {
        List<IpAddress> gateways = new ArrayList<>();
        for (String[] route : table("proc/net/route")) {
            if (route.length > 3 && (Integer.parseUnsignedInt(route[3], 16) & ROUTE_HAS_GATEWAY) != 0) {
                gateways.add(IpAddress.ofV4(Integer.reverseBytes(Integer.parseUnsignedInt(route[2], 16))));
            }
        }
        for (String[] route : table("proc/net/ipv6_route")) {
            if (route.length > 8 && (Integer.parseUnsignedInt(route[8], 16) & ROUTE_HAS_GATEWAY) != 0) {
                gateways.add(new IpAddress(
                        Long.parseUnsignedLong(route[4].substring(0, 16), 16),
                        Long.parseUnsignedLong(route[4].substring(16), 16)));
            }
        }
        return gateways;
    }

    private List<String[]> table(String file) {
        try (Stream<String> lines = Files.lines(root.resolve(file))) {
            return lines.filter(line -> !line.startsWith("Iface"))
                    .map(line -> line.trim().split("\\s+"))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("No routes in {}: {}.", file, String.valueOf(e.getMessage()));
            return List.of();
        }
    }
}
