package bailiff.guard;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** What went wrong with a file, in words for a person: Java's exceptions often say no more than the file's name. */
final class Faults {

    private Faults() {}

    static String words(IOException fault) {
        return fault instanceof FileSystemException file
                ? "Cannot use " + file.getFile() + ": " + reason(file) + "."
                : Objects.requireNonNullElse(fault.getMessage(), fault.toString());
    }

    private static String reason(FileSystemException fault) {
        return switch (fault) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "there is no such directory";
            default ->
                Objects.requireNonNullElse(fault.getReason(), fault.getClass().getSimpleName());
        };
    }
}
