package bailiff.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The socket as fail2ban's clients see it. */
class WireServerTest {

    private static final Value PING = Value.texts(List.of("ping"));

    @TempDir
    Path directory;

    private WireServer server;

    @BeforeEach
    void open() throws IOException {
        server = WireServer.open(socket(), command -> new Answer.Done(command));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Path socket() {
        return directory.resolve("fail2ban.sock");
    }

    private SocketChannel connect() throws IOException {
        SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX);
        connection.connect(UnixDomainSocketAddress.of(socket()));
        return connection;
    }

    /** What comes up to the end mark, or to the end of the connection. */
    private static byte[] receive(SocketChannel connection) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        String end = new String(Frames.END, StandardCharsets.US_ASCII);
        while (!received.toString(StandardCharsets.ISO_8859_1).endsWith(end) && connection.read(one.clear()) > 0) {
            received.write(one.get(0));
        }
        return received.toByteArray();
    }

    private static Value answer(SocketChannel connection) throws IOException, PickleException {
        return Unpickler.read(receive(connection));
    }

    @Test
    void server_commandByteByByte_isAnswered() throws Exception {
        try (SocketChannel connection = connect()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(Pickler.write(PING));
            bytes.writeBytes(Frames.END);
            for (byte one : bytes.toByteArray()) {
                connection.write(ByteBuffer.wrap(new byte[] {one}));
            }

            assertThat(answer(connection)).isEqualTo(Value.tuple(Value.of(0), PING));
        }
    }

    @Test
    void server_severalCommandsAtOnce_areAnsweredInTurnUntilTheClose() throws Exception {
        try (SocketChannel connection = connect()) {
            Frames.send(connection, Pickler.write(PING));
            Frames.send(connection, Pickler.write(Value.of(2)));
            Frames.send(connection, Frames.CLOSE);

            assertThat(answer(connection)).isEqualTo(Value.tuple(Value.of(0), PING));
            assertThat(answer(connection)).isEqualTo(Value.tuple(Value.of(0), Value.of(2)));
            assertThat(receive(connection)).isEmpty();
        }
    }

    @Test
    void server_pickleThatCalls_getsATextAndTheNextCommandAnAnswer() throws Exception {
        try (SocketChannel connection = connect()) {
            Frames.send(connection, "cos\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.US_ASCII));
            Frames.send(connection, Pickler.write(PING));

            assertThat(answer(connection).str()).startsWith("ERROR: Byte 0 asks for what is no plain value");
            assertThat(answer(connection)).isEqualTo(Value.tuple(Value.of(0), PING));
        }
    }

    @Test
    void server_commandWithoutEnd_isCutOffAtTheBound() throws Exception {
        try (SocketChannel connection = connect()) {
            ByteBuffer endless = ByteBuffer.allocate(WireServer.LONGEST_COMMAND + (64 << 10));
            assertThatThrownBy(() -> {
                        while (true) {
                            connection.write(endless.rewind());
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        try (SocketChannel other = connect()) {
            Frames.send(other, Pickler.write(PING));
            assertThat(answer(other)).isEqualTo(Value.tuple(Value.of(0), PING));
        }
    }

    @Test
    void open_livingSocket_isLeftAlone() {
        assertThatThrownBy(() -> WireServer.open(socket(), command -> new Answer.Done(command)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is fail2ban running?");
    }
}
