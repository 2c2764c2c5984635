package bailiff.config;

/**
 * Where something was written.
 *
 * @param file the path, or {@code built-in} and a name; empty when it is no file's fault
 * @param line from 1; 0 when unknown
 * @param section without brackets; empty outside of all sections
 * @param option in lower case; empty when it is no option's fault
 */
public record Place(String file, int line, String section, String option) {

    /** A file as a whole. */
    static Place ofFile(String file) {
        return new Place(file, 0, "", "");
    }

    /** The same file, section and option at another line. */
    Place atLine(int other) {
        return new Place(file, other, section, option);
    }

    /** {@code file:line: [section] option}, without the parts that are not known, fit for a terminal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        if (!section.isEmpty()) {
            text.append(text.isEmpty() ? "[" : ": [").append(section).append(']');
        }
        if (!option.isEmpty()) {
            text.append(' ').append(option);
        }
        return Quoted.plain(text.toString());
    }
}
