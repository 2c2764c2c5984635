package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {

    @TempDir
    Path directory;

    @Test
    void read_plainFile_anyRangeUpToItsEnd() throws IOException {
        Path file = directory.resolve("log");
        Logs.append(file, "0123456789");

        try (Feed feed = Feed.open(file)) {
            assertThat(text(feed.range(3, 4))).isEqualTo("3456");
            assertThat(text(feed.range(8, 4))).isEqualTo("89");
            assertThat(feed.range(20, 4)).isEmpty();
            assertThat(feed.size()).isEqualTo(10);
        }
    }

    @Test
    void read_compressedFileInRandomSteps_isTheContent() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] content = new byte[3 * LineCutter.BLOCK];
            random.nextBytes(content);
            Path file = directory.resolve(seed + ".log");
            Logs.append(file, content);
            Logs.gzip(file);

            try (Feed feed = Feed.open(directory.resolve(seed + ".log.gz"))) {
                assertThat(readInSteps(feed, content.length, random))
                        .as("seed %d", seed)
                        .isEqualTo(content);
            }
        }
    }

    @Test
    void read_severalCompressedMembers_readsThemAll() throws IOException {
        Path file = directory.resolve("log.gz");
        for (String part : new String[] {"one\n", "two\n"}) {
            try (OutputStream to = new GZIPOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
                to.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }

        try (Feed feed = Feed.open(file)) {
            assertThat(text(feed.range(0, 100))).isEqualTo("one\ntwo\n");
        }
    }

    /** As the follower does: each reading goes on within what the one before has read. */
    private static byte[] readInSteps(Feed feed, int length, SplittableRandom random) throws IOException {
        byte[] block = new byte[LineCutter.BLOCK];
        byte[] content = new byte[length];
        for (int at = 0; at < length; ) {
            int found = feed.read(block, 1 + random.nextInt(LineCutter.BLOCK), at);
            System.arraycopy(block, 0, content, at, found);
            at += random.nextInt(found + 1);
        }
        return content;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
