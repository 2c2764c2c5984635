package bailiff.evidence.site;

/**
 * What the request of an attempt looked like, as far as it is known before it is answered: so a fingerprint of it can
 * tell the next one. The length of the answer is no part of it for that reason.
 *
 * @param protocol such as {@code HTTP/1.1}; or empty
 * @param spelling how the door was spelled, where that is not the plain way ({@code //xmlrpc.php}); or empty
 * @param agent the User-Agent as sent; or empty
 * @param crowd whether many different browsers come through this address: a proxy, a CDN, a large network
 */
public record Request(
        Door door, String protocol, String spelling, Origin origin, String agent, Conduct conduct, boolean crowd) {}
