package bailiff.control;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines over a socket, both ways, with a bound on their length. One thread at a time. */
final class Channel {

    private final InputStream in;
    private final OutputStream out;

    Channel(SocketChannel socket) {
        in = new BufferedInputStream(Channels.newInputStream(socket));
        out = new BufferedOutputStream(Channels.newOutputStream(socket));
    }

    /** The next line; nothing at the end. One longer than {@code most} bytes is an error. */
    Optional<String> read(int most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return Optional.empty();
            }
            if (line.size() == most) {
                throw new IOException("a line is longer than " + most + " bytes");
            }
            line.write(b);
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    void write(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    void flush() throws IOException {
        out.flush();
    }
}
