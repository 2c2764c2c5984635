package bailiff.cli;

import bailiff.control.ControlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Small files in a directory that the web server's user may write, too, while we may be root: so no symbolic link is
 * followed, and a file is replaced as a whole. Texts are bytes, one letter each.
 */
final class SiteFile {

    /* Files of settings are far smaller; what is larger is none. */
    private static final int MOST_BYTES = 1 << 20;

    private SiteFile() {}

    /** What the file holds; nothing when there is none. */
    static Optional<String> read(Path file) throws ControlException, IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ControlException(
                    ControlException.FAILED, file + ": this is no plain file (a link, perhaps), and is left alone.");
        }
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new ControlException(ControlException.FAILED, file + ": more than 1 MiB is no file of settings.");
            }
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** Puts a file there, or in place of the one that is there, with owner, group and rights of a model. */
    static void write(Path file, String text, Path model) throws IOException {
        PosixFileAttributes rights =
                Files.readAttributes(model, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Path made = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(made);
        try {
            try (SeekableByteChannel channel = Files.newByteChannel(
                    made,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(rights.permissions()))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            PosixFileAttributeView view =
                    Files.getFileAttributeView(made, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            view.setOwner(rights.owner());
            view.setGroup(rights.group());
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
