package bailiff.ban;

import bailiff.filter.Sighting;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;

/** What one line meant to a jail. */
public sealed interface Event {

    /** Nothing. */
    record Nothing() implements Event {}

    /** The filter matched, and its ignoreregex excused the line. */
    record Ignored(Sighting sighting) implements Event {}

    /**
     * The line may be an attack, but nobody can be blamed for it.
     *
     * @param reason one sentence without hostile text
     */
    record Doubted(String reason) implements Event {}

    /**
     * A failure of a host that the line calls by name. It counts when whoever knows the name's addresses blames them, see
     * {@link Jail#blame}.
     */
    record Named(Sighting sighting) implements Event {}

    /** A failure of an address that must never be banned, or that is excused. */
    record Spared(Sighting sighting, IpAddress address) implements Event {}

    /**
     * Somebody logged in, or otherwise proved who he is: it speaks for his address, also where no credit is given.
     *
     * @param source what the address counts as
     * @param forgave whether the source's failures so far do not count any more
     */
    record Credited(Sighting sighting, IpAddress address, Cidr source, boolean forgave) implements Event {}

    /** A failure of an address that is banned already. */
    record StillBanned(Sighting sighting, Ban ban) implements Event {}

    /**
     * A failure of an address that is banned already, and with which the source has as many as make a ban: the one that
     * stands ends later now, unless it was to last longer anyway. Only where failures are counted as fail2ban does.
     *
     * @param ban the ban with its end as it is now
     * @param longer whether that end has changed
     */
    record Prolonged(Sighting sighting, IpAddress address, Ban ban, boolean longer) implements Event {}

    /** A failure that counts: the source has {@code failures} of them now. */
    record Found(Sighting sighting, IpAddress address, Cidr source, int failures) implements Event {}

    /** The failure after which the source is banned. */
    record Banned(Sighting sighting, IpAddress address, Ban ban) implements Event {}

    /** The one value of {@link Nothing}. */
    Event NOTHING = new Nothing();
}
