package bailiff.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody at the shield's socket who answers as he is told, however badly, and remembers what he was asked. */
final class FakeAgent implements AutoCloseable {

    /** How it answers. */
    enum Manner {
        /** At once. */
        WELL,
        /** It reads, and never says anything. */
        SILENT,
        /** One byte at a time, with pauses that are longer than anybody would wait for all of them. */
        DRIPPING,
        /** It hangs up. */
        RUDE
    }

    private static final int WAITING = 50;

    private final Path socket;
    private final ServerSocketChannel door;
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> guests = new CopyOnWriteArrayList<>();
    private volatile String answer = "proceed";
    private volatile String word = "";
    private volatile Manner manner = Manner.WELL;

    private FakeAgent(Path socket, ServerSocketChannel door) {
        this.socket = socket;
        this.door = door;
    }

    /** Opens the socket for everybody. */
    static FakeAgent at(Path socket) {
        try {
            ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(socket), WAITING);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
            FakeAgent agent = new FakeAgent(socket, door);
            Thread.ofPlatform().daemon().start(agent::receive);
            return agent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on it answers that, in that manner, and has been asked nothing. */
    void answers(String line, Manner how) {
        answer = line;
        word = "";
        manner = how;
        questions.clear();
    }

    /** The same, well. */
    void answers(String line) {
        answers(line, Manner.WELL);
    }

    /** The same, where the question has that word; of whatever else it says that it may proceed. */
    void answers(String about, String line) {
        answers(line);
        word = " " + about + " ";
    }

    /** What it was asked, but for what {@link TrapLog} does itself. */
    List<String> questions() {
        return questions.stream()
                .filter(question -> !question.contains("ip=" + TrapLog.MARKER + " "))
                .toList();
    }

    private void receive() {
        try {
            while (true) {
                SocketChannel guest = door.accept();
                guests.add(guest);
                Thread.ofPlatform().daemon().start(() -> serve(guest));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void serve(SocketChannel guest) {
        try (guest) {
            BufferedReader lines = new BufferedReader(Channels.newReader(guest, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                questions.add(line);
                if (manner == Manner.RUDE) {
                    return;
                }
                for (String part : parts(line)) {
                    guest.write(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)));
                    if (manner == Manner.DRIPPING) {
                        Thread.sleep(2);
                    }
                }
            }
        } catch (IOException gone) {
            // The guest did not wait.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            guests.remove(guest);
        }
    }

    private List<String> parts(String question) {
        String said = (question.contains(word) ? answer : "proceed") + "\n";
        return switch (manner) {
            case WELL -> List.of(said);
            case DRIPPING -> List.of(said.split(""));
            case SILENT, RUDE -> List.of();
        };
    }

    @Override
    public void close() {
        try {
            door.close();
            for (SocketChannel guest : guests) {
                guest.close();
            }
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
