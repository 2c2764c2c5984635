package bailiff.enforce;

import bailiff.net.PortRange;

import java.util.List;

/**
 * What the bans of a jail close: the ports of one protocol. A jail that closes several protocols has several fences.
 *
 * @param jail the jail's name, any text that {@link #names} accepts
 * @param protocol the protocol whose packets are dropped
 * @param ports the ports that are closed; none means every port
 */
public record Fence(String jail, Protocol protocol, List<PortRange> ports) {

    public Fence {
        if (!names(jail)) {
            throw new IllegalArgumentException("a jail's name is 1 to about 180 characters long");
        }
        ports = List.copyOf(ports);
    }

    /** Whether a jail can have that name here: the kernel allows set names of 255 characters, escapes included. */
    public static boolean names(String jail) {
        return BanSet.canName(jail);
    }
}
