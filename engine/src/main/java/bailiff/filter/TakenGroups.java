package bailiff.filter;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The named groups of one match: a handful, so they are asked for in a row, without a table. Immutable. */
final class TakenGroups extends AbstractMap<String, String> {

    private final String[] names;
    private final @Nullable String[] values;

    /** Neither array is changed any more; a value is null where the group took no part. */
    TakenGroups(String[] names, @Nullable String[] values) {
        this.names = names;
        this.values = values;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public String getOrDefault(@Nullable Object name, String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        Map<String, String> taken = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            String value = values[i];
            if (value != null) {
                taken.put(names[i], value);
            }
        }
        return Map.copyOf(taken).entrySet();
    }
}
