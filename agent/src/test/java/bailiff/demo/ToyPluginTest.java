package bailiff.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ToyPluginTest {

    private static final Visit MISTYPED = new Visit("203.0.113.7", Visit.Door.LOGIN, "admin", false, true);

    /* Longer than any answer takes on a busy machine. */
    private static final int LONG = 30_000;

    @TempDir
    Path directory;

    @AutoClose
    private ServerSocketChannel guard;

    private Path socket;
    private ToyPlugin plugin;

    @BeforeEach
    void listen() throws IOException {
        socket = directory.resolve("shield.sock");
        guard = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        guard.bind(UnixDomainSocketAddress.of(socket));
        plugin = waiting(LONG);
    }

    private ToyPlugin waiting(int millis) {
        return new ToyPlugin(new AuthLog(directory.resolve("auth.log")), socket, millis);
    }

    /** Gives the next question that answer, and tells what the question was. */
    private CompletableFuture<String> answer(String line) {
        return CompletableFuture.supplyAsync(() -> {
            try (SocketChannel site = guard.accept()) {
                ByteBuffer question = ByteBuffer.allocate(1_000);
                site.read(question);
                site.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
                return new String(question.array(), 0, question.position(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                return e.toString();
            }
        });
    }

    @Test
    void receive_login_asksInTheShieldsWords() throws IOException {
        CompletableFuture<String> question = answer("proceed\n");

        assertThat(plugin.receive(MISTYPED)).isEqualTo(Outcome.ANSWERED);
        assertThat(question.join())
                .isEqualTo("ask ip=203.0.113.7 door=login site=blog.example.test user=admin known=1 proto=HTTP/1.0"
                        + " form=1 referer=door"
                        + " agent=Mozilla/5.0%20%28X11%3B%20Linux%20x86_64%3B%20rv:140.0%29%20Firefox/140.0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refuse returning 600", "count returning 600"})
    void receive_refusal_isRefusedWhateverThePassword(String line) throws IOException {
        CompletableFuture<String> question = answer(line + "\n");

        assertThat(plugin.receive(new Visit("203.0.113.7", Visit.Door.LOGIN, "admin", true, false)))
                .isEqualTo(Outcome.REFUSED);
        assertThat(question.join()).endsWith(" form=0 referer=none agent=python-requests/2.31.0\n");
        assertThat(Files.readString(directory.resolve("auth.log")))
                .contains("Blocked authentication attempt for admin");
    }

    @Test
    void receive_noGuard_isAnswered() throws IOException {
        guard.close();

        assertThat(plugin.receive(new Visit("203.0.113.7", Visit.Door.LOGIN, "admin", true, true)))
                .isEqualTo(Outcome.ANSWERED);
        assertThat(Files.readString(directory.resolve("auth.log"))).contains("Accepted password for admin");
    }

    @Test
    void receive_silentShield_isAnswered() throws IOException {
        assertThat(waiting(1).receive(MISTYPED)).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void receive_pingback_asksNobody() throws IOException {
        assertThat(plugin.receive(new Visit("203.0.113.7", Visit.Door.PINGBACK, "victim.example", false, false)))
                .isEqualTo(Outcome.ANSWERED);

        guard.configureBlocking(false);
        assertThat(guard.accept()).isNull();
    }
}
