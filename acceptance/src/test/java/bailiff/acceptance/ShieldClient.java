package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks a machine's shield, as the plugin does: a connection for each question. */
record ShieldClient(Machine machine) {

    /** There is no socket. */
    static final String ABSENT = "no socket";

    /** There is a socket, and nobody behind it. */
    static final String REFUSED = "connection refused";

    /** The answer to a login from that address. */
    String ask(String address) {
        Path socket = machine.folder().path().resolve("run/bailiff/shield.sock");
        if (!Files.exists(socket)) {
            return ABSENT;
        }
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            String question = "ask ip=" + address + " door=login site=blog.example.test user=admin known=1 key=-\n";
            connection.write(ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(100);
            connection.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII).strip();
        } catch (ConnectException _) {
            return REFUSED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
