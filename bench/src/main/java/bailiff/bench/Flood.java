package bailiff.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Random;
import java.util.function.IntSupplier;

/**
 * Appends attack lines to a log, many with each write, from addresses drawn at random out of 10.0.0.0/8. Not
 * thread-safe.
 */
final class Flood implements AutoCloseable {

    /** Lines that go into one write: some 11 KB, so that a line of somebody else waits for next to nothing. */
    static final int AT_ONCE = 100;

    private static final int LONGEST = 160;

    private final FileChannel log;
    private final int addresses;
    private final Random random = new Random(20_261_121);
    private final byte[] block = new byte[AT_ONCE * LONGEST];
    private byte[] head = new byte[0];
    private long second = -1;
    private long bytes;

    /** An attack from so many addresses, at most 2^24. */
    Flood(Path log, int addresses) throws IOException {
        this.log = FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        this.addresses = addresses;
    }

    /** Appends {@link #AT_ONCE} lines that bear the present time. */
    void write() throws IOException {
        write(() -> random.nextInt(addresses));
    }

    /** Appends as many lines, from the addresses with that number and the next ones. */
    void write(int first) throws IOException {
        int[] next = {first};
        write(() -> next[0]++ % addresses);
    }

    private void write(IntSupplier numbers) throws IOException {
        long now = System.currentTimeMillis() / 1_000;
        if (now != second) {
            second = now;
            String line = Recipe.line(LocalDateTime.now(ZoneId.systemDefault()), "");
            head = line.substring(0, line.length() - 1).getBytes(StandardCharsets.US_ASCII);
        }
        int at = 0;
        for (int i = 0; i < AT_ONCE; i++) {
            System.arraycopy(head, 0, block, at, head.length);
            at = address(numbers.getAsInt(), at + head.length);
            block[at++] = '\n';
        }
        ByteBuffer buffer = ByteBuffer.wrap(block, 0, at);
        while (buffer.hasRemaining()) {
            bytes += log.write(buffer);
        }
    }

    private int address(int number, int at) {
        block[at++] = '1';
        block[at++] = '0';
        for (int shift = 16; shift >= 0; shift -= 8) {
            block[at++] = '.';
            at = digits(number >> shift & 0xff, at);
        }
        return at;
    }

    private int digits(int number, int from) {
        int at = from;
        if (number >= 100) {
            block[at++] = (byte) ('0' + number / 100);
        }
        if (number >= 10) {
            block[at++] = (byte) ('0' + number / 10 % 10);
        }
        block[at++] = (byte) ('0' + number % 10);
        return at;
    }

    /** How many bytes it has written. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
