package bailiff.source;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The bytes of an open file, counted from its beginning, decompressed where it is compressed. */
sealed interface Feed extends Closeable {

    /**
     * Reads as many bytes as there are from the position on, at most {@code most}, to the beginning of the array.
     *
     * @return how many; fewer than {@code most} at the end of the file only
     */
    int read(byte[] into, int most, long position) throws IOException;

    /** How many bytes there are to read; 0 where that is not known. */
    long size() throws IOException;

    /** Whether a writer may still append to it. */
    boolean grows();

    /** Opens a regular file. */
    static Feed open(Path file) throws IOException {
        return Rotations.isGzip(file) ? Gzip.open(file) : new Plain(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** The bytes of that range; fewer where the file ends before. */
    default byte[] range(long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        int found = read(bytes, length, from);
        return found == length ? bytes : Arrays.copyOf(bytes, found);
    }

    /** A file as it is; any position may be read. */
    record Plain(FileChannel channel) implements Feed {

        @Override
        public int read(byte[] into, int most, long position) throws IOException {
            ByteBuffer target = ByteBuffer.wrap(into, 0, most);
            while (target.hasRemaining()) {
                if (channel.read(target, position + target.position()) < 0) {
                    break;
                }
            }
            return target.position();
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public boolean grows() {
            return true;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** A compressed file; a position must lie within the range that the call before has read, or at its end. */
    final class Gzip implements Feed {

        private static final int INPUT = 16 * 1024;

        private final BufferedInputStream bytes;
        private long base;

        private Gzip(InputStream bytes) {
            this.bytes = new BufferedInputStream(bytes);
            this.bytes.mark(LineCutter.BLOCK);
        }

        private static Gzip open(Path file) throws IOException {
            InputStream raw = Files.newInputStream(file);
            try {
                return new Gzip(new GZIPInputStream(raw, INPUT));
            } catch (IOException e) {
                raw.close();
                throw e;
            }
        }

        @Override
        public int read(byte[] into, int most, long position) throws IOException {
            bytes.reset();
            bytes.skipNBytes(position - base);
            bytes.mark(LineCutter.BLOCK);
            base = position;
            return readUpTo(into, most);
        }

        /** A file that breaks off or is damaged ends there: nothing better would come of trying again. */
        private int readUpTo(byte[] into, int most) throws IOException {
            int found = 0;
            try {
                for (int n = 0; n >= 0 && found < most; found += Math.max(n, 0)) {
                    n = bytes.read(into, found, most - found);
                }
            } catch (IOException e) {
                return found;
            }
            return found;
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public boolean grows() {
            return false;
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
