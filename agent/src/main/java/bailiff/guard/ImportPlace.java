package bailiff.guard;

import bailiff.config.Configuration;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an import works: the state directory, held so that no guard starts meanwhile; or for a rehearsal a copy of it,
 * which goes when it is over. Not thread-safe.
 */
final class ImportPlace implements Closeable {

    private static final List<String> FILES = List.of("", "-wal");
    private static final String PIDFILE = "/var/run/fail2ban/fail2ban.pid";

    private final Path directory;
    private final Opened opened;

    private ImportPlace(Path directory, Opened opened) {
        this.directory = directory;
        this.opened = opened;
    }

    static ImportPlace open(Path state, boolean rehearsal) throws IOException {
        Opened opened = new Opened();
        boolean usable = false;
        try {
            if (!rehearsal || Files.isDirectory(state)) {
                StateLock lock = lock(state);
                opened.add(lock::close);
            }
            Path directory = rehearsal ? copy(state, opened) : state;
            usable = true;
            return new ImportPlace(directory, opened);
        } finally {
            if (!usable) {
                opened.close();
            }
        }
    }

    private static StateLock lock(Path state) throws IOException {
        try {
            return StateLock.take(state);
        } catch (StateLock.TakenException e) {
            throw new IOException(
                    e.getMessage() + " Its ledger cannot be added to: end it with 'bailiff stop', then import.", e);
        }
    }

    private static Path copy(Path state, Opened opened) throws IOException {
        Path copy = Files.createTempDirectory("bailiff-import-");
        opened.add(() -> delete(copy));
        for (String ending : FILES) {
            Path file = state.resolve(Places.LEDGER + ending);
            if (Files.isRegularFile(file)) {
                Files.copy(file, copy.resolve(Places.LEDGER + ending));
            }
        }
        return copy;
    }

    private static void delete(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(copy);
    }

    Path directory() {
        return directory;
    }

    Path ledger() {
        return directory.resolve(Places.LEDGER);
    }

    /** Whether the process that fail2ban's pidfile names is alive. */
    static boolean fail2banRuns(Configuration configuration) {
        String configured = configuration.server().text("pidfile").strip();
        try {
            String pid = Files.readString(Path.of(configured.isEmpty() ? PIDFILE : configured))
                    .strip();
            return pid.matches("[0-9]{1,9}")
                    && ProcessHandle.of(Long.parseLong(pid)).isPresent();
        } catch (IOException | InvalidPathException _) {
            return false;
        }
    }

    @Override
    public void close() {
        opened.close();
    }
}
