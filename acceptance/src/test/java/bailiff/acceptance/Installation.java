package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A copy of the program for all to run: its launcher and its jar, without sources.
 *
 * <p>Not run where it was built: nobody but their owner may be allowed to read that, and a launcher that finds changed
 * sources would build while Maven does.
 */
final class Installation {

    private static final Path BUILT = Path.of("..").toAbsolutePath().normalize();
    private static final Installation SHARED = new Installation();

    private final Folder folder = Folder.make();

    private Installation() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(folder::close));
        copyTo(folder);
    }

    /** The launcher of the copy that all tests share. */
    static Path launcher() {
        return SHARED.folder.path().resolve("bailiff");
    }

    /** The Java that the launcher is to find: the one that runs the tests. */
    static Map<String, String> java() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"));
    }

    /** A file of the source tree that is part of the product. */
    static Path source(String name) {
        return BUILT.resolve(name);
    }

    /** Puts the program there, in the places that it has in its source tree. */
    static void copyTo(Folder folder) {
        try {
            Files.copy(BUILT.resolve("bailiff"), folder.path().resolve("bailiff"));
            Files.copy(
                    BUILT.resolve("agent/target/bailiff.jar"),
                    folder.directory("agent/target").resolve("bailiff.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
