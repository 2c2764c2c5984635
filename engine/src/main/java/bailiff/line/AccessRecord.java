package bailiff.line;

import bailiff.net.IpAddress;
import java.time.Instant;

/**
 * One request as a web server's access log tells it, whatever the log's format.
 *
 * <p>All texts are hostile but the client's address and the time, which are the server's own. Immutable.
 *
 * @param time when the request began, by the log's clock
 * @param client the address that the server saw
 * @param method as sent, such as {@code POST}; empty where the request was none
 * @param path decoded and in its shortest form ({@link RequestTarget}); empty where the request was none
 * @param query what stood behind the question mark, without it; or empty
 * @param protocol such as {@code HTTP/1.1}; or empty
 * @param status the answer's status, 100 to 999
 * @param bytes the answer's length as the server counts it; -1 where unknown
 * @param referer as sent; or empty
 * @param agent the User-Agent as sent; or empty
 * @param host the site's name; or empty
 * @param user the name given by HTTP authentication, whether or not it was let in; or empty
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
        String user) {}
