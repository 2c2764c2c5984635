package bailiff.source;

import java.io.Closeable;
import java.io.IOException;

/** An open socket that messages of syslog come in by. */
interface Inlet extends Closeable {

    /** Takes what comes in. Safe for any thread. */
    @FunctionalInterface
    interface Receiver {

        /** Takes one message; may wait until there is room for it. */
        void take(SyslogMessage message) throws InterruptedException;
    }

    /**
     * Hands over what comes in, until it is closed; then it returns.
     *
     * @throws IOException when it cannot receive any more
     */
    void pour(Receiver receiver) throws IOException, InterruptedException;

    /** Whether those who send still find it: somebody may have removed a socket's file. */
    default boolean isThere() {
        return true;
    }

    /** Opens the socket of that address. */
    static Inlet open(SyslogAddress address) throws IOException {
        return switch (address) {
            case SyslogAddress.Unix unix -> UnixInlet.open(unix.path());
            case SyslogAddress.Udp udp -> UdpInlet.open(udp.address());
            case SyslogAddress.Tcp tcp -> TcpInlet.open(tcp.address());
        };
    }
}
