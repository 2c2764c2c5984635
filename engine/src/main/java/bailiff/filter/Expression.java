package bailiff.filter;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.PatternSyntaxException;

/** One expression of a filter, ready to search. Not thread-safe: it holds its latest match. */
final class Expression {

    private final RegexSource source;
    private final Node root;
    private final boolean ofSeveralLines;
    private final Map<String, Integer> groupNumbers;
    private final Map<String, String> javaNames = new HashMap<>();
    private final ComplexNames complex;
    private final Matcher matcher;

    private Expression(RegexSource source, ParsedRegex parsed, Flags flags) {
        this.source = source;
        this.root = parsed.root();
        this.ofSeveralLines = flags.multiline();
        this.groupNumbers = parsed.groups().visibleNames();
        this.matcher = JavaTranslation.of(parsed).matcher("");
        this.complex = new ComplexNames(groupNumbers.keySet());
        groupNumbers.forEach((name, number) -> javaNames.put(name, JavaTranslation.javaName(number)));
    }

    /** The expression, compiled; {@code names}: whether {@code <HOST>} may be a name. */
    static Expression compile(RegexSource source, boolean names) throws RegexException {
        return compile(source, names, Flags.NONE);
    }

    /** The same with flags in force from the start. */
    static Expression compile(RegexSource source, boolean names, Flags flags) throws RegexException {
        ParsedRegex parsed = PythonRegexParser.parse(source, names, flags);
        try {
            return new Expression(source, parsed, flags);
        } catch (PatternSyntaxException e) {
            throw RegexException.whole(source, "what Java can match", "Java cannot match this: " + e.getDescription());
        }
    }

    RegexSource source() {
        return source;
    }

    Node root() {
        return root;
    }

    /** Whether it sees several lines together. */
    boolean isOfSeveralLines() {
        return ofSeveralLines;
    }

    /** The numbers of the named groups that can take part in a match. */
    Map<String, Integer> groupNumbers() {
        return groupNumbers;
    }

    /** Searches the text; the match stays readable until the next search. */
    boolean finds(CharSequence text) {
        return matcher.reset(text).find();
    }

    /** Whether a group of that name can be among those of a match. */
    boolean knows(String name) {
        return javaNames.containsKey(name) || complex.compose(name);
    }

    /** Adds every named group that took part in the latest match, and those that are made of others. */
    void groupsInto(Map<String, String> groups) {
        Map<String, String> found = new HashMap<>();
        javaNames.forEach((name, javaName) -> {
            String value = matcher.group(javaName);
            if (value != null) {
                found.put(name, value);
            }
        });
        complex.complete(found);
        groups.putAll(found);
    }

    /** Where the latest match begins. */
    int start() {
        return matcher.start();
    }

    /** Where the latest match ends. */
    int end() {
        return matcher.end();
    }

    /** Where a group of the latest match begins, or -1 if there is none or it took no part. */
    int start(String name) {
        String javaName = javaNames.get(name);
        return javaName == null ? -1 : matcher.start(javaName);
    }

    /** Where a group of the latest match ends, or -1 if there is none or it took no part. */
    int end(String name) {
        String javaName = javaNames.get(name);
        return javaName == null ? -1 : matcher.end(javaName);
    }
}
