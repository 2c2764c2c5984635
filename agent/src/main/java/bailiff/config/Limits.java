package bailiff.config;

import bailiff.ban.Bantime;
import java.time.Duration;

/**
 * When a jail bans, and for how long.
 *
 * @param maxretry failures that make a ban, 1 to 1,000,000
 * @param findtime the time within which they have to fall, longer than zero
 * @param bantime how long a ban lasts
 * @param maxmatches lines that are kept as a ban's evidence, 0 to 1,000
 * @param ipv6Prefix leading bits by which IPv6 addresses count as one, 1 to 128
 */
public record Limits(int maxretry, Duration findtime, Bantime bantime, int maxmatches, int ipv6Prefix) {

    /** What holds where no file says otherwise. */
    static final Limits DEFAULT = new Limits(3, Duration.ofMinutes(10), new Bantime(Duration.ofMinutes(10)), 5, 64);
}
