package bailiff.cli;

import bailiff.wire.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A value as Python's {@code pprint} writes it, the way fail2ban's client asks it to: what is too long for a line of
 * 1,000 characters is broken at its elements and, within a text, at its line ends and blanks. Made for one value.
 */
final class PrettyPython {

    private static final int WIDTH = 1_000;
    private static final int STEP = 2;
    private static final String BREAKS = "\\n\\r\\x0b\\f\\x1c-\\x1e\\x85\\u2028\\u2029";
    private static final Pattern LINES =
            Pattern.compile("[^" + BREAKS + "]*+(?:\\r\\n|[" + BREAKS + "])|[^" + BREAKS + "]++");
    private static final Pattern WORDS = Pattern.compile("\\S++\\s*+|\\s++", Pattern.UNICODE_CHARACTER_CLASS);

    private final StringBuilder text = new StringBuilder();

    private PrettyPython() {}

    /** The value, over several lines where it needs them. */
    static String of(Value value) {
        PrettyPython pretty = new PrettyPython();
        pretty.write(value, 0, 0);
        return pretty.text.toString();
    }

    /** Writes a value that begins in that column, when so many closing brackets are to follow it in its last line. */
    private void write(Value value, int column, int following) {
        String plain = value.repr();
        if (length(plain) <= WIDTH - column - following) {
            text.append(plain);
            return;
        }
        switch (value) {
            case Value.Sequence(List<Value> values) -> items("[", values, "]", column, following);
            case Value.Table(Map<Value, Value> entries) -> entries(entries, column, following);
            case Value.Text(String written) -> pieces(written, plain, column, following);
            case Value.None _, Value.Truth _, Value.Whole _, Value.Real _, Value.Raw _, Value.Tuple _, Value.Group _ ->
                text.append(plain);
        }
    }

    private void items(String open, List<Value> values, String close, int column, int following) {
        text.append(open).append(" ".repeat(STEP - 1));
        for (int i = 0; i < values.size(); i++) {
            boolean last = i == values.size() - 1;
            write(values.get(i), column + STEP, last ? following + 1 : 1);
            text.append(last ? "" : ",\n" + " ".repeat(column + STEP));
        }
        text.append(close);
    }

    private void entries(Map<Value, Value> entries, int column, int following) {
        text.append('{').append(" ".repeat(STEP - 1));
        List<Value> keys = entries.keySet().stream()
                .sorted(Comparator.comparing(Value::str))
                .toList();
        for (int i = 0; i < keys.size(); i++) {
            boolean last = i == keys.size() - 1;
            String key = keys.get(i).repr() + ": ";
            text.append(key);
            Value value = entries.getOrDefault(keys.get(i), Value.none());
            write(value, column + STEP + length(key), last ? following + 1 : 1);
            text.append(last ? "" : ",\n" + " ".repeat(column + STEP));
        }
        text.append('}');
    }

    private void pieces(String written, String plain, int column, int following) {
        List<String> lines =
                LINES.matcher(written).results().map(MatchResult::group).toList();
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i == lines.size() - 1;
            String whole = Value.of(lines.get(i)).repr();
            if (length(whole) <= WIDTH - column - (last ? following : 0)) {
                pieces.add(whole);
            } else {
                words(lines.get(i), column, last ? following : 0, pieces);
            }
        }
        text.append(pieces.isEmpty() ? plain : String.join("\n" + " ".repeat(column), pieces));
    }

    /** As many words as fit into a line, and so on; a word that is too long has a line of its own. */
    private static void words(String line, int column, int following, List<String> pieces) {
        List<String> words =
                WORDS.matcher(line).results().map(MatchResult::group).toList();
        String current = "";
        for (int i = 0; i < words.size(); i++) {
            int width = WIDTH - column - (i == words.size() - 1 ? following : 0);
            String candidate = current + words.get(i);
            if (length(Value.of(candidate).repr()) > width) {
                if (!current.isEmpty()) {
                    pieces.add(Value.of(current).repr());
                }
                current = words.get(i);
            } else {
                current = candidate;
            }
        }
        if (!current.isEmpty()) {
            pieces.add(Value.of(current).repr());
        }
    }

    private static int length(String shown) {
        return shown.codePointCount(0, shown.length());
    }
}
