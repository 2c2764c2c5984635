package bailiff.enforce;

import bailiff.net.Cidr;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a test has its firewall talk to the kernel. */
enum Way {
    NETLINK,
    NFT;

    /** The firewall of a test's namespace. */
    Nftables firewall(Namespaces network, String name) {
        Optional<NetlinkChannel.Source> source =
                this == NETLINK ? Optional.of(network.netlink(name)) : Optional.empty();
        return new Nftables(network.runner(name), source, InstantSource.system());
    }

    /** What a firewall holds, by jail; a jail without a ban is missing. */
    static Map<String, Set<Cidr>> held(Firewall firewall) throws FirewallException {
        Map<String, Set<Cidr>> held = new HashMap<>();
        firewall.strays(
                new Places(0, 0),
                false,
                (jail, subject) ->
                        held.computeIfAbsent(jail, name -> new HashSet<>()).add(subject));
        return held;
    }
}
