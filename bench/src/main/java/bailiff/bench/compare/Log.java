package bailiff.bench.compare;

import bailiff.bench.logs.LogGenerator;
import bailiff.bench.logs.LogRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A log on the disk.
 *
 * @param path where
 * @param lines how many
 * @param attacks how many of them are the attack
 * @param bytes how long
 */
record Log(Path path, long lines, long attacks, long bytes) {

    /** Makes one up. */
    static Log make(LogRecipe recipe, Path path) throws IOException {
        LogGenerator.Written written = LogGenerator.write(recipe, path);
        return new Log(path, written.lines(), written.attacks(), written.bytes());
    }

    /** Reads a file once, so that it lies in the page cache. */
    static void warm(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
