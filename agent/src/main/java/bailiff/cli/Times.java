package bailiff.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times as people read them: local, to the second. */
final class Times {

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private Times() {}

    /** The moment in local time; {@code for ever} for {@link Instant#MAX}. */
    static String local(Instant time) {
        return time.equals(Instant.MAX) ? "for ever" : LOCAL.format(time);
    }

    /** The same for a time of the JSON contract: ISO 8601, or -1 for ever. */
    static String local(@Nullable Object time) {
        return time instanceof String text ? local(Instant.parse(text)) : "for ever";
    }
}
