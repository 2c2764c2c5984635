package bailiff.config;

/**
 * Something in the configuration that an administrator has to know.
 *
 * @param severity whether the jail runs in spite of it
 * @param place where it was written
 * @param message what was read and what was expected, or what is not done; no line breaks or control characters
 */
public record Problem(Severity severity, Place place, String message) {

    /** A problem that leaves the jail out. */
    public static Problem error(Place place, String message) {
        return new Problem(Severity.ERROR, place, message);
    }

    /** A problem that the jail runs in spite of. */
    public static Problem warning(Place place, String message) {
        return new Problem(Severity.WARNING, place, message);
    }

    /** {@code file:line: [section] option: message}. */
    @Override
    public String toString() {
        String where = place.toString();
        return where.isEmpty() ? message : where + ": " + message;
    }
}
