package bailiff.line;

import bailiff.net.IpAddress;
import java.time.Instant;

/**
 * One request, as the access log of a web server or proxy tells of it, whatever form that log has. Immutable.
 *
 * <p>All texts are hostile but those of {@code host} in a {@code vhost_combined} log; escapes that the server wrote stand
 * as it wrote them, save in the path.
 *
 * @param time when the request began, or ended where the server logs that; in no order from record to record
 * @param client who sent it, as far as the server knows
 * @param method in capitals, as sent; empty where the request could not be understood
 * @param path in the one spelling of {@link RequestTarget}, without query; as sent where it has none; empty where the
 *     request could not be understood
 * @param query without its question mark, as sent; empty where there is none
 * @param protocol such as {@code HTTP/1.1}; empty where it is not told
 * @param status of the answer, 100 to 999; 0 where the client went before there was one (Caddy)
 * @param bytes of the answer, with or without its headers, as the server counts; -1 where it is not told
 * @param referer empty where there is none
 * @param agent what the client calls itself; empty where it does not
 * @param host the site's name, perhaps with a port; empty where it is not told
 * @param user the name that the client gave for HTTP authentication, let in or not; empty where there is none
 * @param spelling the path as it was sent, where that is not the one spelling of it; else empty
 * @param tellsReferer whether the log tells of Referers: else an empty one does not say that there was none
 * @param tellsAgent whether the log tells of what clients call themselves: else an empty one does not say that this one
 *     has no name
 */
public record AccessRecord(
        Instant time,
        IpAddress client,
        String method,
        String path,
        String query,
        String protocol,
        int status,
        long bytes,
        String referer,
        String agent,
        String host,
        String user,
        String spelling,
        boolean tellsReferer,
        boolean tellsAgent) {

    /** A request whose path was sent in its one spelling, in a log that tells of Referers and clients' names. */
    public AccessRecord(
            Instant time,
            IpAddress client,
            String method,
            String path,
            String query,
            String protocol,
            int status,
            long bytes,
            String referer,
            String agent,
            String host,
            String user) {
        this(time, client, method, path, query, protocol, status, bytes, referer, agent, host, user, "", true, true);
    }

    /** The same at another time. */
    public AccessRecord at(Instant other) {
        return new AccessRecord(
                other,
                client,
                method,
                path,
                query,
                protocol,
                status,
                bytes,
                referer,
                agent,
                host,
                user,
                spelling,
                tellsReferer,
                tellsAgent);
    }
}
