package bailiff.evidence;

import java.time.Duration;

/**
 * How much a jail bears from one address: fail2ban's {@code maxretry} and {@code findtime}.
 *
 * @param maxretry failures that make a ban, at least 1: the ban follows the failure with this number
 * @param findtime the time within which they must lie, both ends included; positive
 * @param ipv6Prefix how many leading bits of an IPv6 address are one source, 1 to 128; a household or a rented server
 *     owns a /64, so single IPv6 addresses mean nothing
 * @param counting how they are counted
 * @param credit whether sources from which somebody has logged in may fail more often, see {@link Credit}
 */
public record Limits(int maxretry, Duration findtime, int ipv6Prefix, Counting counting, boolean credit) {

    public Limits {
        if (maxretry < 1) {
            throw new IllegalArgumentException("maxretry " + maxretry + " is below 1");
        }
        if (!findtime.isPositive()) {
            throw new IllegalArgumentException("findtime " + findtime + " is not positive");
        }
        if (ipv6Prefix < 1 || ipv6Prefix > 128) {
            throw new IllegalArgumentException("IPv6 prefix length " + ipv6Prefix + " is not in 1..128");
        }
    }

    /** Limits that are the same for everybody. */
    public Limits(int maxretry, Duration findtime, int ipv6Prefix, Counting counting) {
        this(maxretry, findtime, ipv6Prefix, counting, false);
    }

    /** Limits that are counted exactly. */
    public Limits(int maxretry, Duration findtime, int ipv6Prefix) {
        this(maxretry, findtime, ipv6Prefix, Counting.WINDOW);
    }

    /** The same, counted otherwise. */
    public Limits counting(Counting other) {
        return new Limits(maxretry, findtime, ipv6Prefix, other, credit);
    }

    /** The same, with credit for those who log in, or without. */
    public Limits crediting(boolean other) {
        return new Limits(maxretry, findtime, ipv6Prefix, counting, other);
    }
}
