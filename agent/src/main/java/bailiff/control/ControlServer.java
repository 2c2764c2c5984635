package bailiff.control;

import bailiff.door.Door;
import bailiff.door.Visitor;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers requests on a Unix socket that only root and the guard's own user may use. A request is at most
 * {@value #LONGEST_REQUEST} bytes and has ten seconds to arrive.
 */
public final class ControlServer implements Closeable {

    static final int LONGEST_REQUEST = 4 << 20;
    private static final long PATIENCE_MILLIS = 10_000;

    private final Commands commands;
    private final Door door;

    private ControlServer(Path path, Commands commands) throws IOException {
        this.commands = commands;
        this.door = Door.open(path, "control", "a guard is running already: it answers", this::receive);
    }

    /**
     * Opens the socket and answers on it until closed. A socket file that a dead guard left is replaced.
     *
     * @throws IOException when it cannot be opened, or a living guard answers there already
     */
    public static ControlServer open(Path path, Commands commands) throws IOException {
        return new ControlServer(path, commands);
    }

    private void receive(Visitor client) throws IOException {
        Channel channel = new Channel(client.connection());
        client.allow(PATIENCE_MILLIS);
        Optional<String> line = channel.read(LONGEST_REQUEST);
        client.waitForEver();
        if (line.isPresent()) {
            channel.write(Json.line(answer(client, channel, line.get())));
            channel.flush();
        }
    }

    private Map<String, Object> answer(Visitor client, Channel channel, String line) {
        try {
            admit(client);
            commands.carryOut(Request.of(line), row(channel));
            return Json.of("exit", 0);
        } catch (ControlException e) {
            return Json.of("exit", e.exit(), "message", e.words());
        }
    }

    private static void admit(Visitor client) throws ControlException {
        if (!client.isAdmitted()) {
            throw new ControlException(
                    ControlException.FAILED,
                    "Only root and " + Visitor.OWNER + " may do that, and you are " + client.user() + ".");
        }
    }

    private static Consumer<Map<String, Object>> row(Channel channel) {
        return object -> {
            try {
                channel.write(Json.line(Json.of("row", object)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** Opens the socket again where somebody has removed its file; to be called now and then. */
    public void look() {
        door.look();
    }

    /** Stops answering and removes the socket file. */
    @Override
    public void close() throws IOException {
        door.close();
    }
}
