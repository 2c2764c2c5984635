package bailiff.ledger;

import bailiff.net.Cidr;
import java.util.BitSet;
import java.util.List;

/** The prefix lengths that occur among some networks, by family. Not thread-safe. */
final class Lengths {

    private static final int V6 = 64;

    /* IPv4 from 0, IPv6 from 64. */
    private final BitSet found = new BitSet(V6 + 129);

    void add(Cidr network) {
        found.set(place(network));
    }

    void add(boolean v6, int length) {
        found.set((v6 ? V6 : 0) + length);
    }

    /** Whether every network of the subject's family is as long as it, so that none overlaps it but itself. */
    boolean isOnly(Cidr subject) {
        int from = base(subject);
        int at = place(subject);
        int first = found.nextSetBit(from);
        int other = first == at ? found.nextSetBit(at + 1) : first;
        return other < 0 || other > from + subject.first().width();
    }

    /** The lengths of those that may hold the subject, from the widest network on; its own not among them. */
    List<Integer> around(Cidr subject) {
        int from = base(subject);
        return found.stream()
                .filter(at -> at >= from && at < place(subject))
                .mapToObj(at -> at - from)
                .toList();
    }

    private static int base(Cidr network) {
        return network.first().isV4() ? 0 : V6;
    }

    private static int place(Cidr network) {
        return base(network) + network.length();
    }
}
