package bailiff.net;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Networks, asked whether one of them covers or touches another: what must never be banned, what is a trusted proxy.
 *
 * <p>Immutable and safe for any thread. Questions cost O(log n) and allocate nothing.
 */
public final class CidrSet {

    /*
     * Networks either nest or are apart. Those that lie inside another are dropped, so the rest are disjoint, and the one
     * that could hold an address is the last that starts at or before it. The families are kept apart: as numbers, all
     * of IPv4 lies in the midst of ::/0, which holds none of it.
     */
    private final Cidr[] v4;
    private final Cidr[] v6;

    /** The set of these networks; order and duplicates do not matter. */
    public CidrSet(Collection<Cidr> networks) {
        v4 = disjoint(networks, true);
        v6 = disjoint(networks, false);
    }

    private static Cidr[] disjoint(Collection<Cidr> networks, boolean isV4) {
        List<Cidr> kept = new ArrayList<>();
        for (Cidr network : networks.stream().sorted().toList()) {
            boolean isInside = !kept.isEmpty() && kept.getLast().overlaps(network);
            if (network.first().isV4() == isV4 && !isInside) {
                kept.add(network);
            }
        }
        return kept.toArray(Cidr[]::new);
    }

    /** How many networks of the family begin at or before the address. */
    private static int before(Cidr[] family, IpAddress address) {
        int from = 0;
        int to = family.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (family[middle].first().compareTo(address) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private Cidr[] family(IpAddress address) {
        return address.isV4() ? v4 : v6;
    }

    /** Whether one of the networks holds the address. */
    public boolean contains(IpAddress address) {
        Cidr[] family = family(address);
        int before = before(family, address);
        return before > 0 && family[before - 1].contains(address);
    }

    /** Whether one of the networks has an address in common with the given one. */
    public boolean overlaps(Cidr network) {
        Cidr[] family = family(network.first());
        int before = before(family, network.first());
        return (before > 0 && family[before - 1].contains(network.first()))
                || (before < family.length && network.contains(family[before].first()));
    }

    /** The networks that are left when those inside others are dropped; IPv4 first, each family in order. */
    public List<Cidr> networks() {
        return Stream.concat(Stream.of(v4), Stream.of(v6)).toList();
    }
}
