package bailiff.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A file in the state directory that is read at the start and replaced as a whole, so that a crash leaves the old one or
 * the new one. Only the guard may read it. Not thread-safe.
 *
 * @param file where it is
 * @param most bytes that it has at most; a larger one is not read
 */
record StateFile(Path file, long most) {

    /** What is in it; nothing where there is none, or one that is too large. */
    Optional<byte[]> read() throws IOException {
        boolean isThere = Files.isRegularFile(file) && Files.size(file) <= most;
        return isThere ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    /** Puts these bytes in the place of what is in it. */
    void write(byte[] state) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(written);
        Files.createFile(written, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(written, state);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
