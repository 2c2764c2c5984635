package bailiff.filter;

import bailiff.filter.Expression.Engine;
import bailiff.filter.RegexException.Option;
import bailiff.line.Budget;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Expressions in our hands and as Python would have to be given them. */
final class Dialect {

    private static final Pattern ALONE = Pattern.compile("<(HOST|ADDR|IP4|IP6|DNS|CIDR|SUBNET|F-[A-Z0-9_]+(?=/))/?>");

    private Dialect() {}

    static RegexSource source(String expression) {
        return new RegexSource(Option.FAILREGEX, 0, expression);
    }

    static Expression compile(String expression) throws RegexException {
        return Expression.compile(source(expression), true);
    }

    /** What we find, written as {@link Python#search} writes it. */
    static String search(String expression, String text) {
        return search(expression, text, Engine.FITTING);
    }

    /** The same with a choice of who searches. */
    static String search(String expression, String text, Engine engine) {
        try {
            Expression compiled = Expression.compile(source(expression), true, Flags.NONE, engine);
            return compiled.finds(subject(text)) ? spans(compiled, text) : Python.NONE;
        } catch (RegexException e) {
            return Python.ERROR;
        }
    }

    /** The text, ready to be searched within a fresh budget. */
    static Subject subject(String text) {
        Subject subject = new Subject();
        subject.load(text, new Budget());
        return subject;
    }

    /** Whether we say no, for want of a way to say it to Java, to what Python may take. */
    static boolean isRefusedForJava(String expression) {
        try {
            compile(expression);
            return false;
        } catch (RegexException e) {
            return e.expected().contains("no group that may be left out")
                    || e.expected().contains("a negative look-around");
        }
    }

    static String spans(Expression found, String text) {
        StringBuilder spans = new StringBuilder(span(text, found.start(), found.end()));
        Map<String, Integer> groups = new TreeMap<>(found.groupNumbers());
        groups.keySet().stream()
                .filter(name -> found.start(name) >= 0)
                .forEach(name -> spans.append(' ')
                        .append(name)
                        .append('=')
                        .append(span(text, found.start(name), found.end(name))));
        return spans.toString();
    }

    private static String span(String text, int start, int end) {
        Subject places = subject(text);
        return text.codePointCount(0, places.characters(start)) + "-" + text.codePointCount(0, places.characters(end));
    }

    /** The expression with its tags written out and flags moved, as fail2ban hands it to Python. */
    static String python(String expression) {
        String groups = ALONE.matcher(expression)
                .replaceAll(tag ->
                        java.util.regex.Matcher.quoteReplacement(Tags.expansion(tag.group(1), true, new GroupTable())));
        groups = Pattern.compile("<(F-[A-Z0-9_]+)>")
                .matcher(groups)
                .replaceAll(tag -> "(?P<" + Tags.group(tag.group(1)) + ">");
        return groups.replaceAll("</F-[A-Z0-9_]+>", ")").replaceAll("(?<!\\\\)\\((?:\\?:)?\\(\\?([a-z]+)\\)", "(?$1:");
    }
}
