package bailiff.evidence.site;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the neighbours of a source did, against how many people visit from there.
 *
 * <p>Not thread-safe.
 */
final class Prefixes {

    /*
     * Of all cold failing sources, k of n lie in the network. If they came as visitors do, each would with probability
     * q, the network's share of the visitors. The logarithm of the likelihood ratio of k/n against q is n times their
     * Kullback-Leibler divergence. A network that nobody visits from has one visitor more than it has, in THOUSAND.
     */

    /** Networks remembered. */
    private static final int ROOM = 4_096;

    /** Failing sources kept of a network. */
    private static final int SOURCES = 64;

    /** Fewer failing sources are no pattern. */
    private static final int LEAST = 3;

    private static final double THOUSAND = 1_000;

    private static final class Prefix {
        private final TreeSet<Cidr> failing = new TreeSet<>();
        private int visitors;
        private boolean hasSuccess;
    }

    private final Recent<Cidr, Prefix> prefixes = new Recent<>(ROOM);
    private long failing;
    private long visitors;

    long entries() {
        return prefixes.entries().values().stream()
                .mapToLong(prefix -> 1 + prefix.failing.size())
                .sum();
    }

    void halve() {
        prefixes.halve();
    }

    /** A cold source failed for the first time. */
    void failure(IpAddress client) {
        failing++;
        for (Cidr network : networks(client)) {
            Prefix prefix = prefixes.of(network, _ -> new Prefix());
            if (prefix.failing.size() < SOURCES) {
                prefix.failing.add(Attempt.source(client));
            }
        }
    }

    void success(IpAddress client) {
        networks(client).forEach(network -> prefixes.of(network, _ -> new Prefix()).hasSuccess = true);
    }

    /** Somebody came to read. */
    void visit(IpAddress client) {
        visitors++;
        for (Cidr network : networks(client)) {
            Prefix prefix = prefixes.find(network);
            if (prefix != null || visitors < ROOM) {
                prefixes.of(network, _ -> new Prefix()).visitors++;
            }
        }
    }

    /** Whether the neighbourhood is that of an attack, and why. */
    Optional<String> suspicion(IpAddress client, double needed) {
        for (Cidr network : networks(client)) {
            Prefix prefix = prefixes.find(network);
            if (prefix != null && !prefix.hasSuccess && prefix.failing.size() >= LEAST && ratio(prefix) >= needed) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "%d of %d failing sources are in %s, with %d of %d visitors and no success",
                        prefix.failing.size(),
                        failing,
                        network,
                        prefix.visitors,
                        visitors));
            }
        }
        return Optional.empty();
    }

    private double ratio(Prefix prefix) {
        double k = prefix.failing.size();
        double n = Math.max(k, (double) failing);
        double q = (prefix.visitors + 1) / (visitors + THOUSAND);
        double share = k / n;
        if (share <= q) {
            return 0;
        }
        double rest = k == n ? 0 : (n - k) * Math.log((1 - share) / (1 - q));
        return k * Math.log(share / q) + rest;
    }

    private static List<Cidr> networks(IpAddress client) {
        return client.isV4() ? List.of(client.prefix(24)) : List.of(client.prefix(56), client.prefix(48));
    }
}
