package bailiff.evidence.site;

import java.util.Optional;

/**
 * What the request of an attempt looked like, as far as it is known before it is answered: so a fingerprint of it can
 * tell the next one. The length of the answer is no part of it for that reason.
 *
 * @param protocol such as {@code HTTP/1.1}; or empty where the sensor does not tell
 * @param spelling how the door was spelled, where that is not the plain way ({@code //xmlrpc.php}); or empty
 * @param agent the User-Agent as sent, empty where none was; nothing where the sensor does not tell
 * @param crowd whether many different browsers come through this address: a proxy, a CDN, a large network
 */
public record Request(
        Door door,
        String protocol,
        String spelling,
        Origin origin,
        Optional<String> agent,
        Conduct conduct,
        boolean crowd) {

    /** What is known of a request where the sensor tells of nothing but its door. */
    public static Request untold(Door door) {
        return new Request(door, "", "", Origin.UNTOLD, Optional.empty(), Conduct.UNTOLD, false);
    }

    /** Whether it calls itself a browser. */
    boolean isBrowser() {
        return agent.filter(Fingerprint::isBrowser).isPresent();
    }

    /** The same request of somebody who behaved so. */
    Request by(Conduct other, boolean ofCrowd) {
        return new Request(door, protocol, spelling, origin, agent, other, ofCrowd);
    }
}
