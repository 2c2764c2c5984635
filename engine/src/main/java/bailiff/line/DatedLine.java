package bailiff.line;

import java.time.Instant;
import java.util.Optional;

/** A line after its time was looked for: the time, and the text that is left for the filter. Immutable. */
public final class DatedLine {

    private final Optional<Instant> time;
    private final String rest;

    private DatedLine(Optional<Instant> time, String rest) {
        this.time = time;
        this.rest = rest;
    }

    /** A line without its time, and that time. */
    public static DatedLine dated(Instant time, String rest) {
        return new DatedLine(Optional.of(time), rest);
    }

    static DatedLine undated(String rest) {
        return new DatedLine(Optional.empty(), rest);
    }

    /** When the line says it was written, as exactly as it says; nothing when it names no possible time. */
    public Optional<Instant> time() {
        return time;
    }

    /** What stood before the time, directly followed by what stood after it; the whole line when there is no time. */
    public String rest() {
        return rest;
    }

    @Override
    public String toString() {
        return time.map(Instant::toString).orElse("undated") + ' ' + rest;
    }
}
