package bailiff.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code name[option=value, option="value", option='value'][...]}, one or several with blanks between them.
 *
 * <p>Made for one text; not thread-safe.
 */
final class CallParser {

    private static final Pattern OPTION = Pattern.compile("[\\w\\-.]++(?:\\?[\\w\\-.]++=[\\w\\-.]++)?+(?==)");
    static final int MOST = 100;

    private final Passage passage;
    private final String text;
    private int at;

    private CallParser(Passage passage) {
        this.passage = passage;
        this.text = passage.text();
    }

    /** The one call that the value is. */
    static Call one(Passage value) throws BadValue {
        List<Call> calls = all(value);
        if (calls.size() != 1) {
            throw new BadValue(value.place(), "read " + Quoted.of(value.text()) + ", expected one name[option=value]");
        }
        return calls.getFirst();
    }

    /** All calls of the value, at most {@link #MOST}. */
    static List<Call> all(Passage value) throws BadValue {
        CallParser parser = new CallParser(value);
        List<Call> calls = new ArrayList<>();
        parser.skipBlanks();
        while (parser.at < parser.text.length()) {
            if (calls.size() == MOST) {
                throw new BadValue(value.place(), "expected at most " + MOST + " items");
            }
            calls.add(parser.call());
            parser.skipBlanks();
        }
        return calls;
    }

    private Call call() throws BadValue {
        int start = at;
        while (at < text.length() && text.charAt(at) != '[' && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            throw wrong("a name right before '['");
        }
        Map<String, Passage> arguments = new LinkedHashMap<>();
        if (at < text.length() && text.charAt(at) == '[') {
            at++;
            brackets(arguments);
            if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                throw wrong("a blank or the end");
            }
        }
        return new Call(name, arguments);
    }

    /** One pair of brackets and those that follow it, which they do after an argument only; the first is open already. */
    private void brackets(Map<String, Passage> arguments) throws BadValue {
        boolean open = true;
        while (open) {
            skipBlanks();
            boolean comma = peek() == ',';
            if (comma) {
                at++;
                skipBlanks();
            }
            boolean argument = !comma && peek() != ']';
            if (argument) {
                argument(arguments);
            }
            if (at == text.length() || (comma && peek() != ']')) {
                throw wrong("']'");
            }
            open = text.charAt(at++) == ',' || (argument && opensAnother());
        }
    }

    private boolean opensAnother() {
        int start = at;
        skipBlanks();
        if (peek() == '[') {
            at++;
            return true;
        }
        at = start;
        return false;
    }

    private void argument(Map<String, Passage> arguments) throws BadValue {
        Matcher option = OPTION.matcher(text).region(at, text.length());
        if (!option.lookingAt()) {
            throw wrong("option=value");
        }
        at = option.end() + 1;
        arguments.put(option.group(), Passage.of(value().strip(), passage.place()));
    }

    /** A value in quotes, which end right before a comma or bracket, or a bare one up to there. */
    private String value() throws BadValue {
        int start = at;
        char first = peek();
        int end = first == '"' || first == '\'' ? text.indexOf(first, at + 1) : -1;
        if (end >= 0) {
            at = end + 1;
            if (at < text.length() && peek() != ',' && peek() != ']') {
                throw wrong("',' or ']'");
            }
            return text.substring(start + 1, end);
        }
        while (at < text.length() && peek() != ',' && peek() != ']') {
            at++;
        }
        return text.substring(start, at);
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private BadValue wrong(String expected) {
        String rest = at < text.length() ? Quoted.of(text.substring(at)) : "the end";
        return new BadValue(passage.place(), "read " + rest + " at position " + (at + 1) + ", expected " + expected);
    }
}
