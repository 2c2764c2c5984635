package bailiff.filter;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.PatternSyntaxException;

/** One expression of a filter, ready to search. Not thread-safe: it holds its latest match. */
final class Expression {

    /** What searches. */
    enum Engine {
        /** The {@link Walker} where the expression's shape allows it, or else java.util.regex. */
        FITTING,
        /** Always java.util.regex, for comparison. */
        JAVA
    }

    private static final int NONE = -1;

    private final RegexSource source;
    private final Node root;
    private final boolean ofSeveralLines;
    private final Map<String, Integer> groupNumbers;
    private final ComplexNames complex;
    private final Optional<Program> program;
    private final Optional<Matcher> matcher;
    private final int[] slots;
    private final int content;

    private Expression(RegexSource source, ParsedRegex parsed, Flags flags, Engine engine) {
        this.source = source;
        this.root = parsed.root();
        this.ofSeveralLines = flags.multiline();
        this.groupNumbers = parsed.groups().visibleNames();
        this.complex = new ComplexNames(groupNumbers.keySet());
        this.program = engine == Engine.JAVA ? Optional.empty() : Program.of(parsed);
        this.matcher = program.isPresent()
                ? Optional.empty()
                : Optional.of(JavaTranslation.of(parsed).matcher(""));
        this.slots = new int[2 * (parsed.groups().count() + 1)];
        this.content = groupNumbers.entrySet().stream()
                .filter(group -> Subject.isContent(group.getKey()))
                .mapToInt(Map.Entry::getValue)
                .findFirst()
                .orElse(NONE);
    }

    /** The expression, compiled; {@code names}: whether {@code <HOST>} may be a name. */
    static Expression compile(RegexSource source, boolean names) throws RegexException {
        return compile(source, names, Flags.NONE);
    }

    /** The same with flags in force from the start. */
    static Expression compile(RegexSource source, boolean names, Flags flags) throws RegexException {
        return compile(source, names, flags, Engine.FITTING);
    }

    /** The same with a choice of who searches. */
    static Expression compile(RegexSource source, boolean names, Flags flags, Engine engine) throws RegexException {
        ParsedRegex parsed = PythonRegexParser.parse(source, names, flags);
        try {
            return new Expression(source, parsed, flags, engine);
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

    /** What searches, if it is not java.util.regex. */
    Optional<Program> program() {
        return program;
    }

    /** Searches the text; the match stays readable until the next search. */
    boolean finds(Subject subject) {
        return program.isPresent() ? subject.walker().finds(program.get(), slots) : findsByJava(subject);
    }

    private boolean findsByJava(Subject subject) {
        Matcher java = matcher.orElseThrow().reset(subject.metered());
        if (!java.find()) {
            return false;
        }
        slots[0] = subject.place(java.start());
        slots[1] = subject.place(java.end());
        groupNumbers.values().forEach(number -> {
            slots[2 * number] = subject.place(java.start(JavaTranslation.javaName(number)));
            slots[2 * number + 1] = subject.place(java.end(JavaTranslation.javaName(number)));
        });
        return true;
    }

    /** Whether a group of that name can be among those of a match. */
    boolean knows(String name) {
        return groupNumbers.containsKey(name) || complex.compose(name);
    }

    /** Adds every named group that took part in the latest match of that text, and those that are made of others. */
    void groupsInto(Map<String, String> groups, Subject subject) {
        Map<String, String> found = new HashMap<>();
        groupNumbers.forEach((name, number) -> {
            if (slots[2 * number] >= 0) {
                found.put(name, subject.text(slots[2 * number], slots[2 * number + 1]));
            }
        });
        complex.complete(found);
        groups.putAll(found);
    }

    /** Where the latest match begins. */
    int start() {
        return slots[0];
    }

    /** Where the latest match ends. */
    int end() {
        return slots[1];
    }

    /** Where the part begins in the latest match that the other expressions see; -1 where it picked none. */
    int contentStart() {
        return content == NONE ? NONE : slots[2 * content];
    }

    /** Where that part ends; -1 where there is none. */
    int contentEnd() {
        return content == NONE ? NONE : slots[2 * content + 1];
    }

    /** Whether groups of it stand in for others or are joined. */
    boolean isComposed() {
        return complex.isAny();
    }

    /** Where the group of that number begins in the latest match, or -1 if it took no part. */
    int start(int group) {
        return slots[2 * group];
    }

    /** Where the group of that number ends in the latest match, or -1 if it took no part. */
    int end(int group) {
        return slots[2 * group + 1];
    }

    /** Where a group of the latest match begins, or -1 if there is none or it took no part. */
    int start(String name) {
        Integer number = groupNumbers.get(name);
        return number == null ? -1 : slots[2 * number];
    }

    /** Where a group of the latest match ends, or -1 if there is none or it took no part. */
    int end(String name) {
        Integer number = groupNumbers.get(name);
        return number == null ? -1 : slots[2 * number + 1];
    }
}
