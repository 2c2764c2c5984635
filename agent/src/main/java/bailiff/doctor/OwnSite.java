package bailiff.doctor;

import bailiff.control.ControlException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A site on this very machine: what the doctor sends must not reach anybody else.
 *
 * @param address where it is reached, loopback or an address of this machine
 * @param host as the URL has it
 * @param path of the site's front page, with a slash at its end
 */
record OwnSite(InetAddress address, String host, int port, boolean isSecure, String path) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * The site of that URL.
     *
     * @param at where to reach it, in place of what its name says
     * @throws ControlException when it is no URL of a page, or leads to another machine
     */
    static OwnSite of(String url, Optional<String> at) throws ControlException {
        URI uri = uri(url);
        boolean isSecure = "https".equals(uri.getScheme());
        String host = uri.getHost();
        int port = uri.getPort() < 0 ? (isSecure ? HTTPS : HTTP) : uri.getPort();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String front = path.endsWith("/") ? path : path.substring(0, path.lastIndexOf('/') + 1);
        return new OwnSite(own(at.orElse(host)), host, port, isSecure, front);
    }

    private static URI uri(String url) throws ControlException {
        try {
            URI uri = new URI(url);
            boolean isPage = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isPage && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw usage("'" + url + "' is no URL; expected one such as https://blog.example.org/.");
        }
        throw usage("'" + url + "' is no site's URL; expected one such as https://blog.example.org/.");
    }

    private static InetAddress own(String host) throws ControlException {
        List<InetAddress> found = resolve(host);
        for (InetAddress address : found) {
            if (isOwn(address)) {
                return address;
            }
        }
        String where = String.join(
                ", ", found.stream().map(InetAddress::getHostAddress).toList());
        throw usage("'" + host + "' is " + where + ", which is not this machine, and nothing is sent to another."
                + " Run the command where the site runs; behind a proxy or a CDN with --at 127.0.0.1.");
    }

    private static List<InetAddress> resolve(String host) throws ControlException {
        try {
            return Arrays.asList(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw usage("No address is known of '" + host + "'. With --at 127.0.0.1 none is needed.");
        }
    }

    private static boolean isOwn(InetAddress address) {
        try {
            // The kernel answers 127.0.0.2 as well, which no interface lists.
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private static ControlException usage(String words) {
        return new ControlException(ControlException.USAGE, words);
    }

    /** What a browser says that it asks. */
    String hostHeader() {
        boolean usual = port == (isSecure ? HTTPS : HTTP);
        return usual ? host : host + ":" + port;
    }

    /** The URL of one of its pages. */
    String url(String page) {
        return (isSecure ? "https://" : "http://") + hostHeader() + path + page;
    }
}
