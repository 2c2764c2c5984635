package bailiff.doctor;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes JSON apart that another program wrote: what is not there, or of another kind, is as if it were empty. */
final class Rows {

    private Rows() {}

    static List<Map<?, ?>> objects(@Nullable Object value) {
        List<?> all = value instanceof List<?> list ? list : List.of();
        return all.stream().<Map<?, ?>>map(Rows::object).toList();
    }

    static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<String> texts(@Nullable Object value) {
        List<?> all = value instanceof List<?> list ? list : List.of();
        return all.stream().map(String::valueOf).toList();
    }

    static String text(Map<?, ?> object, String name) {
        Object value = object.get(name);
        return value == null ? "" : String.valueOf(value);
    }
}
