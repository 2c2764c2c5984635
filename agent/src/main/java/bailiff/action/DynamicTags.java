package bailiff.action;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts into a command what is known only at a ban. The values are hostile: log lines, user names, host names. */
final class DynamicTags {

    /*
     * One pass, so that a value is never searched for tags. What is anything but letters, digits and a few marks that
     * mean nothing to a shell wherever they stand goes into an environment variable, and the command names the
     * variable, under fail2ban's own name for it (f2bV_matches). fail2ban puts in directly whatever lacks its list of
     * special characters; blanks and `=` are not on that list, and `USER=<F-USER> notify` then runs any program.
     *
     * The name stands as it is, as in fail2ban: in double quotes and outside of them the value comes, in single quotes
     * the name. Nothing is quoted anew here, because a nested `sh -c '... <F-USER>'` must be given the name.
     */
    private static final Pattern TAG = Pattern.compile("<([^ <>]+)>");
    private static final Pattern GROUP = Pattern.compile("F-[A-Z0-9_\\-]+");
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_.:/@,+-]*");
    private static final Map<String, String> OTHER_NAMES = Map.of("id", "fid", "port", "fport");

    /** Characters of one value: with four bytes each still below Linux's 128 KiB for one variable. */
    static final int LONGEST_VALUE = 30_000;

    /** Characters of all values of one command, far below what Linux takes as the whole environment. */
    static final int LONGEST_TOGETHER = 120_000;

    private final Values values;
    private final boolean asWords;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private int room = LONGEST_TOGETHER;

    /** Where values come from. */
    interface Values {

        /** The value of a tag, such as {@code ip}; empty where there is no such tag. */
        Optional<String> of(String tag);

        /** What the filter found under that name, such as {@code user}; empty where it found nothing. */
        Optional<String> group(String name);
    }

    private DynamicTags(Values values, boolean asWords) {
        this.values = values;
        this.asWords = asWords;
    }

    /** The command with the values put in; a tag that nobody knows stays as it is. */
    static ShellCommand put(String command, Values values) {
        return new DynamicTags(values, false).put(command);
    }

    /**
     * The same, but a value outside of quotation marks is one word of the shell, whatever is in it and if it is empty: who
     * chooses a user's name must not choose how many words the command has, nor have asterisks in it mean files.
     */
    static ShellCommand putAsWords(String command, Values values) {
        return new DynamicTags(values, true).put(command);
    }

    /** A text with the values in it as they are, however long; for no shell. */
    static String plain(String text, Values values) {
        DynamicTags tags = new DynamicTags(values, false);
        return TAG.matcher(text)
                .replaceAll(
                        tag -> Matcher.quoteReplacement(tags.value(tag.group(1)).orElse(tag.group())));
    }

    private ShellCommand put(String command) {
        Matcher tags = TAG.matcher(command);
        StringBuilder text = new StringBuilder();
        Quotes quotes = new Quotes();
        int passed = 0;
        while (tags.find()) {
            quotes.pass(command, passed, tags.start());
            passed = tags.end();
            boolean wordGoesOn = tags.end() < command.length() && isOfName(command.charAt(tags.end()));
            String mark = asWords && quotes.isOutside() ? "\"" : "";
            String value = value(tags.group(1))
                    .map(found -> mark + safe(tags.group(1), found, wordGoesOn) + mark)
                    .orElse(tags.group());
            tags.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return new ShellCommand(tags.appendTail(text).toString(), variables);
    }

    /** The value of a tag; empty where it is none. */
    private Optional<String> value(String tag) {
        return GROUP.matcher(tag).matches()
                ? Optional.of(values.group(groupOf(tag)).orElse(""))
                : values.of(tag);
    }

    private static String groupOf(String tag) {
        String lower = tag.substring(2).toLowerCase(Locale.ROOT);
        return OTHER_NAMES.getOrDefault(lower, lower);
    }

    private String safe(String tag, String value, boolean wordGoesOn) {
        if (value.length() <= LONGEST_VALUE && HARMLESS.matcher(value).matches()) {
            return value;
        }
        String subject = GROUP.matcher(tag).matches() ? "F_" + groupOf(tag) : tag;
        String name = "f2bV_" + subject.replaceAll("[^A-Za-z0-9_]", "_");
        if (!variables.containsKey(name)) {
            String cut = cut(value.replace('\0', '?'), Math.min(LONGEST_VALUE, room));
            room -= cut.length();
            variables.put(name, cut);
        }
        return wordGoesOn ? "${" + name + "}" : "$" + name;
    }

    private static String cut(String value, int longest) {
        if (value.length() <= longest) {
            return value;
        }
        boolean splitsPair = longest > 0 && Character.isHighSurrogate(value.charAt(longest - 1));
        return value.substring(0, splitsPair ? longest - 1 : longest);
    }

    private static boolean isOfName(char next) {
        return next == '_' || (next < 128 && Character.isLetterOrDigit(next));
    }
}
