package bailiff.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.sqlite.SQLiteJDBCLoader;

/** Loads SQLite, which the driver first unpacks into some directory that must allow programs to run from it. */
final class NativeLibrary {

    private static final String DIRECTORY = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /** Loads it once for the process, by way of the given directory, or else the system's one for temporary files. */
    static synchronized void load(Path directory) throws LedgerException {
        Set<Path> candidates = new LinkedHashSet<>();
        String configured = System.getProperty(DIRECTORY);
        candidates.add(configured == null ? directory : Path.of(configured));
        candidates.add(Path.of(System.getProperty("java.io.tmpdir")));
        removeLeftovers(directory);
        for (Path candidate : candidates) {
            if (loadBy(candidate)) {
                return;
            }
        }
        throw new LedgerException("SQLite cannot be loaded by way of any of " + candidates
                + "; are they mounted noexec? -D" + DIRECTORY + "=DIR names another");
    }

    private static boolean loadBy(Path directory) {
        System.setProperty(DIRECTORY, directory.toString());
        try {
            return SQLiteJDBCLoader.initialize();
        } catch (Exception _) { // what the driver declares
            return false;
        }
    }

    /** A killed process leaves its copy behind. One that runs keeps what it has loaded, though the name goes. */
    private static void removeLeftovers(Path directory) {
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(directory, "sqlite-*-*sqlitejdbc.so*")) {
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException _) {
            // Then they stay: 1.5 MB each.
        }
    }
}
