package bailiff.shield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The socket as the plugin, and as hostile users of the machine, see it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShieldSocketTest {

    private static final String QUESTION = "ask ip=203.0.113.9 door=login user=admin known=1 key=-\n";

    @TempDir
    Path directory;

    private final Fixed fixed = new Fixed();
    private final Shield shield = fixed.shield();
    private final List<SocketChannel> opened = new ArrayList<>();
    private ShieldSocket socket;

    @BeforeEach
    void open() throws IOException {
        socket = ShieldSocket.open(path(), shield);
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel connection : opened) {
            connection.close();
        }
        socket.close();
    }

    private Path path() {
        return directory.resolve("run/shield.sock");
    }

    private SocketChannel connect() throws IOException {
        SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(path()));
        opened.add(connection);
        return connection;
    }

    private static void send(SocketChannel connection, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    /** The next line; empty at the end of the connection. */
    private static String line(SocketChannel connection) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (connection.read(one.clear()) > 0 && one.get(0) != '\n') {
            line.append((char) one.get(0));
        }
        return line.toString();
    }

    private String ask(String question) throws IOException {
        try (SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            connection.connect(UnixDomainSocketAddress.of(path()));
            send(connection, question);
            return line(connection);
        }
    }

    @Test
    void open_socketAndItsNewDirectory_areForEverybodyWhoKnowsTheName() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-rw-rw-");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path().getParent())))
                .isEqualTo("rwx--x--x");
    }

    @Test
    void open_living_isLeftAlone() {
        assertThatThrownBy(() -> ShieldSocket.open(path(), shield))
                .hasMessageContaining("somebody answers at " + path());
    }

    @Test
    void ask_questionsOneAfterTheOther_areAnsweredEach() throws IOException {
        SocketChannel connection = connect();

        send(connection, QUESTION);
        String first = line(connection);
        fixed.ban("203.0.113.9", Duration.ofMinutes(1));
        send(connection, QUESTION);

        assertThat(first).isEqualTo("proceed");
        assertThat(line(connection)).isEqualTo("refuse banned 60");
    }

    @Test
    void ask_questionsAllAtOnce_areAnsweredInOrder() throws IOException {
        fixed.ban("198.51.100.7", Duration.ofMinutes(1));
        SocketChannel connection = connect();

        send(connection, QUESTION + "ask ip=198.51.100.7\n" + "nonsense\n" + QUESTION.repeat(40));

        assertThat(line(connection)).isEqualTo("proceed");
        assertThat(line(connection)).isEqualTo("refuse banned 60");
        assertThat(line(connection)).isEqualTo("what");
        for (int i = 0; i < 40; i++) {
            assertThat(line(connection)).isEqualTo("proceed");
        }
    }

    @Test
    void ask_questionByteForByte_isAnsweredAtItsEnd() throws IOException {
        SocketChannel connection = connect();
        for (int i = 0; i < QUESTION.length(); i++) {
            send(connection, QUESTION.substring(i, i + 1));
        }

        assertThat(line(connection)).isEqualTo("proceed");
    }

    @Test
    void ask_endlessLine_isCutOffAndOthersAreAnswered() throws IOException {
        SocketChannel endless = connect();
        assertThatThrownBy(() -> {
                    while (true) {
                        send(endless, "x".repeat(5_000));
                    }
                })
                .isInstanceOf(IOException.class);

        assertThat(ask(QUESTION)).isEqualTo("proceed");
    }

    @Test
    void ask_whoNeverTakesAnAnswer_isCutOffAndOthersAreAnswered() throws IOException {
        SocketChannel deaf = connect();
        assertThatThrownBy(() -> {
                    while (true) {
                        send(deaf, QUESTION);
                    }
                })
                .isInstanceOf(IOException.class);

        assertThat(ask(QUESTION)).isEqualTo("proceed");
    }

    @Test
    void ask_thousandsWhoSayNothing_makeNobodyWaitAndTheFirstGo() throws IOException {
        SocketChannel first = connect();
        for (int i = 0; i < 2_000; i++) {
            connect();
        }

        assertThat(ask(QUESTION)).isEqualTo("proceed");
        assertThat(line(first)).isEmpty();
        assertThat(ask(QUESTION)).isEqualTo("proceed");
    }

    @Test
    void ask_whoAsksWithoutEnd_makesNobodyWait() throws Exception {
        SocketChannel busy = connect();
        Thread flood = Thread.ofPlatform().daemon().start(() -> {
            ByteBuffer answers = ByteBuffer.allocate(1 << 16);
            try {
                while (true) {
                    send(busy, QUESTION.repeat(20));
                    busy.read(answers.clear());
                }
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            }
        });

        for (int i = 0; i < 100; i++) {
            assertThat(ask(QUESTION)).isEqualTo("proceed");
        }
        busy.close();
        flood.join();
    }

    @Test
    void close_removesTheSocketAndAnswersNobody() throws IOException {
        SocketChannel connection = connect();
        send(connection, QUESTION);
        line(connection);

        socket.close();

        assertThat(path()).doesNotExist();
        assertThat(line(connection)).isEmpty();
    }
}
