package bailiff.line;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads one datepattern: directives, words in braces, and between them an expression in Python's dialect. */
final class DatePatternReader {

    /*
     * What is written here for Java keeps, for each of its characters, the place in the administrator's text that it
     * comes from, so that a complaint of the expression compiler can be passed on in his terms.
     *
     * Around the expression stand word boundaries, as fail2ban puts them, unless it begins or ends with its own. Its
     * first group without a name is what is cut out; where it has none, all of it is.
     */

    private static final String LINE_START = "{^LN-BEG}";
    private static final String UNBOUNDED = "{UNB}";
    private static final String CUT = "cut";
    private static final String WORD_STARTS = "(?:^|\\b|(?=\\W))";
    private static final String WORD_ENDS = "(?:\\b|(?=\\W)|$)";
    private static final String DIRECTIVES = "one of %a %A %b %B %d %f %H %I %j %k %l %m %M %p %S %w %y %Y %z %Z %%,"
            + " or the exact %ExY %Exy %Exm %Exd %ExH %Exk %Exl %ExM %ExS %ExZ %Exz";
    private static final Pattern ESCAPE_OR_CLASS = Pattern.compile("\\\\.|\\[\\^?]?[^]]*]", Pattern.DOTALL);
    private static final Pattern PLAIN_GROUP = Pattern.compile("\\((?!\\?)");
    private static final int FLAGS = Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS;

    private final String pattern;
    private final DateExpression out;
    private final Map<String, DateToken> directives;
    private int at;
    private boolean hasCut;
    private boolean hasNames;

    private DatePatternReader(String pattern, DateExpression out, Map<String, DateToken> directives) {
        this.pattern = pattern;
        this.out = out;
        this.directives = directives;
    }

    /** The template that one line of the option means; not one of the words that mean a default. */
    static DateTemplate read(String pattern) throws DatePatternException {
        return new DatePatternReader(pattern, new DateExpression(), new LinkedHashMap<>()).template();
    }

    private DateTemplate template() throws DatePatternException {
        boolean lineStart = false;
        boolean bounded = true;
        while (true) {
            if (skip(LINE_START)) {
                lineStart = true;
            } else if (skip(UNBOUNDED)) {
                bounded = false;
            } else {
                break;
            }
        }
        boolean anchored = lineStart || pattern.startsWith("^", at);
        boolean ownStart = pattern.startsWith("\\b", at) || skip("**");
        boolean ownEnd = pattern.endsWith("\\b") || pattern.endsWith("$") || pattern.endsWith("**");
        int end = pattern.endsWith("**") ? pattern.length() - 2 : pattern.length();
        if (lineStart) {
            out.add("^\\W{0,2}", at);
        } else if (bounded && !anchored && !ownStart) {
            out.add(WORD_STARTS, at);
        }
        expression(end);
        if (bounded && !ownEnd) {
            out.add(WORD_ENDS, end);
        }
        return new DatePattern(compile(), directives, CUT, anchored);
    }

    private void expression(int end) throws DatePatternException {
        boolean whole = !hasPlainGroup(pattern);
        if (whole) {
            hasCut = true;
            out.add("(?<" + CUT + ">", at);
        }
        pieces(end);
        if (whole) {
            out.add(")", end);
        }
    }

    private void pieces(int end) throws DatePatternException {
        while (at < end) {
            piece();
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
        DateToken token =
                DateToken.of(written.substring(1)).orElseThrow(() -> problem("stands '" + written + "'", DIRECTIVES));
        add(token, at);
        at += length;
    }

    private void add(DateToken token, int origin) {
        String name = "d" + directives.size();
        directives.put(name, token);
        hasNames |= token.isName();
        out.add("(?<" + name + ">" + token.regex() + ")", origin);
    }

    private void brace() throws DatePatternException {
        int start = at;
        if (skip("{DATE}") || skip("{DEFAULT}")) {
            defaults(start);
            return;
        }
        int close = pattern.indexOf('}', at);
        String word = close < 0 ? "" : pattern.substring(at, close + 1);
        if (word.matches("\\{[0-9]+(?:,[0-9]*)?}")) {
            copyAs(word, word.length());
        } else if (word.matches("\\{,[0-9]+}")) {
            copyAs("{0" + word.substring(1), word.length());
        } else if (DateToken.of(word).isPresent()) {
            add(DateToken.of(word).orElseThrow(), at);
            at = close + 1;
        } else if (word.matches("\\{\\^?[A-Z-]+}")) {
            throw problem(
                    "stands '" + word + "'", "{DATE}, {EPOCH}, {LEPOCH}, {TAI64N}, or {^LN-BEG} or {UNB} at the start");
        } else {
            copyAs("\\{", 1);
        }
    }

    /** Each of the default layouts; they are datepatterns without groups or names of their own. */
    private void defaults(int origin) throws DatePatternException {
        String before = "(?:";
        out.pin(origin);
        for (String notation : DefaultTemplate.notations()) {
            out.add(before, origin);
            new DatePatternReader(notation, out, directives).pieces(notation.length());
            before = "|";
        }
        out.add(")", origin);
        out.unpin();
        hasNames = true;
    }

    private void group() throws DatePatternException {
        if (pattern.startsWith("(?P<", at)) {
            named("(?P<", '>', "(?<");
        } else if (pattern.startsWith("(?P=", at)) {
            named("(?P=", ')', "\\k<");
        } else if (pattern.startsWith("(?(", at)) {
            throw problem("stands '(?('", "an expression without conditions");
        } else if (pattern.startsWith("(?", at) || hasCut) {
            copyAs("(", 1);
        } else {
            hasCut = true;
            copyAs("(?<" + CUT + ">", 1);
        }
    }

    /** Java's names have letters and digits only. */
    private void named(String opening, char closing, String java) throws DatePatternException {
        int start = at + opening.length();
        int close = pattern.indexOf(closing, start);
        if (close <= start || !pattern.substring(start, close).matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw problem(
                    "stands '" + opening + "'", "a name of letters, digits and _, and '" + closing + "' after it");
        }
        String name = "n" + pattern.substring(start, close).replace("Z", "ZZ").replace("_", "Z0");
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
        if (c >= '1' && c <= '9') {
            throw problem("stands '\\" + c + "'", "a reference by name, (?P=name), since directives are groups too");
        }
        copyAs(c == 'Z' ? "\\z" : "\\" + c, 2);
    }

    private static boolean hasPlainGroup(String pattern) {
        String bare = ESCAPE_OR_CLASS.matcher(pattern).replaceAll("");
        return PLAIN_GROUP.matcher(bare).find();
    }

    private boolean skip(String word) {
        if (!pattern.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private void copyAs(String java, int length) {
        out.add(java, at);
        at += length;
    }

    private Pattern compile() throws DatePatternException {
        try {
            return Pattern.compile(out.text(), hasNames ? FLAGS | Pattern.CASE_INSENSITIVE : FLAGS);
        } catch (PatternSyntaxException e) {
            at = out.origin(e.getIndex());
            throw problem("the expression is wrong (" + e.getDescription() + ")", "a regular expression");
        } catch (StackOverflowError e) {
            throw problem("the expression is nested too deeply", "a simpler one");
        }
    }

    private DatePatternException problem(String found, String expected) {
        return new DatePatternException(pattern, Math.min(at, pattern.length()) + 1, found, expected);
    }
}
