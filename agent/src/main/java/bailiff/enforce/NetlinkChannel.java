package bailiff.enforce;

import java.io.Closeable;
import java.io.IOException;

/** A netlink socket to the kernel's packet filter. Not thread-safe: one thread at a time uses it. */
interface NetlinkChannel extends Closeable {

    /** What {@link #receive} gives when nothing is there. */
    int NOTHING = -1;

    /** What {@link #receive} gives, once, when the kernel had more to say than the socket holds. */
    int OVERRUN = -2;

    /** What {@link #send} gives when so many bytes cannot go at once: nothing has been sent. */
    int TOO_LONG = -1;

    /** Where a channel comes from. */
    @FunctionalInterface
    interface Source {

        /**
         * Opens a channel.
         *
         * @throws IOException when this system, or the rights of this process, do not allow one; the message is one line
         */
        NetlinkChannel open() throws IOException;
    }

    /**
     * Sends the first {@code length} bytes as one datagram; the kernel has worked on it when this returns.
     *
     * @return {@code length}, or {@link #TOO_LONG}
     * @throws IOException when nothing was sent, for whatever other reason
     */
    int send(byte[] bytes, int length) throws IOException;

    /**
     * Receives the kernel's next datagram.
     *
     * @param buffer what it is written to; at least {@link NetlinkWire#LONGEST_ANSWER} bytes
     * @param wait whether to wait for it, a few seconds at most
     * @return its length, {@link #NOTHING} or {@link #OVERRUN}
     * @throws IOException when the wait was in vain, the datagram is longer than the buffer, or the socket is broken
     */
    int receive(byte[] buffer, boolean wait) throws IOException;

    @Override
    void close();
}
