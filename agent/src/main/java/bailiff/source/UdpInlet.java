package bailiff.source;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/** Receives syslog over UDP. One thread pours; any may close. */
final class UdpInlet implements Inlet {

    /* As much as the kernel allows, which is some 200 KB where nobody has raised net.core.rmem_max. */
    private static final int KERNEL_ROOM = 1 << 20;

    /* One more byte than fits tells that there were more. */
    private static final int LONGEST = LogFollower.LONGEST_LINE + SyslogMessage.PRIORITY + 1;

    private final DatagramChannel channel;

    private UdpInlet(DatagramChannel channel) {
        this.channel = channel;
    }

    static UdpInlet open(InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_ROOM);
            channel.bind(address);
            return new UdpInlet(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void pour(Receiver receiver) throws IOException, InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        try {
            while (channel.isOpen()) {
                buffer.clear();
                channel.receive(buffer);
                int length = buffer.position();
                Optional<SyslogMessage> message =
                        SyslogMessage.of(buffer.array(), 0, length, length < buffer.capacity());
                if (message.isPresent()) {
                    receiver.take(message.get());
                }
            }
        } catch (AsynchronousCloseException e) {
            // It was closed while it waited.
            return;
        } catch (ClosedChannelException e) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
