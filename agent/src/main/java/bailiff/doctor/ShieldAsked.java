package bailiff.doctor;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks the shield as the plugin does: may somebody at loopback proceed? Stateless. */
final class ShieldAsked {

    static final String STEP = "shield";
    private static final String QUESTION = "ask ip=127.0.0.1 door=any\n";
    private static final long PATIENCE_MILLIS = 2_000;
    private static final int LONGEST_ANSWER = 1_000;

    private ShieldAsked() {}

    static Finding at(Path socket) {
        if (!Files.exists(socket)) {
            return Finding.failed(STEP, "There is no socket " + socket + " of a shield.", "'bailiff status' says why.");
        }
        try {
            long begun = System.nanoTime();
            String answer = ask(socket);
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
            return answer.startsWith("proceed")
                    ? Finding.ok(STEP, "It answers at " + socket + ", after " + micros + " microseconds.")
                    : Finding.failed(
                            STEP,
                            "It would not let this machine's own requests pass: " + answer.strip(),
                            "'bailiff why 127.0.0.1' may tell why.");
        } catch (IOException e) {
            return Finding.failed(
                    STEP, "It does not answer at " + socket + ": " + e.getMessage() + ".", "Start the guard anew.");
        }
    }

    private static String ask(Path socket) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(QUESTION.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            if (selector.select(PATIENCE_MILLIS) == 0) {
                throw new IOException("nothing came within " + PATIENCE_MILLIS + " ms");
            }
            channel.read(answer);
        }
        return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    }
}
