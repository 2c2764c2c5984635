package bailiff.source;

import bailiff.line.LogLine;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

    private static final int BLOCK = 256 << 10;

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
        try (InputStream stored = opening.open();
                InputStream plain = decompressed(new BufferedInputStream(stored, BLOCK))) {
            new Lines(encoding.into(reader)).read(plain);
        }
    }

    private static InputStream decompressed(BufferedInputStream stored) throws IOException {
        stored.mark(8);
        byte[] magic = stored.readNBytes(6);
        stored.reset();
        if (startsWith(magic, 0x1f, 0x8b)) {
            return new GZIPInputStream(stored, BLOCK);
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

    /** Cuts a stream into lines within a fixed buffer. */
    private static final class Lines {

        private final Reader reader;
        private final byte[] buffer = new byte[BLOCK + LONGEST_LINE];
        private int size;
        private long number;
        private boolean skipping;

        Lines(Reader reader) {
            this.reader = reader;
        }

        void read(InputStream in) throws IOException {
            try {
                for (int n = in.read(buffer, 0, BLOCK); n >= 0; n = in.read(buffer, size, BLOCK)) {
                    size += n;
                    handOver();
                }
            } catch (EOFException e) {
                throw new IOException("the compressed file ends too early, after line " + number, e);
            }
            if (size > 0 && !skipping) {
                hand(0, size, true);
            }
        }

        private void handOver() {
            int start = 0;
            for (int i = 0; i < size; i++) {
                if (buffer[i] == '\n') {
                    hand(start, i, true);
                    start = i + 1;
                }
            }
            if (size - start > LONGEST_LINE) {
                hand(start, start + LONGEST_LINE, false);
                skipping = true;
                start = size;
            }
            System.arraycopy(buffer, start, buffer, 0, size - start);
            size -= start;
        }

        private void hand(int from, int to, boolean ended) {
            if (skipping) {
                skipping = false;
                return;
            }
            boolean whole = ended && to - from <= LONGEST_LINE;
            int end = Math.min(to, from + LONGEST_LINE);
            if (whole && end > from && buffer[end - 1] == '\r') {
                end--;
            }
            reader.line(LogLine.of(buffer, from, end), ++number, whole);
        }
    }
}
