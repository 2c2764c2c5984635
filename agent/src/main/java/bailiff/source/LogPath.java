package bailiff.source;

import java.nio.file.Path;

/**
 * One entry of a jail's {@code logpath}: a file or a pattern for files, and where to begin in those that are new to us.
 *
 * <p>A pattern is what fail2ban takes: {@code *}, {@code ?}, {@code [a-z]} and {@code [!a-z]} in any component of the
 * path, none of which crosses a {@code /} or matches a leading dot.
 *
 * @param pattern an absolute path, or one relative to the working directory
 * @param start where to begin in a file that was there before us and of which no bookmark is known
 */
public record LogPath(String pattern, Start start) {

    /** Where reading begins. */
    public enum Start {
        /** At the beginning: what stands in the file is history worth reading. */
        HEAD,
        /** At the end: only what comes from now on. */
        TAIL
    }

    /**
     * Checks the pattern.
     *
     * @throws IllegalArgumentException when it cannot be the path of a file: it holds a NUL character or names none
     */
    public LogPath {
        if (Path.of(pattern).toAbsolutePath().normalize().getNameCount() == 0) {
            throw new IllegalArgumentException("Not the path of a file: " + pattern);
        }
    }
}
