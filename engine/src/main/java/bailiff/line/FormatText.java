package bailiff.line;

import java.nio.charset.StandardCharsets;

/** The text of a format that stands between its fields, as the bytes of a line are compared with it. Immutable. */
final class FormatText {

    private final byte[] bytes;

    private FormatText(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The text without the backslashes that the configuration's own quotation marks ask for. */
    static FormatText of(String configured) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < configured.length(); i++) {
            char c = configured.charAt(i);
            if (c == '\\' && i + 1 < configured.length()) {
                c = configured.charAt(++i) == 't' ? '\t' : configured.charAt(i);
            }
            text.append(c);
        }
        return new FormatText(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    int length() {
        return bytes.length;
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    boolean endsInQuote() {
        return bytes.length > 0 && bytes[bytes.length - 1] == '"';
    }

    /** Whether it stands there, before {@code to}. */
    boolean stands(byte[] line, int at, int to) {
        if (at + bytes.length > to) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (line[at + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
