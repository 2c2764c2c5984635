package bailiff.guard;

import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.util.List;

/**
 * Whom a jail must not ban, and why.
 *
 * @param all everybody
 * @param own of these, whom the guard spares by itself: loopback, this machine's addresses, gateways, SSH sessions
 * @param named of these, whom {@code ignoreip} lists by name
 * @param problems what keeps others from being spared, a sentence each
 */
record Exempt(CidrSet all, CidrSet own, CidrSet named, List<String> problems) {

    /** Why the address is spared, in fail2ban's words. */
    String reason(IpAddress address) {
        if (!all.contains(address)) {
            return "command";
        }
        return own.contains(address) ? "ignoreself rule" : named.contains(address) ? "dns" : "ip";
    }
}
