package bailiff.enforce;

import bailiff.net.PortRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the bans of a jail close: the ports of one protocol. A jail that closes several protocols has several fences.
 *
 * @param jail the jail's name, any text that {@link #names} accepts
 * @param protocol the protocol whose packets are dropped
 * @param ports the ports that are closed, in order; ranges that touch become one; none means every port
 */
public record Fence(String jail, Protocol protocol, List<PortRange> ports) {

    public Fence {
        if (!names(jail)) {
            throw new IllegalArgumentException("a jail's name is 1 to about 180 characters long");
        }
        ports = merged(ports);
    }

    /** Whether a jail can have that name here: the kernel allows set names of 255 characters, escapes included. */
    public static boolean names(String jail) {
        return BanSet.canName(jail);
    }

    /** nft refuses ranges that overlap. */
    private static List<PortRange> merged(List<PortRange> ports) {
        List<PortRange> merged = new ArrayList<>();
        for (PortRange next :
                ports.stream().sorted(Comparator.comparingInt(PortRange::first)).toList()) {
            if (merged.isEmpty() || next.first() > merged.getLast().last() + 1) {
                merged.add(next);
            } else {
                PortRange last = merged.removeLast();
                merged.add(new PortRange(last.first(), Math.max(last.last(), next.last())));
            }
        }
        return List.copyOf(merged);
    }
}
