package bailiff.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/**
 * What the file system says of a file, in one call: which file it is and whether it has changed.
 *
 * @param device the number of the file system
 * @param inode the number of the file on it, which stays when the file is renamed
 * @param size in bytes
 * @param modified when its content last changed
 * @param kind what it is
 */
record FileStat(long device, long inode, long size, FileTime modified, Kind kind) {

    enum Kind {
        FILE,
        DIRECTORY,
        OTHER
    }

    /** The state of the file to which the path leads, symbolic links resolved. */
    static FileStat of(Path path) throws IOException {
        Map<String, Object> found =
                Files.readAttributes(path, "unix:dev,ino,size,lastModifiedTime,isRegularFile,isDirectory");
        return new FileStat(
                number(found, "dev"),
                number(found, "ino"),
                number(found, "size"),
                (FileTime) value(found, "lastModifiedTime"),
                kind(found));
    }

    /** Whether both speak of the same file, whatever its name and content. */
    boolean sameFile(FileStat other) {
        return inode == other.inode && device == other.device;
    }

    private static Kind kind(Map<String, Object> found) {
        if (value(found, "isRegularFile").equals(true)) {
            return Kind.FILE;
        }
        return value(found, "isDirectory").equals(true) ? Kind.DIRECTORY : Kind.OTHER;
    }

    private static long number(Map<String, Object> found, String name) {
        return ((Number) value(found, name)).longValue();
    }

    private static Object value(Map<String, Object> found, String name) {
        return Objects.requireNonNull(found.get(name), name);
    }
}
