package bailiff.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What is found at a path when one looks, without opening anything: a pipe would block. */
sealed interface Look {

    /** A regular file. */
    record Present(FileStat stat) implements Look {}

    /** Nothing, or a symbolic link that leads nowhere. */
    record Missing() implements Look {}

    /** Something that is never read as a log. */
    record Refused(String reason) implements Look {}

    /** It cannot be said what is there. */
    record Unreadable(String reason) implements Look {}

    static Look at(Path path) {
        try {
            FileStat stat = FileStat.of(path);
            return switch (stat.kind()) {
                case FILE -> new Present(stat);
                case DIRECTORY -> new Refused("It is a directory.");
                case OTHER -> new Refused("It is a pipe, a socket or a device.");
            };
        } catch (NoSuchFileException e) {
            return new Missing();
        } catch (FileSystemException e) {
            return "Not a directory".equals(e.getReason()) ? new Missing() : new Unreadable(reason(e));
        } catch (IOException e) {
            return new Unreadable(reason(e));
        }
    }

    /** Whether this very file is found at the path. */
    static boolean isFile(Path path, FileStat file) {
        return at(path) instanceof Present present && present.stat.sameFile(file);
    }

    /** The directory at the path, if there is one. */
    static Optional<FileStat> directory(Path path) {
        try {
            return Optional.of(FileStat.of(path)).filter(stat -> stat.kind() == FileStat.Kind.DIRECTORY);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A sentence for people that says why a file cannot be read. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "Permission denied.";
        }
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() + "." : reason + ".";
    }
}
