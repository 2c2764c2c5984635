package bailiff.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A file that keeps what would be costly to learn again: read once, written whole. A crash leaves the old one or the new
 * one. Nobody but the guard may read it.
 *
 * @param path where it is
 * @param mostBytes of a larger one nothing is believed
 */
record StateFile(Path path, long mostBytes) {

    /** What stands in it; nothing where it is not there, or too large. */
    Optional<byte[]> read() throws IOException {
        return Files.isRegularFile(path) && Files.size(path) <= mostBytes
                ? Optional.of(Files.readAllBytes(path))
                : Optional.empty();
    }

    void write(byte[] state) throws IOException {
        Path written = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(written);
        Files.createFile(written, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(written, state);
        Files.move(written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
