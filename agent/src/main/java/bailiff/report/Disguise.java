package bailiff.report;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * How addresses and names are shown: as they are, or each as another one that stands for it throughout. Not thread-safe.
 */
public final class Disguise {

    /*
     * Substitutes are numbers in the order in which they are shown, out of ranges that nobody has (240/4, RFC 1112;
     * 2001:db8::/32, RFC 3849), so that no stranger is blamed. Neighbours stay neighbours: addresses of one /24, or /48, have
     * substitutes of one /24, or /48; nothing else of an address is left.
     */

    private static final int RESERVED = 240 << 24;
    private static final long DOCUMENTATION = 0x2001_0db8_0000_0000L;
    private static final int NEAR = 24;
    private static final int NEAR_6 = 48;

    private final boolean hides;
    private final Map<Cidr, Integer> networks = new HashMap<>();
    private final Map<Cidr, Cidr> substitutes = new HashMap<>();
    private final Map<Cidr, Integer> hosts = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    /** Shows all as it is, or with substitutes. */
    public Disguise(boolean hides) {
        this.hides = hides;
    }

    boolean hides() {
        return hides;
    }

    /** The address to show. */
    Cidr of(Cidr source) {
        return hides ? substitutes.computeIfAbsent(source, this::substitute) : source;
    }

    /** The name of a user to show: {@code user-1}. */
    String of(String user) {
        return hides ? names.computeIfAbsent(user, _ -> "user-" + (names.size() + 1)) : user;
    }

    private Cidr substitute(Cidr source) {
        IpAddress first = source.first();
        Cidr near = first.prefix(Math.min(source.length(), first.isV4() ? NEAR : NEAR_6));
        int network = networks.computeIfAbsent(near, _ -> networks.size());
        int host = hosts.merge(near, 1, Integer::sum);
        if (first.isV4()) {
            return IpAddress.ofV4(RESERVED | (network & 0xf_ffff) << 8 | (host & 0xff))
                    .prefix(source.length());
        }
        return new IpAddress(DOCUMENTATION | (long) (network & 0xffff) << 16 | (host & 0xffff), 0)
                .prefix(source.length());
    }
}
