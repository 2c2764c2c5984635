package bailiff.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks the running guard, over its Unix socket. */
public final class ControlClient {

    private static final int LONGEST_ROW = 16 << 20;

    private ControlClient() {}

    /**
     * Sends the request and hands each object of the answer to {@code row}.
     *
     * @throws ControlException when no guard answers at that socket, or it could not do what was asked
     */
    public static void ask(Path socket, Request request, Consumer<Map<String, Object>> row) throws ControlException {
        try (SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            connection.connect(UnixDomainSocketAddress.of(socket));
            Channel channel = new Channel(connection);
            channel.write(request.line());
            channel.flush();
            converse(channel, row);
        } catch (IOException | IllegalArgumentException e) {
            throw new ControlException(ControlException.FAILED, notReached(socket, e));
        }
    }

    private static void converse(Channel channel, Consumer<Map<String, Object>> row)
            throws IOException, ControlException {
        while (true) {
            Optional<String> line = channel.read(LONGEST_ROW);
            if (line.isEmpty()) {
                throw new IOException("it broke off in the middle of its answer");
            }
            Map<String, Object> object = Json.object(line.get());
            if (object.get("row") instanceof Map<?, ?> fields) {
                Map<String, Object> named = new java.util.LinkedHashMap<>();
                fields.forEach((name, value) -> named.put(String.valueOf(name), value));
                row.accept(named);
            } else if (object.get("exit") instanceof Integer exit) {
                if (exit != 0) {
                    throw new ControlException(exit, String.valueOf(object.get("message")));
                }
                return;
            }
        }
    }

    private static String notReached(Path socket, Exception e) {
        if (!Files.exists(socket)) {
            return "Bailiff is not running: there is no socket " + socket + ". 'bailiff guard' starts it.";
        }
        boolean denied = e instanceof AccessDeniedException
                || String.valueOf(e.getMessage()).contains("ermission denied");
        if (denied) {
            return "You may not use " + socket + ": run the command as root.";
        }
        return "The guard at " + socket + " does not answer: " + e.getMessage() + ".";
    }
}
