package bailiff.evidence.site;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the neighbours of a source did, against how many people visit from there: those of its network, and those of its
 * operator, where a table tells that.
 *
 * <p>Not thread-safe.
 */
final class Prefixes {

    /*
     * Of all cold failing sources, k of n lie in the network. If they came as visitors do, each would with probability
     * q, the network's share of the visitors. The logarithm of the likelihood ratio of k/n against q is n times their
     * Kullback-Leibler divergence. A network that nobody visits from has one visitor more than it has, in THOUSAND.
     *
     * An operator is looked at only where ordinary traffic is known: half of a country may come by one of them. Its share
     * is then taken for as large as it may be by what was seen (the rule of three: none of n is at most 3/n, 95 %).
     */

    /** Networks remembered. */
    private static final int ROOM = 4_096;

    /** Operators remembered: those of nearly all traffic of a site. */
    private static final int OPERATORS = 1_024;

    /** Fewer failing sources are no pattern. */
    private static final int LEAST = 3;

    /** The same of an operator. */
    private static final int LEAST_OF_OPERATOR = 8;

    /** Visitors known, from which on it can be told whether people come by an operator. */
    private static final double KNOWN_VISITORS = 100;

    private static final double THOUSAND = 1_000;

    private static final double RULE_OF_THREE = 3;

    /** In seconds; then a half of what was counted is forgotten, as single failures are. */
    private static final long FADES = 30 * 86_400L;

    private static final double HALF = 0.5;

    private final Recent<Cidr, Neighbours> networks = new Recent<>(ROOM);
    private final Recent<Integer, Neighbours> operators = new Recent<>(OPERATORS);
    private final Operators table;
    private double failing;
    private double visitors;
    private long faded = Long.MIN_VALUE;

    Prefixes(Operators table) {
        this.table = table;
    }

    long entries() {
        long inNetworks =
                networks.entries().values().stream().mapToLong(Neighbours::size).sum();
        return inNetworks
                + operators.entries().values().stream()
                        .mapToLong(Neighbours::size)
                        .sum();
    }

    void halve() {
        networks.halve();
        operators.halve();
    }

    /** A cold source failed for the first time. */
    void failure(IpAddress client, long now) {
        fade(now);
        failing++;
        Cidr source = Attempt.source(client);
        for (Cidr network : networks(client)) {
            networks.of(network, _ -> new Neighbours()).failed(source, now);
        }
        Neighbours operator = operator(client, true);
        if (operator != null) {
            operator.failed(source, now);
        }
    }

    void success(IpAddress client) {
        networks(client)
                .forEach(network -> networks.of(network, _ -> new Neighbours()).succeeded());
        Neighbours operator = operator(client, true);
        if (operator != null) {
            operator.succeeded();
        }
    }

    /** Somebody came to read. */
    void visit(IpAddress client) {
        visitors++;
        for (Cidr network : networks(client)) {
            Neighbours known = networks.find(network);
            if (known != null || visitors < ROOM) {
                networks.of(network, _ -> new Neighbours()).visited();
            }
        }
        Neighbours operator = operator(client, true);
        if (operator != null) {
            operator.visited();
        }
    }

    private @Nullable Neighbours operator(IpAddress client, boolean isMade) {
        int number = table.of(client);
        if (number == 0) {
            return null;
        }
        return isMade ? operators.of(number, _ -> new Neighbours()) : operators.find(number);
    }

    /** Whether the neighbourhood is that of an attack, and why. */
    Optional<String> suspicion(IpAddress client, double needed, long now) {
        for (Cidr network : networks(client)) {
            Neighbours known = networks.find(network);
            if (known != null && isSuspect(known, LEAST, (known.visitors() + 1) / (visitors + THOUSAND), needed, now)) {
                return Optional.of(sentence(known, network.toString(), now));
            }
        }
        Neighbours operator = visitors >= KNOWN_VISITORS ? operator(client, false) : null;
        return operator != null && isSuspect(operator, LEAST_OF_OPERATOR, operatorShare(operator), needed, now)
                ? Optional.of(sentence(operator, "AS" + Integer.toUnsignedString(table.of(client)), now))
                : Optional.empty();
    }

    private double operatorShare(Neighbours operator) {
        return Math.min(1, (operator.visitors() + RULE_OF_THREE) / (visitors + RULE_OF_THREE));
    }

    private boolean isSuspect(Neighbours known, int least, double q, double needed, long now) {
        return !known.hasSuccess() && known.failing(now) >= least && ratio(known, q, now) >= needed;
    }

    private String sentence(Neighbours known, String where, long now) {
        return String.format(
                Locale.ROOT,
                "%d of %.0f failing sources are in %s, with %.0f of %.0f visitors and no success",
                known.failing(now),
                all(known, now),
                where,
                known.visitors(),
                visitors);
    }

    private double all(Neighbours known, long now) {
        return Math.max(known.failing(now), failing);
    }

    private double ratio(Neighbours known, double q, long now) {
        double k = known.failing(now);
        double n = all(known, now);
        double share = k / n;
        if (share <= q) {
            return 0;
        }
        double rest = k == n ? 0 : (n - k) * Math.log((1 - share) / (1 - q));
        return k * Math.log(share / q) + rest;
    }

    /** Has what is counted fade, once a month. */
    private void fade(long now) {
        if (faded == Long.MIN_VALUE) {
            faded = now;
        }
        if (now - faded >= FADES) {
            faded = now;
            failing *= HALF;
            visitors *= HALF;
            networks.entries().values().forEach(known -> known.fade(HALF));
            operators.entries().values().forEach(known -> known.fade(HALF));
        }
    }

    private static List<Cidr> networks(IpAddress client) {
        return client.isV4() ? List.of(client.prefix(24)) : List.of(client.prefix(56), client.prefix(48));
    }

    /** Takes in what another process saw of the same site. */
    void merge(Prefixes other) {
        other.networks
                .entries()
                .forEach((network, theirs) ->
                        networks.of(network, _ -> new Neighbours()).merge(theirs));
        other.operators
                .entries()
                .forEach((operator, theirs) ->
                        operators.of(operator, _ -> new Neighbours()).merge(theirs));
        failing += other.failing;
        visitors += other.visitors;
        faded = Math.max(faded, other.faded);
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(failing);
        out.writeDouble(visitors);
        out.writeLong(faded);
        Saved.table(out, networks, (to, network, known) -> {
            Saved.network(to, network);
            known.write(to);
        });
        Saved.table(out, operators, (to, operator, known) -> {
            to.writeInt(operator);
            known.write(to);
        });
    }

    void read(DataInput from) throws IOException {
        failing = Math.max(0, Saved.number(from));
        visitors = Math.max(0, Saved.number(from));
        faded = from.readLong();
        Saved.table(from, ROOM, in -> networks.put(Saved.network(in), Neighbours.read(in)));
        Saved.table(from, OPERATORS, in -> operators.put(in.readInt(), Neighbours.read(in)));
    }
}
