package bailiff.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the objects of findings, each with its kind under {@code finding}. Stateless. */
final class Json {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Json() {}

    static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }

    static @Nullable Double seconds(long millis) {
        return millis < 0 ? null : millis / 1_000.0;
    }

    static String name(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    static Map<String, @Nullable Object> of(String finding, @Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("finding", finding);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return object;
    }
}
