package bailiff.config;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * How the shield answers WordPress and web servers.
 *
 * @param socket the Unix socket's path; empty for the usual one, {@value #OFF} for none
 * @param http where HTTP questions are answered: one address, or none
 * @param multicall logins, or pingbacks, that one request of a stranger may hold, at least 1
 * @param denymap where Apache's map is written; empty for nowhere
 * @param decisions where signed decisions are written; empty for nowhere
 * @param decisionkey the file with the key that they are signed with; empty where there are none
 */
public record ShieldOptions(
        String socket,
        List<InetSocketAddress> http,
        int multicall,
        String denymap,
        String decisions,
        String decisionkey) {

    /** What switches an option off. */
    public static final String OFF = "none";

    /** What holds where no file says otherwise. */
    public static final ShieldOptions DEFAULT = new ShieldOptions("", List.of(), 1, "", "", "");

    /** The shortest key that decisions may be signed with, in characters. */
    public static final int SHORTEST_KEY = 16;

    /** The largest file that is taken for a key, in bytes. */
    public static final int LARGEST_KEY = 4_096;

    public ShieldOptions {
        http = List.copyOf(http);
    }

    /** Whether there is a socket. */
    public boolean hasSocket() {
        return !socket.equals(OFF);
    }

    /** Whether anybody can ask or read anything. */
    public boolean isOn() {
        return hasSocket() || !http.isEmpty() || !denymap.isEmpty() || !decisions.isEmpty();
    }
}
