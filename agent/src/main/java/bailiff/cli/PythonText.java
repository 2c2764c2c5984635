package bailiff.cli;

import java.util.Map;
import java.util.stream.Collectors;

/** Values as Python writes them down, for those who read fail2ban-regex's output by program. */
final class PythonText {

    private PythonText() {}

    /** The text in quotation marks: single ones, but double ones around a text that has single ones only. */
    static String quoted(String text) {
        char mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(mark);
        text.codePoints().forEach(c -> append(quoted, c, mark));
        return quoted.append(mark).toString();
    }

    private static void append(StringBuilder quoted, int c, char mark) {
        switch (c) {
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case '\\' -> quoted.append("\\\\");
            default -> {
                if (c == mark) {
                    quoted.append('\\').append(mark);
                } else if (Character.isISOControl(c)) {
                    quoted.append("\\x%02x".formatted(c));
                } else {
                    quoted.appendCodePoint(c);
                }
            }
        }
    }

    /** The pairs in braces, in the map's order. */
    static String pairs(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> quoted(pair.getKey()) + ": " + quoted(pair.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
