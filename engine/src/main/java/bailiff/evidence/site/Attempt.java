package bailiff.evidence.site;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Instant;

/**
 * Somebody tried to log in: what an access log or the trap in WordPress tells of it. Immutable.
 *
 * @param time by the clock of the sensor
 * @param client where it came from
 */
public record Attempt(Instant time, IpAddress client, Login login, Request request) {

    /** Bits of an IPv6 address that one customer has for certain (RFC 6177): all of them are one source. */
    private static final int V6_SOURCE = 64;

    /** What counts as one source: the address, or the /64 of an IPv6 address. */
    public Cidr source() {
        return source(client);
    }

    /** What counts as one source of that address. */
    public static Cidr source(IpAddress client) {
        return client.isV4() ? client.alone() : client.prefix(V6_SOURCE);
    }

    /** The same attempt, had this guard refused it. */
    public Attempt shielded() {
        return new Attempt(time, client, login.shielded(), request);
    }

    long second() {
        return time.getEpochSecond();
    }
}
