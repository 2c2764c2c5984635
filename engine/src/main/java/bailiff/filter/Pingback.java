package bailiff.filter;

import bailiff.net.IpAddress;
import java.util.Optional;

/** What a WordPress says of itself when it looks whether a page links to it. Stateless. */
final class Pingback {

    /* WordPress/6.1.9; http://blog.example; verifying pingback from 192.0.2.1 */
    private static final String VERIFYING = "; verifying pingback from ";

    private Pingback() {}

    static boolean isVerification(String agent) {
        return agent.startsWith("WordPress/") && agent.contains(VERIFYING);
    }

    /** Who had that WordPress look, as it says; empty where it names no address. */
    static Optional<IpAddress> sender(String agent) {
        int at = agent.lastIndexOf(VERIFYING);
        return at < 0 ? Optional.empty() : IpAddress.parse(agent.substring(at + VERIFYING.length()));
    }
}
