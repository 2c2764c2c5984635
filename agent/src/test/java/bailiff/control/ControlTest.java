package bailiff.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {

    @TempDir
    Path directory;

    @Test
    void ask_commandWithRows_givesThemInOrder() throws IOException, ControlException {
        Path socket = directory.resolve("run/control.sock");
        try (ControlServer _ = ControlServer.open(socket, (request, row) -> {
            row.accept(Json.of("command", request.command(), "ips", request.texts("ips")));
            row.accept(Json.of(
                    "all", request.has("all"), "jail", request.text("jail").orElse("none")));
        })) {
            List<Map<String, Object>> rows = new ArrayList<>();

            ControlClient.ask(
                    socket, new Request("bans", Map.of("ips", List.of("192.0.2.1", "::1"), "all", true)), rows::add);

            assertThat(rows)
                    .containsExactly(
                            Map.of("command", "bans", "ips", List.of("192.0.2.1", "::1")),
                            Map.of("all", true, "jail", "none"));
        }
    }

    @Test
    void ask_commandThatFails_carriesItsCodeAndWords() throws IOException {
        Path socket = directory.resolve("control.sock");
        try (ControlServer _ = ControlServer.open(socket, (_, _) -> {
            throw new ControlException(ControlException.USAGE, "There is no jail 'sshd'.");
        })) {
            assertThatThrownBy(() -> ControlClient.ask(socket, new Request("status", Map.of()), _ -> {}))
                    .isInstanceOf(ControlException.class)
                    .hasMessage("There is no jail 'sshd'.")
                    .extracting(e -> ((ControlException) e).exit())
                    .isEqualTo(ControlException.USAGE);
        }
    }

    @Test
    void ask_noGuard_saysHowToStartOne() {
        Path socket = directory.resolve("control.sock");

        assertThatThrownBy(() -> ControlClient.ask(socket, new Request("ping", Map.of()), _ -> {}))
                .hasMessage("Bailiff is not running: there is no socket " + socket + ". 'bailiff guard' starts it.");
    }

    @Test
    void open_whileAGuardAnswers_isRefused() throws IOException {
        Path socket = directory.resolve("control.sock");
        try (ControlServer _ = ControlServer.open(socket, (_, _) -> {})) {
            assertThatThrownBy(() -> ControlServer.open(socket, (_, _) -> {})).hasMessageContaining("running already");
        }
    }

    @Test
    void serve_requestThatIsNoJson_isAnsweredAndTheServerLives() throws IOException, ControlException {
        Path socket = directory.resolve("control.sock");
        try (ControlServer _ = ControlServer.open(socket, (_, _) -> {});
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channel channel = new Channel(client);
            channel.write("{\"command\": \u001b[");
            channel.flush();

            assertThat(channel.read(10_000).orElseThrow())
                    .contains("\"exit\":2")
                    .doesNotContain("\u001b");
            ControlClient.ask(socket, new Request("ping", Map.of()), _ -> {});
        }
    }

    @Test
    void line_hostileText_isWrittenInAscii() {
        assertThat(Json.line(Json.of("user", "a\u001b[2J\u009b\u202eé")))
                .matches("[ -~]*")
                .contains("\\u202E");
    }
}
