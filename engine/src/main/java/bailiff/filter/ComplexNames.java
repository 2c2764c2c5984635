package bailiff.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The groups of an expression that stand in for another group ({@code alt_user_1} for {@code user}) or are joined with
 * it ({@code tuple_id} with {@code fid}), and how. Immutable.
 */
final class ComplexNames {

    private static final Pattern ALTERNATIVE = Pattern.compile("alt_(.+?)(?:_[0-9]+)?");
    private static final Pattern TUPLE = Pattern.compile("tuple_(.+?)(?:_[0-9]+)?");

    /** A group and the one that it completes. */
    private record Part(String name, String target) {}

    private final List<Part> alternatives;
    private final List<Part> tuples;

    ComplexNames(Collection<String> names) {
        this.alternatives = parts(names, ALTERNATIVE);
        this.tuples = parts(names, TUPLE);
    }

    private static List<Part> parts(Collection<String> names, Pattern form) {
        List<Part> parts = new ArrayList<>();
        for (String name : names.stream().sorted().toList()) {
            Matcher matcher = form.matcher(name);
            if (matcher.matches()) {
                parts.add(new Part(name, Tags.group("F-" + matcher.group(1))));
            }
        }
        return List.copyOf(parts);
    }

    /** Whether there is any. */
    boolean isAny() {
        return !alternatives.isEmpty() || !tuples.isEmpty();
    }

    /** Whether the group is put together out of others. */
    boolean compose(String name) {
        return alternatives.stream().anyMatch(part -> part.target().equals(name)) || isTuple(name);
    }

    private boolean isTuple(String name) {
        return tuples.stream().anyMatch(part -> part.target().equals(name));
    }

    /** Adds to the groups of a match what stands in and what is joined. */
    void complete(Map<String, String> groups) {
        for (Part part : alternatives) {
            String value = groups.getOrDefault(part.name(), "");
            if (!value.isEmpty() && groups.getOrDefault(part.target(), "").isEmpty()) {
                groups.put(part.target(), value);
            }
        }
        Map<String, List<String>> joined = new LinkedHashMap<>();
        for (Part part : tuples) {
            joined.computeIfAbsent(part.target(), target -> new ArrayList<>(List.of(written(groups, target))))
                    .add(written(groups, part.name()));
        }
        joined.forEach(
                (target, values) -> groups.put(target, values.stream().collect(Collectors.joining(", ", "(", ")"))));
    }

    /** As fail2ban's log writes a part of such an id. */
    private static String written(Map<String, String> groups, String name) {
        String value = groups.get(name);
        return value == null ? "None" : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
