package bailiff.net;

import java.util.Collection;
import java.util.TreeMap;

/**
 * Networks, asked whether one of them covers or touches another: what must never be banned, what is a trusted proxy.
 *
 * <p>Immutable and safe for any thread.
 */
public final class CidrSet {

    /*
     * Networks either nest or are apart. Those that lie inside another are dropped, so the rest are disjoint, and the one
     * that could hold an address is the last that starts at or before it. O(log n) for each question.
     */
    private final TreeMap<IpAddress, Cidr> byFirst = new TreeMap<>();

    /** The set of these networks; order and duplicates do not matter. */
    public CidrSet(Collection<Cidr> networks) {
        networks.stream().sorted().forEach(this::add);
    }

    private void add(Cidr network) {
        var before = byFirst.floorEntry(network.first());
        if (before == null || !before.getValue().overlaps(network)) {
            byFirst.put(network.first(), network);
        }
    }

    /** Whether one of the networks holds the address. */
    public boolean contains(IpAddress address) {
        var before = byFirst.floorEntry(address);
        return before != null && before.getValue().contains(address);
    }

    /** Whether one of the networks has an address in common with the given one. */
    public boolean overlaps(Cidr network) {
        if (contains(network.first())) {
            return true;
        }
        var next = byFirst.ceilingEntry(network.first());
        return next != null && network.contains(next.getKey());
    }

    /** The networks that are left when those inside others are dropped, in order. */
    public Collection<Cidr> networks() {
        return java.util.Collections.unmodifiableCollection(byFirst.values());
    }
}
