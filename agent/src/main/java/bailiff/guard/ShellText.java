package bailiff.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shell command with tags, made ready to run: each value goes into a variable of the environment and the command only
 * names it, so that no shell ever reads a value as part of the command.
 *
 * @param command what {@code /bin/sh -c} is to run
 * @param variables the variables that it names
 */
record ShellText(String command, Map<String, String> variables) {

    /*
     * Where the administrator wrote a tag between quotation marks matters: outside of them the variable is quoted, so that
     * blanks and asterisks in its value stay what they are; between double ones it stands as it is; between single ones
     * they are interrupted for it.
     */

    private static final Pattern TAG = Pattern.compile("<([A-Za-z][A-Za-z0-9_-]{0,63})>");

    /* The kernel takes 128 KiB for one variable. */
    private static final int LONGEST_VALUE = 16_384;

    private enum Quote {
        NONE,
        SINGLE,
        DOUBLE
    }

    /**
     * Puts the values in.
     *
     * @param template the command as written; trusted
     * @param values gives a tag's value, which may be hostile; null for what is no tag, which then stays
     */
    static ShellText of(String template, Function<String, @Nullable String> values) {
        StringBuilder command = new StringBuilder(template.length() + 64);
        Map<String, String> variables = new LinkedHashMap<>();
        Matcher tag = TAG.matcher(template);
        Quote quote = Quote.NONE;
        int at = 0;
        while (at < template.length()) {
            String value = tag.region(at, template.length()).lookingAt() ? values.apply(tag.group(1)) : null;
            if (value != null) {
                String variable = "f2bV_" + tag.group(1).replace('-', '_');
                variables.put(variable, fit(value));
                command.append(reference(variable, quote));
                at = tag.end();
                continue;
            }
            char c = template.charAt(at++);
            command.append(c);
            if (c == '\\' && quote != Quote.SINGLE && at < template.length()) {
                command.append(template.charAt(at++));
            }
            quote = after(c, quote);
        }
        return new ShellText(command.toString(), variables);
    }

    private static Quote after(char c, Quote quote) {
        return switch (quote) {
            case NONE -> c == '\'' ? Quote.SINGLE : c == '"' ? Quote.DOUBLE : Quote.NONE;
            case SINGLE -> c == '\'' ? Quote.NONE : Quote.SINGLE;
            case DOUBLE -> c == '"' ? Quote.NONE : Quote.DOUBLE;
        };
    }

    private static String reference(String variable, Quote quote) {
        String plain = "${" + variable + "}";
        return switch (quote) {
            case NONE -> '"' + plain + '"';
            case DOUBLE -> plain;
            case SINGLE -> "'\"" + plain + "\"'";
        };
    }

    private static String fit(String value) {
        String text = value.replace('\0', '?');
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE);
    }
}
