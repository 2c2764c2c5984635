package bailiff.filter;

import bailiff.line.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Expressions out of a filter's file, as far as they stand alone, and lines that they may match. */
final class StockFilter {

    private static final Pattern OPTION = Pattern.compile("^(?:failregex|ignoreregex|prefregex)\\s*=\\s*");
    private static final Pattern OURS_LATER = Pattern.compile("<(?:SKIPLINES|/?F-(?:MLF|NOFAIL)).*");
    private static final Pattern TAG = Pattern.compile("<[a-z_][^>]*>");

    private StockFilter() {}

    /** The expressions without {@code %(...)s}, which only a whole configuration can fill in. */
    static List<String> expressions(Path file) throws IOException {
        List<String> expressions = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(file)) {
            inside = OPTION.matcher(line).find() || (inside && line.startsWith(" "));
            String text = OPTION.matcher(line).replaceFirst("").strip();
            String expression =
                    text.replaceAll("%\\(__prefix_line\\)s", "\\\\s*").replace("%%", "%");
            boolean whole = !expression.contains("%(")
                    && !OURS_LATER.matcher(expression).find()
                    && !TAG.matcher(expression).find();
            if (inside && !text.isEmpty() && !text.startsWith("#") && whole) {
                expressions.add(expression);
            }
        }
        return expressions;
    }

    /** A line that the expression matches with some luck: its own text, the easy constructs filled in, then damaged. */
    static String line(String expression, RandomGenerator random) {
        String line = expression
                .replaceAll("</?F-[A-Z0-9_]+>", "")
                .replaceAll("<F-PORT/>", "22")
                .replaceAll(
                        "<(?:HOST|ADDR|IP4|SUBNET)>",
                        pick(random, "192.0.2.1", "::ffff:192.0.2.1", "[2001:db8::1]", "a.example"))
                .replaceAll("\\(\\?[^()]*\\)\\??", "")
                .replaceAll("\\\\[dS][+*]?", "7")
                .replaceAll("\\\\s[+*]?", " ")
                .replaceAll("\\[[^\\]]*\\][+*?]?", "x")
                .replaceAll("(?<!\\\\)\\.[+*]\\??", pick(random, "", "x", "from 192.0.2.9"))
                .replaceAll("(?<!\\\\)[$^]", "")
                .replaceAll("\\\\([^A-Za-z0-9])", "$1");
        for (int i = random.nextInt(3); i > 0 && !line.isEmpty(); i--) {
            int at = random.nextInt(line.length());
            line = line.substring(0, at) + pick(random, "", " ", "x", "\"") + line.substring(at + random.nextInt(2));
        }
        return line;
    }

    /** The line with a time put in, perhaps in the middle of a word. */
    static LogLine withTime(String rest, RandomGenerator random) {
        int at = random.nextBoolean() ? 0 : random.nextInt(rest.length() + 1);
        return LogLine.of(rest.substring(0, at) + "Nov 20 11:03:14" + rest.substring(at));
    }

    private static String pick(RandomGenerator random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
