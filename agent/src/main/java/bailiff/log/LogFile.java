package bailiff.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file to which records are appended; opened anew when its name leads to another one, as after a rotation. */
final class LogFile implements LogSink {

    /*
     * A disk that is full may take half of what is written. The next line then must not begin behind that half: readers
     * would take the two for one.
     */
    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private final Path path;
    private final RecordLayout layout;
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private boolean broken;

    LogFile(Path path, RecordLayout layout) {
        this.path = path.toAbsolutePath();
        this.layout = layout;
    }

    @Override
    public void write(List<LogRecord> records) throws IOException {
        FileChannel open = open();
        StringBuilder text = new StringBuilder(broken ? "\n" : "");
        records.forEach(entry -> text.append(layout.text(entry)).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
            broken = false;
        } catch (IOException e) {
            broken |= bytes.position() > 0;
            close();
            throw e;
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open != null && Objects.equals(key, keyNow())) {
            return open;
        }
        close();
        FileChannel opened = FileChannel.open(
                path, APPEND, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        channel = opened;
        key = keyNow();
        return opened;
    }

    private @Nullable Object keyNow() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException _) {
            return null;
        }
    }

    @Override
    public void renew() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
