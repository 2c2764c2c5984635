package bailiff.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Writes failures into a log as a web server would: each line with one write. Not thread-safe. */
final class Attacker implements AutoCloseable {

    private final FileChannel log;
    private final String network;

    /** An attack that comes from addresses of a /16, written as its first two numbers. */
    Attacker(Path log, String network) throws IOException {
        this.log = FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        this.network = network;
    }

    /** The address of the attacker with that number, 0 to 50,000. */
    String address(int number) {
        return network + "." + number / 250 + "." + (number % 250 + 1);
    }

    /** One more failure of that attacker; gives the {@link System#nanoTime} at which the write had returned. */
    long fail(int number) throws IOException {
        String line = Recipe.line(LocalDateTime.now(ZoneId.systemDefault()), address(number));
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        int written = log.write(bytes);
        long now = System.nanoTime();
        if (written < line.length()) {
            throw new IOException("A line was not written whole.");
        }
        return now;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
