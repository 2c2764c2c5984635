package bailiff.config;

import bailiff.net.PortRange;
import java.util.List;

/**
 * What a ban closes.
 *
 * @param protocol {@code tcp}, {@code udp}, or {@code all} for every protocol
 * @param ports without repetition; empty for every port
 */
public record Gate(String protocol, List<PortRange> ports) {

    public Gate {
        ports = List.copyOf(ports);
    }
}
