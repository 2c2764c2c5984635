package bailiff.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times as people read them: local, to the second. */
final class Times {

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    /* Lines of a log come in their order, so many in a row have the same second. */
    private static volatile Second last = new Second(0, LOCAL.format(Instant.EPOCH));

    private record Second(long epoch, String local) {}

    private Times() {}

    /** The moment in local time; {@code for ever} for {@link Instant#MAX}. */
    static String local(Instant time) {
        if (time.equals(Instant.MAX)) {
            return "for ever";
        }
        Second second = last;
        if (second.epoch() != time.getEpochSecond()) {
            second = new Second(time.getEpochSecond(), LOCAL.format(time));
            last = second;
        }
        return second.local();
    }

    /** The same for a time of the JSON contract: ISO 8601, or -1 for ever. */
    static String local(@Nullable Object time) {
        return time instanceof String text ? local(Instant.parse(text)) : "for ever";
    }
}
