package bailiff.wire;

/** How protocol 0 writes texts: in quotes, with escapes. */
final class PickledText {

    private static final int HEX = 16;
    private static final String SIMPLE = "\\'\"abfnrtv";
    private static final String MEANING = "\\'\"\u0007\b\f\n\r\t\u000b";

    private PickledText() {}

    /** Python's {@code 'it\'s'} as the text that it means; ASCII only, as Python wants it. */
    static String quoted(String line) throws PickleException {
        int last = line.length() - 1;
        boolean quotes =
                last > 0 && (line.charAt(0) == '\'' || line.charAt(0) == '"') && line.charAt(0) == line.charAt(last);
        if (!quotes) {
            throw new PickleException("A text has no quotes.");
        }
        StringBuilder text = new StringBuilder();
        int at = 1;
        while (at < last) {
            char character = line.charAt(at);
            if (character > 0x7f) {
                throw new PickleException("A text is not US-ASCII.");
            }
            if (character != '\\') {
                text.append(character);
                at++;
            } else if (at + 3 < last + 1 && line.charAt(at + 1) == 'x' && at + 4 <= last) {
                text.append((char) hex(line.substring(at + 2, at + 4)));
                at += 4;
            } else {
                int simple = at + 1 < last ? SIMPLE.indexOf(line.charAt(at + 1)) : -1;
                if (simple < 0) {
                    throw new PickleException("A text has an escape that is not understood.");
                }
                text.append(MEANING.charAt(simple));
                at += 2;
            }
        }
        return text.toString();
    }

    /** Latin text with {@code \}{@code uXXXX} and {@code \UXXXXXXXX} in it as the text that it means. */
    static String rawUnicode(String line) throws PickleException {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < line.length()) {
            int digits = digits(line, at);
            if (digits == 0) {
                text.append(line.charAt(at));
                at++;
                continue;
            }
            if (at + 2 + digits > line.length()) {
                throw new PickleException("A text ends within an escape.");
            }
            int character = hex(line.substring(at + 2, at + 2 + digits));
            if (!Character.isValidCodePoint(character)) {
                throw new PickleException("A text has a character that does not exist.");
            }
            text.appendCodePoint(character);
            at += 2 + digits;
        }
        return text.toString();
    }

    private static int digits(String line, int at) {
        if (line.charAt(at) != '\\' || at + 1 == line.length()) {
            return 0;
        }
        return switch (line.charAt(at + 1)) {
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
    }

    private static int hex(String digits) throws PickleException {
        try {
            return Integer.parseUnsignedInt(digits, HEX);
        } catch (NumberFormatException e) {
            throw new PickleException("A text has an escape that is not understood.");
        }
    }
}
