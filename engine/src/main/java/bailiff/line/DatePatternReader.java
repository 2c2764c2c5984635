package bailiff.line;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads one datepattern: directives, words in braces, and between them an expression in Python's dialect. */
final class DatePatternReader {

    /*
     * What is written here for Java keeps, for each of its characters, the place in the administrator's text that it
     * comes from, so that a complaint of the expression compiler can be passed on in his terms.
     *
     * What is cut out is, as in fail2ban, the first group of all, where there is one without a name: directives are
     * groups too. Where there is none without a name, all that the expression takes is cut out; likewise where it
     * holds {EPOCH} or {LEPOCH}.
     */

    /** No datepattern that a person writes is as long; a longer one would only cost time and stack. */
    static final int LONGEST = 8_192;

    private static final String CUT = "cut";
    private static final String WORD_STARTS = "(?:^|\\b|(?=\\W))";
    private static final String WORD_ENDS = "(?:\\b|(?=\\W)|$)";
    private static final String DIRECTIVES =
            "one of %a %A %b %B %c %d %f %G %H %I %j %k %l %m %M %p %S %u %U %V %w %W %x %X %y %Y %z %Z %%,"
                    + " or the exact %ExY %Exy %Exm %Exd %ExH %Exk %Exl %ExM %ExS %ExZ %Exz";
    private static final Map<String, String> COMPOSED =
            Map.of("%c", "%a\\s+%b\\s+%d\\s+%H:%M:%S\\s+%Y", "%x", "%m/%d/%y", "%X", "%H:%M:%S");
    private static final Pattern PLAIN_GROUP = Pattern.compile("(?<!\\(\\?)(?<!\\\\)\\((?!\\?)");
    private static final Pattern EPOCH = Pattern.compile("(?<!\\\\)\\{L?EPOCH}", Pattern.CASE_INSENSITIVE);
    private static final Pattern GLOBAL_FLAGS = Pattern.compile("\\(\\?([aiLmsux]+)\\)");
    private static final int FLAGS = Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS;

    private final String pattern;
    private final DateExpression out;
    private final Map<String, DateToken> directives;
    private final List<String> groups = new ArrayList<>();
    private final DatePatternEnds ends;
    private int flags = FLAGS;
    private int at;

    private DatePatternReader(String pattern, DateExpression out, Map<String, DateToken> directives) {
        this.pattern = pattern;
        this.out = out;
        this.directives = directives;
        this.ends = DatePatternEnds.of(pattern);
        this.at = ends.body();
    }

    /** The template that one line of the option means; not one of the words that mean a default. */
    static DateTemplate read(String pattern) throws DatePatternException {
        if (pattern.length() > LONGEST) {
            String shown = pattern.substring(0, 40) + "...";
            throw new DatePatternException(shown, 1, "stand " + pattern.length() + " characters", "at most " + LONGEST);
        }
        boolean grouped = PLAIN_GROUP.matcher(pattern).find();
        return reader(pattern).template(!grouped || EPOCH.matcher(pattern).find());
    }

    /** The template of a pattern of the program's own, of which the first group without a name is cut out. */
    static DateTemplate builtIn(String pattern) throws DatePatternException {
        return reader(pattern).template(!PLAIN_GROUP.matcher(pattern).find());
    }

    private static DatePatternReader reader(String pattern) {
        return new DatePatternReader(pattern, new DateExpression(), new LinkedHashMap<>());
    }

    private DateTemplate template(boolean whole) throws DatePatternException {
        if (ends.lineStart()) {
            out.add("^\\W{0,2}", at);
        } else if (ends.wordStart()) {
            out.add(WORD_STARTS, at);
        }
        if (whole) {
            wrapped();
        } else {
            pieces(pattern.length());
        }
        if (ends.wordEnd()) {
            out.add(WORD_ENDS, pattern.length());
        }
        String cut = groups.isEmpty() ? CUT : groups.getFirst();
        return new DatePattern(pattern, compile(), directives, cut, ends.anchored(), CutPlaces.of(pattern, whole));
    }

    /** All of it as the group to be cut out, save anchors, which hold for every alternative. */
    private void wrapped() throws DatePatternException {
        if (pattern.startsWith("^", at)) {
            copyAs("^", 1);
        }
        boolean anchored = pattern.endsWith("$") && !pattern.endsWith("\\$") && pattern.length() > at;
        int end = pattern.length() - (anchored ? 1 : 0);
        groups.add(CUT);
        out.add("(?<" + CUT + ">", at);
        pieces(end);
        out.add(anchored ? ")$" : ")", end);
        at = pattern.length();
    }

    private void pieces(int end) throws DatePatternException {
        while (at < end) {
            if (at == ends.firstStars() || at == ends.lastStars()) {
                at += 2;
            } else {
                piece();
            }
        }
    }

    private void piece() throws DatePatternException {
        switch (pattern.charAt(at)) {
            case '%' -> directive();
            case '{' -> brace();
            case '(' -> group();
            case '[' -> characterClass();
            case '\\' -> escape();
            case '}' -> copyAs("\\}", 1);
            default -> copyAs(pattern.substring(at, at + 1), 1);
        }
    }

    private void directive() throws DatePatternException {
        if (pattern.startsWith("%%", at)) {
            copyAs("%", 2);
            return;
        }
        int length = Math.min(pattern.startsWith("Ex", at + 1) ? 4 : 2, pattern.length() - at);
        String written = pattern.substring(at, at + length);
        if (COMPOSED.containsKey(written)) {
            partOfAnother(COMPOSED.getOrDefault(written, ""), at);
        } else {
            add(DateToken.of(written.substring(1)).orElseThrow(() -> wrong(written, DIRECTIVES)), at);
        }
        at += length;
    }

    private void add(DateToken token, int origin) {
        String name = "d" + directives.size();
        directives.put(name, token);
        groups.add(name);
        if (token.isName()) {
            flags |= Pattern.CASE_INSENSITIVE;
        }
        out.add("(?<" + name + ">" + token.regex() + ")", origin);
    }

    private void partOfAnother(String notation, int origin) throws DatePatternException {
        boolean pinnedHere = out.pin(origin);
        DatePatternReader inner = new DatePatternReader(notation, out, directives);
        inner.pieces(notation.length());
        groups.addAll(inner.groups);
        flags |= inner.flags;
        if (pinnedHere) {
            out.unpin();
        }
    }

    private void brace() throws DatePatternException {
        int start = at;
        if (pattern.regionMatches(true, at, "{DATE}", 0, "{DATE}".length())) {
            at += "{DATE}".length();
            defaults(start);
            return;
        }
        int close = pattern.indexOf('}', at);
        String word = close < 0 ? "" : pattern.substring(at, close + 1);
        if (word.matches("\\{[0-9]+(?:,[0-9]*)?}")) {
            copyAs(word, word.length());
        } else if (word.matches("\\{,[0-9]+}")) {
            copyAs("{0" + word.substring(1), word.length());
        } else if (DateToken.of(word.toUpperCase(Locale.ROOT)).isPresent()) {
            add(DateToken.of(word.toUpperCase(Locale.ROOT)).orElseThrow(), at);
            at = close + 1;
        } else if (word.matches("\\{\\^?[A-Z-]+}")) {
            throw wrong(word, "{DATE}, {EPOCH}, {LEPOCH}, {TAI64N}, or {^LN-BEG} or {UNB} at the start");
        } else {
            copyAs("\\{", 1);
        }
    }

    /** Each of the default layouts; they are datepatterns without groups or names of their own. */
    private void defaults(int origin) throws DatePatternException {
        String before = "(?:";
        if (groups.isEmpty()) {
            groups.add(CUT);
            before = "(?<" + CUT + ">";
        }
        for (String notation : DefaultTemplate.notations()) {
            out.add(before, origin);
            partOfAnother(notation, origin);
            before = "|";
        }
        out.add(")", origin);
    }

    private void group() throws DatePatternException {
        Matcher global = GLOBAL_FLAGS.matcher(pattern).region(at, pattern.length());
        if (pattern.startsWith("(?P<", at)) {
            named("(?P<", '>', "(?<");
        } else if (pattern.startsWith("(?P=", at)) {
            named("(?P=", ')', "\\k<");
        } else if (pattern.startsWith("(?(", at)) {
            throw wrong("(?(", "an expression without conditions");
        } else if (global.lookingAt()) {
            flags |= DateToken.flags(global.group(1));
            at = global.end();
        } else if (pattern.startsWith("(?", at)) {
            copyAs("(", 1);
        } else {
            groups.add("g" + groups.size());
            copyAs("(?<" + groups.getLast() + ">", 1);
        }
    }

    /** Java's names have letters and digits only. */
    private void named(String opening, char closing, String java) throws DatePatternException {
        int start = at + opening.length();
        int close = pattern.indexOf(closing, start);
        if (close <= start || !pattern.substring(start, close).matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw wrong(opening, "a name of letters, digits and _, and '" + closing + "' after it");
        }
        String written = pattern.substring(start, close);
        String name = "n" + written.replace("Z", "ZZ").replace("_", "Z0");
        if (closing == '>') {
            groups.add(name);
            DateToken.ofGroup(written).ifPresent(token -> directives.put(name, token));
        }
        copyAs(java + name + ">", close + 1 - at);
    }

    private void characterClass() throws DatePatternException {
        int start = at;
        copyAs("[", 1);
        if (pattern.startsWith("^", at)) {
            copyAs("^", 1);
        }
        for (int first = at; at == first || !pattern.startsWith("]", at); ) {
            if (at >= pattern.length()) {
                at = start;
                throw problem("a '[' is opened", "a ']' that closes it");
            }
            char c = pattern.charAt(at);
            if (c == '\\') {
                escape();
            } else if (c == '%' && pattern.startsWith("%%", at)) {
                copyAs("%", 2);
            } else {
                copyAs(c == '[' || c == ']' || c == '&' ? "\\" + c : String.valueOf(c), 1);
            }
        }
        copyAs("]", 1);
    }

    private void escape() throws DatePatternException {
        if (at + 1 == pattern.length()) {
            throw problem("the pattern ends in '\\'", "the character that it escapes");
        }
        char c = pattern.charAt(at + 1);
        int number = c - '0';
        if (number < 1 || number > 9) {
            copyAs(c == 'Z' ? "\\z" : "\\" + c, 2);
        } else if (number > groups.size() || groups.get(number - 1).equals(CUT)) {
            throw wrong("\\" + c, "a group before it that it refers to; directives are groups too");
        } else {
            copyAs("\\k<" + groups.get(number - 1) + ">", 2);
        }
    }

    private void copyAs(String java, int length) {
        out.add(java, at);
        at += length;
    }

    private Pattern compile() throws DatePatternException {
        try {
            return Pattern.compile(out.text(), flags);
        } catch (PatternSyntaxException e) {
            at = out.origin(e.getIndex());
            throw problem("the expression is wrong (" + e.getDescription() + ")", "a regular expression");
        } catch (StackOverflowError e) {
            throw problem("the expression is nested too deeply", "a simpler one");
        }
    }

    private DatePatternException wrong(String stands, String expected) {
        return problem("stands '" + stands + "'", expected);
    }

    private DatePatternException problem(String found, String expected) {
        return new DatePatternException(pattern, Math.min(at, pattern.length()) + 1, found, expected);
    }
}
