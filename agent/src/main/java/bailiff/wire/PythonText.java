package bailiff.wire;

import java.math.BigDecimal;

/** How Python writes values. */
final class PythonText {

    /* Python writes a float with an exponent outside of these. */
    private static final double LEAST_PLAIN = 1e-4;
    private static final double MOST_PLAIN = 1e16;
    private static final int ASCII = 0x7f;

    private PythonText() {}

    /** A number as {@code repr} writes it. */
    static String of(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(number);
        if (size == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        if (size >= LEAST_PLAIN && size < MOST_PLAIN) {
            String plain =
                    new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        return scientific(Double.toString(number));
    }

    /** Java's {@code 1.5E-7} as Python's {@code 1.5e-07}. */
    private static String scientific(String java) {
        int at = java.indexOf('E');
        String mantissa = java.substring(0, at);
        int exponent = Integer.parseInt(java.substring(at + 1));
        String shortened = mantissa.endsWith(".0") ? mantissa.substring(0, mantissa.length() - 2) : mantissa;
        return shortened + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** A text as {@code repr} writes it. */
    static String quoted(String text) {
        char quote = quote(text);
        StringBuilder quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(character -> {
            if (character == quote || character == '\\') {
                quoted.append('\\').appendCodePoint(character);
            } else if (isPrintable(character)) {
                quoted.appendCodePoint(character);
            } else {
                quoted.append(escape(character));
            }
        });
        return quoted.append(quote).toString();
    }

    /** Bytes as {@code repr} writes them, without the {@code b}. */
    static String quotedBytes(String latin) {
        char quote = quote(latin);
        StringBuilder quoted = new StringBuilder().append(quote);
        latin.chars().forEach(character -> {
            if (character == quote || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character >= ' ' && character < ASCII) {
                quoted.append((char) character);
            } else {
                quoted.append(escape(character));
            }
        });
        return quoted.append(quote).toString();
    }

    private static char quote(String text) {
        return text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                if (character <= 0xff) {
                    yield "\\x%02x".formatted(character);
                }
                yield character <= 0xffff ? "\\u%04x".formatted(character) : "\\U%08x".formatted(character);
            }
        };
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
