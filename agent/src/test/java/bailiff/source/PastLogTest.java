package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class PastLogTest {

    @TempDir
    Path directory;

    @Test
    void read_plainFile_givesEveryLineWithItsNumber() throws IOException {
        assertThat(lines("one\r\n\ntwo\nlast".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("1 one", "2 ", "3 two", "4 last");
    }

    @Test
    void read_gzipOfSeveralMembers_isReadWhole() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String part : List.of("one\n", "two\n")) {
            try (OutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(lines(bytes.toByteArray())).containsExactly("1 one", "2 two");
    }

    @Test
    void read_xz_isToldByItsFirstBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream xz = new XZOutputStream(bytes, new LZMA2Options())) {
            xz.write("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(lines(bytes.toByteArray())).containsExactly("1 one", "2 two");
    }

    @Test
    void read_zstandard_isToldByItsFirstBytes() throws IOException {
        // "one\ntwo\n" as one raw block of RFC 8878: magic, frame header (single segment, 8 bytes), last raw block.
        byte[] zstd = HexFormat.of().parseHex("28b52ffd" + "2008" + "410000" + "6f6e650a74776f0a");

        assertThat(lines(zstd)).containsExactly("1 one", "2 two");
    }

    @Test
    void read_truncatedGzip_handsOverWhatIsThereAndSaysSo() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 100_000; i++) {
                gzip.write(("line " + i * 7919 % 104729 + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        List<String> lines = new ArrayList<>();

        assertThatThrownBy(() -> read(Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2), lines))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the compressed file ends too early, after line ");
        assertThat(lines).hasSizeGreaterThan(1_000);
    }

    @Test
    void read_endlessLine_isHandedOverOnceAndCut() throws IOException {
        byte[] bytes = ("a\n" + "x".repeat(1 << 20) + "\nb\n" + "y".repeat(PastLog.LONGEST_LINE) + "\n"
                        + "z".repeat(PastLog.LONGEST_LINE + 1) + "\nend")
                .getBytes(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();

        new PastLog("-", Instant.EPOCH, () -> new ByteArrayInputStream(bytes))
                .read((line, number, whole) ->
                        lines.add(number + " " + line.text().charAt(0) + line.length() + whole));

        assertThat(lines)
                .containsExactly("1 a1true", "2 x8192false", "3 b1true", "4 y8192true", "5 z8192false", "6 e3true");
    }

    @Test
    void file_remembersWhenItWasWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("auth.log"), "x\n");

        assertThat(PastLog.file(file).lastWritten())
                .isEqualTo(Files.getLastModifiedTime(file).toInstant());
    }

    private static List<String> lines(byte[] bytes) throws IOException {
        List<String> lines = new ArrayList<>();
        read(bytes, lines);
        return lines;
    }

    private static void read(byte[] bytes, List<String> lines) throws IOException {
        new PastLog("-", Instant.EPOCH, () -> new ByteArrayInputStream(bytes))
                .read((line, number, _) -> lines.add(number + " " + line.text()));
    }
}
