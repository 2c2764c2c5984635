package bailiff.cli;

import bailiff.control.ControlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
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

    private static final Path MADE = Path.of("made");

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

    /** How a file begins that the owner may have put elsewhere by a link: its first MiB, whatever it is. */
    static String begin(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * Puts a file there, or in place of the one that is there, with owner, group and rights of a model. It is made in a
     * directory that only we may write, and moved from there: whoever may write beside it could put another file in its
     * place before that is given its owner.
     */
    static void write(Path file, String text, Path model) throws IOException {
        PosixFileAttributes rights = Files.readAttributes(model, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Path parent = file.resolveSibling("");
        Path own = Files.createTempDirectory(parent, ".bailiff-");
        try (DirectoryStream<Path> outer = Files.newDirectoryStream(parent)) {
            if (!(outer instanceof SecureDirectoryStream<Path> folder)) {
                throw new FileSystemException(parent + ": a directory that cannot be held open");
            }
            try (SecureDirectoryStream<Path> inner =
                    folder.newDirectoryStream(own.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
                make(inner, own, text, rights);
                move(inner, folder, file.getFileName());
            }
        } finally {
            Files.deleteIfExists(own);
        }
    }

    private static void make(SecureDirectoryStream<Path> inner, Path own, String text, PosixFileAttributes rights)
            throws IOException {
        PosixFileAttributes held =
                inner.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
        if (!held.owner().equals(Files.getOwner(Path.of("/proc/self")))
                || !held.permissions().equals(PosixFilePermissions.fromString("rwx------"))) {
            throw new FileSystemException(own + ": somebody has exchanged the directory");
        }
        try (SeekableByteChannel channel = inner.newByteChannel(
                MADE,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            PosixFileAttributeView view =
                    inner.getFileAttributeView(MADE, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            view.setOwner(rights.owner());
            view.setGroup(rights.group());
            view.setPermissions(rights.permissions());
        }
    }

    private static void move(SecureDirectoryStream<Path> inner, SecureDirectoryStream<Path> folder, Path name)
            throws IOException {
        try {
            inner.move(MADE, folder, name);
        } catch (IOException e) {
            inner.deleteFile(MADE);
            throw e;
        }
    }
}
