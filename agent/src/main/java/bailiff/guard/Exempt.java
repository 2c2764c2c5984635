package bailiff.guard;

import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a jail must not ban, and why.
 *
 * @param all everybody
 * @param own of these, whom the guard spares by itself: loopback, this machine's addresses, gateways, SSH sessions
 * @param named of these, whom {@code ignoreip} lists by name
 * @param services of these, the networks of verified services, by the service's name
 * @param problems what keeps others from being spared, a sentence each
 */
record Exempt(
        CidrSet all, CidrSet own, CidrSet named, Map<String, CidrSet> services, List<String> problems) {

    /** Nobody. */
    static final Exempt NOBODY = new Exempt(
            new CidrSet(List.of()), new CidrSet(List.of()), new CidrSet(List.of()), Map.of(), List.of());

    /** The verified service that the address is one of; nothing where it is none. */
    Optional<String> service(IpAddress address) {
        return services.entrySet().stream()
                .filter(service -> service.getValue().contains(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Why the address is spared, in fail2ban's words where it has some. */
    String reason(IpAddress address) {
        if (!all.contains(address)) {
            return "command";
        }
        if (own.contains(address)) {
            return "ignoreself rule";
        }
        String listed = named.contains(address) ? "dns" : "ip";
        return service(address).map(service -> "service " + service).orElse(listed);
    }
}
