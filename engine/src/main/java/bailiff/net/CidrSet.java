package bailiff.net;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Networks, asked whether one of them covers or touches another: what must never be banned, what is a trusted proxy.
 *
 * <p>Immutable and safe for any thread.
 */
public final class CidrSet {

    /*
     * Networks either nest or are apart. Those that lie inside another are dropped, so the rest are disjoint, and the one
     * that could hold an address is the last that starts at or before it. O(log n) for each question. The families are kept
     * apart: as numbers, all of IPv4 lies in the midst of ::/0, which holds none of it.
     */
    private final NavigableMap<IpAddress, Cidr> v4 = new TreeMap<>();
    private final NavigableMap<IpAddress, Cidr> v6 = new TreeMap<>();

    /** The set of these networks; order and duplicates do not matter. */
    public CidrSet(Collection<Cidr> networks) {
        networks.stream().sorted().forEach(this::add);
    }

    private void add(Cidr network) {
        var family = family(network.first());
        var before = family.floorEntry(network.first());
        if (before == null || !before.getValue().overlaps(network)) {
            family.put(network.first(), network);
        }
    }

    private NavigableMap<IpAddress, Cidr> family(IpAddress address) {
        return address.isV4() ? v4 : v6;
    }

    /** Whether one of the networks holds the address. */
    public boolean contains(IpAddress address) {
        var before = family(address).floorEntry(address);
        return before != null && before.getValue().contains(address);
    }

    /** Whether one of the networks has an address in common with the given one. */
    public boolean overlaps(Cidr network) {
        if (contains(network.first())) {
            return true;
        }
        var next = family(network.first()).ceilingEntry(network.first());
        return next != null && network.contains(next.getKey());
    }

    /** The networks that are left when those inside others are dropped; IPv4 first, each family in order. */
    public List<Cidr> networks() {
        return Stream.concat(v4.values().stream(), v6.values().stream()).toList();
    }
}
