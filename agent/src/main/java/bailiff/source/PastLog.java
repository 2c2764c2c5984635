package bailiff.source;

import bailiff.filter.Concern;
import bailiff.filter.Sieve;
import bailiff.line.LogLine;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A log that is read once from beginning to end: a file, compressed or not, or standard input.
 *
 * <p>What a file is compressed with is told by its first bytes (gzip, xz, Zstandard), not by its name.
 *
 * @param name how the user wrote it; {@code -} for standard input
 * @param lastWritten the file's modification time, against which its times without a year are completed
 * @param opening opens it anew
 */
public record PastLog(String name, Instant lastWritten, Opening opening) {

    /** Lines beyond this many bytes are handed over cut. */
    public static final int LONGEST_LINE = 8_192;

    private static final String STANDARD_INPUT = "-";

    /** How many of the first bytes tell the compression. */
    private static final int MAGIC = 6;

    private static final int COMPRESSED_BLOCK = 64 << 10;

    /** Opens the bytes of a log. */
    @FunctionalInterface
    public interface Opening {
        /** The log's bytes, as stored. */
        InputStream open() throws IOException;
    }

    /** Takes each line of a past log. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Takes one line.
         *
         * @param line the line, valid during the call
         * @param number counted from 1
         * @param whole false when the line was longer than {@link #LONGEST_LINE} and is cut
         */
        void line(LogLine line, long number, boolean whole);

        /**
         * Takes one whole line that a {@link Sieve} found.
         *
         * @param concern which of its filters the line may matter to
         */
        default void line(LogLine line, long number, Concern concern) {
            line(line, number, true);
        }

        /** Counts lines that a {@link Sieve} passed over. */
        default void passedOver(long number) {}
    }

    /** The log in that file. */
    public static PastLog file(Path file) throws IOException {
        return new PastLog(
                file.toString(), Files.getLastModifiedTime(file).toInstant(), () -> Files.newInputStream(file));
    }

    /**
     * Hands every line to the reader; the last one also when no line feed ends it.
     *
     * @throws IOException when the file cannot be read or is damaged; the lines before the damage have been handed over
     */
    public void read(Reader reader) throws IOException {
        read(Encoding.UTF_8, reader);
    }

    /** The same for a log in that encoding. */
    public void read(Encoding encoding, Reader reader) throws IOException {
        Reader reading = encoding.into(reader);
        try (InputStream plain = open()) {
            Reaper reaper = new Reaper(Optional.empty(), Reaper.BLOCK);
            Harvest harvest = new Harvest();
            for (boolean more = true; more; ) {
                harvest.begin(reaper.number());
                try {
                    more = reaper.reap(plain, !isPiped(), harvest);
                    harvest.end(null);
                } catch (IOException e) {
                    harvest.end(e);
                }
                harvest.handOver(reading);
            }
        }
    }

    /** Its bytes, decompressed. */
    InputStream open() throws IOException {
        InputStream stored = opening.open();
        try {
            return decompressed(stored);
        } catch (IOException | RuntimeException e) {
            stored.close();
            throw e;
        }
    }

    /** Whether somebody may be writing to it, who should not wait for an answer until a block is full. */
    boolean isPiped() {
        return name.equals(STANDARD_INPUT);
    }

    private static InputStream decompressed(InputStream bytes) throws IOException {
        BufferedInputStream stored = new BufferedInputStream(bytes, COMPRESSED_BLOCK);
        stored.mark(MAGIC);
        byte[] magic = stored.readNBytes(MAGIC);
        stored.reset();
        if (startsWith(magic, 0x1f, 0x8b)) {
            return new GZIPInputStream(stored, COMPRESSED_BLOCK);
        }
        if (startsWith(magic, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return new XZInputStream(stored);
        }
        return startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd) ? new ZstdInputStream(stored) : stored;
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
