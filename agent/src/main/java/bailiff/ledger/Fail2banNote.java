package bailiff.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * What fail2ban notes of a ban besides its times, as JSON: of that, what we keep.
 *
 * @param failures how many there were; 0 when it does not say
 * @param matches their lines, the last {@link #MOST_LINES} at most
 */
record Fail2banNote(int failures, List<String> matches) {

    /** More lines than the ledger keeps as evidence are of no use. */
    static final int MOST_LINES = 10;

    private static final Fail2banNote NOTHING = new Fail2banNote(0, List.of());

    /** Reads it; what is no JSON, or JSON of another kind, says nothing. */
    static Fail2banNote of(String json) {
        try {
            Object read = json.isEmpty() ? null : JSON.std.anyFrom(json);
            return read instanceof Map<?, ?> note
                    ? new Fail2banNote(number(note.get("failures")), lines(note.get("matches")))
                    : NOTHING;
        } catch (JacksonException e) {
            return NOTHING;
        }
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? (int) Math.clamp(number.longValue(), 0L, Integer.MAX_VALUE) : 0;
    }

    private static List<String> lines(@Nullable Object value) {
        List<String> lines = new ArrayList<>();
        if (value instanceof List<?> matches) {
            for (Object match : matches.subList(Math.max(0, matches.size() - MOST_LINES), matches.size())) {
                lines.add(line(match).strip());
            }
        }
        return lines;
    }

    /** A line, or its three parts: what stood before the date, the date, and what stood behind it. */
    private static String line(@Nullable Object match) {
        return match instanceof List<?> parts
                ? parts.stream().map(String::valueOf).collect(Collectors.joining())
                : String.valueOf(match);
    }
}
