package bailiff.line;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one JSON object of a line: its texts, numbers and words with their names, those of objects within objects
 * too, and of a list its first element. Takes RFC 8259's grammar, and in texts {@code \xHH} besides, which nginx writes
 * unless it is told {@code escape=json}. Not thread-safe.
 *
 * <p>The engine has a reader of its own because it depends on nothing: this one knows what a log line needs, and its work
 * and memory are within the line's length.
 */
final class JsonText {

    /** Caddy's deepest object lies three deep. */
    private static final int DEEPEST = 8;

    /** A text, number or word. */
    record Value(String text, boolean quoted) {

        /** The text with backslash and quotation mark escaped as Apache does, as {@link RequestTarget} reads it. */
        String asLogged() {
            return text.indexOf('\\') < 0 && text.indexOf('"') < 0
                    ? text
                    : text.replace("\\", "\\\\").replace("\"", "\\\"");
        }
    }

    /** Takes what is found. */
    @FunctionalInterface
    interface Taker {
        /**
         * Takes one value; false ends the reading, and the line is refused.
         *
         * @param parent the names around it, in lower case, joined by dots; empty at the top
         * @param name in lower case
         */
        boolean take(String parent, String name, Value value);
    }

    private byte[] bytes = {};
    private int at;
    private int to;
    private Taker taker = (_, _, _) -> false;

    /** Whether the bytes are one object and nothing else, and the taker took all that is in it. */
    boolean read(byte[] line, int from, int end, Taker sink) {
        bytes = line;
        at = from;
        to = end;
        taker = sink;
        blanks();
        if (!object("", 1)) {
            return false;
        }
        blanks();
        return at == to;
    }

    private boolean object(String path, int depth) {
        if (depth > DEEPEST || !skip('{')) {
            return false;
        }
        blanks();
        if (skip('}')) {
            return true;
        }
        do {
            blanks();
            String name = peek() == '"' ? string() : null;
            if (name == null) {
                return false;
            }
            blanks();
            if (!skip(':') || !value(path, name.toLowerCase(Locale.ROOT), depth)) {
                return false;
            }
            blanks();
        } while (skip(','));
        return skip('}');
    }

    private boolean value(String path, String name, int depth) {
        blanks();
        return switch (peek()) {
            case '{' -> object(path.isEmpty() ? name : path + "." + name, depth + 1);
            case '[' -> list(path, name, depth + 1);
            case '"' -> {
                String text = string();
                yield text != null && taker.take(path, name, new Value(text, true));
            }
            default -> {
                String word = word();
                yield !word.isEmpty() && taker.take(path, name, new Value(word.equals("null") ? "" : word, false));
            }
        };
    }

    private boolean list(String path, String name, int depth) {
        if (depth > DEEPEST || !skip('[')) {
            return false;
        }
        blanks();
        if (skip(']')) {
            return true;
        }
        // All but the first are read under a name that no field has.
        String called = name;
        do {
            if (!value(path, called, depth)) {
                return false;
            }
            called = "";
            blanks();
        } while (skip(','));
        return skip(']');
    }

    /** A number, or true, false or null. */
    private String word() {
        int from = at;
        while (at < to && isOfWord(bytes[at])) {
            at++;
        }
        return new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isOfWord(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || b == '-' || b == '+' || b == '.' || b == 'E';
    }

    /** The text that begins here; null where it does not end, or holds what a text may not. */
    private @Nullable String string() {
        int from = ++at;
        while (at < to && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] & 0xff) >= ' ') {
            at++;
        }
        if (at < to && bytes[at] == '"') {
            return new String(bytes, from, at++ - from, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(new String(bytes, from, at - from, StandardCharsets.UTF_8));
        while (at < to && (bytes[at] & 0xff) >= ' ') {
            if (bytes[at] == '"') {
                at++;
                return text.toString();
            }
            if (bytes[at] == '\\') {
                int c = escaped();
                if (c < 0) {
                    return null;
                }
                text.append((char) c);
            } else {
                int run = at;
                while (at < to && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] & 0xff) >= ' ') {
                    at++;
                }
                text.append(new String(bytes, run, at - run, StandardCharsets.UTF_8));
            }
        }
        return null;
    }

    private int escaped() {
        int letter = at + 1 < to ? bytes[at + 1] : 0;
        at += 2;
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex(4);
            case 'x' -> hex(2);
            default -> -1;
        };
    }

    private int hex(int digits) {
        if (at + digits > to) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit((char) bytes[at++], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private byte peek() {
        return at < to ? bytes[at] : 0;
    }

    private boolean skip(char wanted) {
        if (at < to && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
    }
}
