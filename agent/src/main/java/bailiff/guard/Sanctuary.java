package bailiff.guard;

import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is never banned, whatever a log says: loopback, the machine's own addresses, its gateways, the people who are
 * logged in over SSH, and what {@code ignoreip} lists.
 *
 * <p>Asks the system anew at every call; names in {@code ignoreip} are looked up then, which may take long: call it
 * where waiting is allowed. Safe for any thread.
 */
final class Sanctuary {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final List<Cidr> LOOPBACK =
            List.of(Cidr.parse("127.0.0.0/8").orElseThrow(), Cidr.parse("::1").orElseThrow());
    private static final int ROUTE_HAS_GATEWAY = 2;

    private final Path root;
    private final SshSessions sessions;
    private final Map<String, List<Cidr>> known = new ConcurrentHashMap<>();

    /**
     * @param root where {@code /proc} and {@code /run} are: {@code /}, but for tests
     * @param environment the process's environment
     */
    Sanctuary(Path root, Map<String, String> environment) {
        this.root = root;
        this.sessions = new SshSessions(root, environment);
    }

    /** Everything that a jail with these {@code ignoreip} entries must spare. */
    CidrSet of(List<String> ignoreip) {
        List<Cidr> spared = new ArrayList<>(LOOPBACK);
        ownAddresses().forEach(address -> spared.add(address.alone()));
        gateways().forEach(address -> spared.add(address.alone()));
        sessions.clients().forEach(address -> spared.add(address.alone()));
        ignoreip.forEach(entry -> spared.addAll(entry(entry)));
        return new CidrSet(spared);
    }

    private List<Cidr> entry(String entry) {
        Optional<Cidr> network = Cidr.parse(entry);
        if (network.isPresent()) {
            return List.of(network.get());
        }
        return lookedUp(entry);
    }

    /** What a name server said last holds until it says other: its silence must not take a protection away. */
    private List<Cidr> lookedUp(String name) {
        try {
            List<Cidr> addresses = Stream.of(InetAddress.getAllByName(name))
                    .map(address -> IpAddress.of(address).alone())
                    .toList();
            known.put(name, addresses);
            return addresses;
        } catch (UnknownHostException _) {
            List<Cidr> last = known.get(name);
            if (last == null) {
                LOG.warn("The name '{}' in ignoreip has no address; whoever has it is not spared.", name);
                known.put(name, List.of());
            }
            return last == null ? List.of() : last;
        }
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
