package bailiff.guard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file that lists whom never to ban: {@code file:/path} in {@code ignoreip}. Not thread-safe: the {@link Sanctuary}'s
 * lock guards it.
 *
 * <p>What it listed last holds while it cannot be read: that must not take a protection away.
 */
final class IgnoreFile {

    /** The largest file that is read, in bytes: some 60,000 addresses. */
    static final int LARGEST = 1 << 20;

    private static final Pattern COMMENT = Pattern.compile("[#;].*");
    private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

    private final Path path;
    private List<String> entries = List.of();
    private Object seen = "";
    private String problem = "";

    IgnoreFile(String path) {
        this.path = Path.of(path);
    }

    /** Reads the file when it is another than the last time, or there now; whether the entries may have changed. */
    boolean look() {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            Object stamp = List.of(now.lastModifiedTime(), now.size(), Objects.requireNonNullElse(now.fileKey(), ""));
            if (stamp.equals(seen)) {
                return false;
            }
            seen = stamp;
            read(now);
        } catch (IOException e) {
            seen = "";
            problem = Faults.words(e);
            return false;
        }
        return true;
    }

    private void read(BasicFileAttributes file) throws IOException {
        if (!file.isRegularFile()) {
            // A pipe would let everybody wait for whoever writes to it.
            problem = "Cannot use " + path + ": it is no file.";
            return;
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            problem = "Cannot use " + path + ": it is larger than " + LARGEST + " bytes.";
            return;
        }
        problem = "";
        entries = new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(line -> COMMENT.matcher(line).replaceFirst(""))
                .flatMap(line -> Stream.of(BETWEEN.split(line, -1)))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** What it lists: addresses, networks, names, and perhaps what is none of them. */
    List<String> entries() {
        return entries;
    }

    /** Why it cannot be read; empty when it can. */
    String problem() {
        return problem;
    }
}
