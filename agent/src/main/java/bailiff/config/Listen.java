package bailiff.config;

import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a jail takes lines that come by syslog's protocol rather than in a file.
 *
 * @param kind how they come
 * @param place a path, or a name in the guard's run directory, for {@link Kind#UNIX}; else an address, never a name
 * @param port 1 to 65535; 0 for {@link Kind#UNIX}
 */
public record Listen(Kind kind, String place, int port) {

    /** How lines come. */
    public enum Kind {
        /** Datagrams on a Unix socket, as to {@code /dev/log}. */
        UNIX,
        /** UDP, a message in each datagram. */
        UDP,
        /** TCP, framed as RFC 6587 says. */
        TCP
    }

    /** What is expected of one, for messages. */
    static final String EXPECTED =
            "unix:/path, unix:name, udp:address:port or tcp:address:port, the address as a number";

    /** The kernel's bound on the path of a Unix socket, in bytes. */
    private static final int LONGEST_PATH = 107;

    private static final int HIGHEST_PORT = 65_535;
    private static final String HERE = "127.0.0.1";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern PORT = Pattern.compile("(udp|tcp):(?:(\\[[^\\]]+\\]|[0-9.]+):)?([0-9]{1,5})");

    /** Reads one; nothing where the text is none. Without an address it is the machine's own loopback. */
    static Optional<Listen> parse(String text) {
        if (text.startsWith("unix:")) {
            String path = text.substring("unix:".length());
            boolean fits = path.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH && path.indexOf('\0') < 0;
            boolean isName = NAME.matcher(path).matches() && !path.startsWith(".");
            boolean isPath = path.startsWith("/") && !path.endsWith("/");
            return fits && (isName || isPath) ? Optional.of(new Listen(Kind.UNIX, path, 0)) : Optional.empty();
        }
        Matcher parts = PORT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Kind kind = parts.group(1).equals("udp") ? Kind.UDP : Kind.TCP;
        String written = parts.group(2) == null ? HERE : parts.group(2);
        boolean isSix = written.startsWith("[");
        String address = isSix ? written.substring(1, written.length() - 1) : written;
        int port = Integer.parseInt(parts.group(3));
        return port < 1 || port > HIGHEST_PORT
                ? Optional.empty()
                : IpAddress.parse(address)
                        .filter(read -> isSix == address.contains(":"))
                        .map(read -> new Listen(kind, read.toString(), port));
    }

    /** Whether nobody but programs on this machine can send there. */
    boolean isLocal() {
        return kind == Kind.UNIX || place.startsWith("127.") || place.equals("::1");
    }

    /** As it is written in a jail. */
    @Override
    public String toString() {
        return switch (kind) {
            case UNIX -> "unix:" + place;
            case UDP -> "udp:" + withPort();
            case TCP -> "tcp:" + withPort();
        };
    }

    private String withPort() {
        return (place.contains(":") ? "[" + place + "]" : place) + ":" + port;
    }
}
