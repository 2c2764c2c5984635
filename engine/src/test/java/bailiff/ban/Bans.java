package bailiff.ban;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Instant;

/** Addresses, networks and bans for tests. */
final class Bans {

    static final Instant T = Instant.parse("2026-04-09T04:00:00Z");

    private Bans() {}

    static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    /** A ban by hand from {@link #T} on, for so many seconds. */
    static Ban ban(String subject, long seconds) {
        return until(subject, T.plusSeconds(seconds));
    }

    static Ban until(String subject, Instant end) {
        return new Ban("web", network(subject), T, end, 1, 0, Ban.BY_HAND, "by hand");
    }
}
