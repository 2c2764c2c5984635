package bailiff.guard;

import bailiff.ban.Event;
import bailiff.ban.Excuse;
import bailiff.filter.Sighting;
import bailiff.net.IpAddress;

/**
 * What a jail tells the {@link ProxyWatch}, and asks it. The jail's thread owns it.
 *
 * @param on whether the jail spares proxies: not where it does not guard the web
 */
record Throng(ProxyWatch watch, boolean on) implements Excuse {

    @Override
    public Answer of(Sighting sighting, IpAddress address) {
        return on && watch.spares(address) ? Answer.YES : Answer.NO;
    }

    /** Whether many people come through the address. */
    boolean isOne(IpAddress address) {
        return on && watch.explanation(address).isPresent();
    }

    /** Whether the people behind the address have it for their own, so that it is not a proxy in front of everybody. */
    boolean isOffice(IpAddress address) {
        return on && watch.isPublic(address);
    }

    /** Takes in what a line meant. */
    void heard(Event event) {
        if (!on) {
            return;
        }
        if (event instanceof Event.Credited success) {
            watch.success(success.address(), success.sighting().account());
        } else if (event instanceof Event.Spared(Sighting _, IpAddress address)
                && address.toInetAddress().isLoopbackAddress()) {
            // Never banned anyway; but its owner should know that a proxy of his hides everybody.
            watch.spares(address);
        }
    }
}
