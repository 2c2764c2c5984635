package bailiff.ban;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a formula, of which a {@link FormulaParser} takes one piece after the other. Not thread-safe. */
final class FormulaText {

    private static final Pattern NUMBER = Pattern.compile(
            "(?<float>(?:\\d++(?:_\\d++)*+)?\\.(?:\\d++(?:_\\d++)*+)(?:[eE][+-]?\\d++)?|\\d++(?:_\\d++)*+(?:\\.(?:[eE][+-]?\\d++)?"
                    + "|[eE][+-]?\\d++))|(?<radix>0[xX][0-9a-fA-F]++|0[oO][0-7]++|0[bB][01]++)|(?<whole>\\d++(?:_\\d++)*+)");
    private static final Pattern LEADING_ZERO = Pattern.compile("0[0_]*+[1-9].*+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*+(?:\\s*+\\.\\s*+[A-Za-z_]\\w*+)*+");

    private static final Pattern BLANKS = Pattern.compile("\\s");

    private final String text;
    private int at;
    private int parentheses;

    FormulaText(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        skipBlanks();
        return at == text.length();
    }

    /** Whether that character comes next. */
    boolean isAt(char c) {
        skipBlanks();
        return at < text.length() && text.charAt(at) == c;
    }

    /** Takes a parenthesis that opens, if one comes next; {@link #close} belongs to it. */
    boolean opens() {
        boolean opens = symbol("(");
        parentheses += opens ? 1 : 0;
        return opens;
    }

    void close() throws FormulaException {
        if (!symbol(")")) {
            throw wrong("expected )");
        }
        parentheses--;
    }

    /** The name with its dots that comes next, which is not taken; empty where none does. */
    String name() {
        skipBlanks();
        Matcher name = NAME.matcher(text).region(at, text.length());
        return name.lookingAt() ? BLANKS.matcher(name.group()).replaceAll("") : "";
    }

    /** Takes that name. */
    void takeName() {
        Matcher name = NAME.matcher(text).region(at, text.length());
        at = name.lookingAt() ? name.end() : at;
    }

    /** Takes a number if one comes next. */
    Optional<PythonNumber> number() throws FormulaException {
        skipBlanks();
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            return Optional.empty();
        }
        PythonNumber value = value(number);
        at = number.end();
        return Optional.of(value);
    }

    private PythonNumber value(Matcher number) throws FormulaException {
        String digits = number.group().replace("_", "");
        boolean runsOn = number.end() < text.length() && Character.isLetter(text.charAt(number.end()));
        boolean isWhole = number.group("whole") != null;
        // Python takes "1if x else y" with a warning, and refuses 08; neither means what it seems to.
        if (runsOn || (isWhole && LEADING_ZERO.matcher(digits).matches())) {
            throw wrong("expected a number");
        }
        if (number.group("float") != null) {
            return PythonNumber.of(Double.parseDouble(digits));
        }
        if (isWhole) {
            return new PythonNumber.Whole(new BigInteger(digits));
        }
        int radix = switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            default -> 2;
        };
        return new PythonNumber.Whole(new BigInteger(digits.substring(2), radix));
    }

    /** Takes the symbol if it comes next and is not the start of a longer one. */
    boolean symbol(String symbol) {
        skipBlanks();
        boolean longer = (symbol.equals("*") && text.startsWith("**", at))
                || (symbol.equals("<") && text.startsWith("<<", at))
                || (symbol.equals(">") && text.startsWith(">>", at));
        if (longer || !text.startsWith(symbol, at)) {
            return false;
        }
        at += symbol.length();
        return true;
    }

    /** Takes the word if it comes next and ends there. */
    boolean word(String word) {
        skipBlanks();
        int end = at + word.length();
        boolean whole = end >= text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
        if (!whole || !text.startsWith(word, at)) {
            return false;
        }
        at = end;
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    /** A line may end within parentheses only. */
    private boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f' || (parentheses > 0 && (c == '\n' || c == '\r'));
    }

    /** What is wrong with that which comes next. */
    FormulaException wrong(String expected) {
        String rest = at < text.length() ? "'" + text.substring(at, Math.min(at + 12, text.length())) + "'" : "the end";
        return new FormulaException("read " + rest + " at character " + (at + 1) + ", " + expected);
    }
}
