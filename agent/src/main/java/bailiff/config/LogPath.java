package bailiff.config;

/**
 * Files that a jail reads.
 *
 * @param glob an absolute path, where {@code *}, {@code ?} and {@code [...]} stand for parts of names
 * @param start where a file begins to count that nothing is remembered of
 */
public record LogPath(String glob, Start start) {

    /** The first line to read. */
    public enum Start {
        /** The file's first. */
        HEAD,
        /** The first that is written from now on. */
        TAIL
    }
}
