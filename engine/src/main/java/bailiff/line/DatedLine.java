package bailiff.line;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line after its time was looked for: the time, and the text that is left for the filter. Immutable. */
public final class DatedLine {

    private final Optional<Instant> time;
    private final String line;
    private final int from;
    private final int to;

    /** Built when it is asked for; any thread builds the same. */
    private @Nullable String rest;

    private DatedLine(Optional<Instant> time, String line, int from, int to) {
        this.time = time;
        this.line = line;
        this.from = from;
        this.to = to;
    }

    /** A line without its time, and that time. */
    public static DatedLine dated(Instant time, String rest) {
        return new DatedLine(Optional.of(time), rest, 0, 0);
    }

    /** A line out of which the characters from {@code from} up to {@code to} are cut. */
    static DatedLine cut(Optional<Instant> time, String line, int from, int to) {
        return new DatedLine(time, line, from, to);
    }

    /** When the line says it was written, as exactly as it says; nothing when it names no possible time. */
    public Optional<Instant> time() {
        return time;
    }

    /** The whole line, before anything was cut out. */
    public String line() {
        return line;
    }

    /** Where in {@link #line} that begins which is cut out. */
    public int cutFrom() {
        return from;
    }

    /** Where in {@link #line} that ends which is cut out; as {@link #cutFrom} where nothing is. */
    public int cutTo() {
        return to;
    }

    /** What stood before the time, directly followed by what stood after it; the whole line when there is no time. */
    public String rest() {
        String known = rest;
        if (known == null) {
            String after = line.substring(to);
            known = from == 0 ? after : line.substring(0, from).concat(after);
            rest = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return time.map(Instant::toString).orElse("undated") + ' ' + rest();
    }
}
