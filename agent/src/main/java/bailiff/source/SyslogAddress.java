package bailiff.source;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Where lines are taken that come by syslog's protocol. {@code toString} is its name in bookmarks and messages. */
public sealed interface SyslogAddress {

    /** Datagrams on a Unix socket of that path. */
    record Unix(Path path) implements SyslogAddress {

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /** UDP, a message in each datagram. */
    record Udp(InetSocketAddress address) implements SyslogAddress {

        @Override
        public String toString() {
            return "udp:" + spelled(address);
        }
    }

    /** TCP, framed as RFC 6587 says. */
    record Tcp(InetSocketAddress address) implements SyslogAddress {

        @Override
        public String toString() {
            return "tcp:" + spelled(address);
        }
    }

    private static String spelled(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
