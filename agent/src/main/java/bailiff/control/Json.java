package bailiff.control;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.jr.ob.JSON;

/**
 * JSON Lines as the contract has them: one object a line, in ASCII, so that no hostile character reaches a terminal raw.
 *
 * <p>Safe for any thread.
 */
public final class Json {

    private static final JSON JSON_LINES = JSON.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .enable(JSON.Feature.WRITE_NULL_PROPERTIES)
            .build();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Json() {}

    /**
     * The object as one line, without a line feed; keys in the map's order, an empty {@link Optional} as {@code null},
     * also in objects that are its values.
     */
    public static String line(Map<String, ?> object) {
        return JSON_LINES.asString(plain(object));
    }

    private static Map<String, @Nullable Object> plain(Map<?, ?> object) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        object.forEach((key, value) -> plain.put(String.valueOf(key), plain(value)));
        return plain;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Optional<?> some -> some.orElse(null);
            case Map<?, ?> object -> plain(object);
            case null, default -> value;
        };
    }

    /**
     * The object that a line holds.
     *
     * @throws IllegalArgumentException when it holds none, with what was wrong
     */
    public static Map<String, Object> object(String line) {
        try {
            Map<String, Object> object = JSON_LINES.mapFrom(line);
            return object == null ? Map.of() : object;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    /** UTC in ISO 8601 with milliseconds. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** The end of something: {@link #time}, or -1 for {@link Instant#MAX}, which is for ever. */
    public static Object end(Instant end) {
        return end.equals(Instant.MAX) ? (Object) Integer.valueOf(-1) : time(end);
    }

    /** Whole seconds from one moment to the other; -1 when the other is {@link Instant#MAX}. */
    public static long seconds(Instant from, Instant to) {
        return to.equals(Instant.MAX) ? -1 : Duration.between(from, to).toSeconds();
    }

    /** An object of these keys and values in turn, in this order. */
    public static Map<String, Object> of(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return object;
    }
}
