package bailiff.guard;

import bailiff.wire.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A filter's datepattern as {@code get JAIL datepattern} tells it: the pattern, and the same in words. */
final class DatePatternName {

    private static final Pattern TOKEN = Pattern.compile("%(Ex)?([a-zA-Z%])");

    /* More than two patterns at once are "the default detectors" to fail2ban; each of these stands for many. */
    private static final List<String> MANY = List.of("{^LN-BEG}", "{DEFAULT}");
    private static final int MOST_TOLD = 2;
    private static final Map<String, String> BY_NAME =
            Map.of("EPOCH", "Epoch", "LEPOCH", "LongEpoch", "TAI64N", "TAI64N", "^EPOCH", "{^LN-BEG}Epoch");
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("a", "DAY"),
            Map.entry("A", "DAYNAME"),
            Map.entry("b", "MON"),
            Map.entry("B", "MONTH"),
            Map.entry("d", "Day"),
            Map.entry("H", "24hour"),
            Map.entry("I", "12hour"),
            Map.entry("j", "Yearday"),
            Map.entry("m", "Month"),
            Map.entry("M", "Minute"),
            Map.entry("p", "AMPM"),
            Map.entry("S", "Second"),
            Map.entry("f", "Microseconds"),
            Map.entry("U", "Yearweek"),
            Map.entry("W", "Yearweek"),
            Map.entry("w", "Weekday"),
            Map.entry("y", "Year2"),
            Map.entry("Y", "Year"),
            Map.entry("z", "Zone offset"),
            Map.entry("Z", "Zone name"),
            Map.entry("%", "%"));

    private DatePatternName() {}

    /** The pair that fail2ban tells of that option, which may be empty. */
    static Value of(String datepattern) {
        List<String> patterns = datepattern
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        boolean many = patterns.stream().anyMatch(DatePatternName::standsForMany);
        if (patterns.isEmpty() || patterns.size() > MOST_TOLD || many) {
            return Value.tuple(Value.none(), Value.of("Default Detectors"));
        }
        String pattern = patterns.getFirst();
        String upper = pattern.toUpperCase(Locale.ROOT);
        if (upper.equals("{NONE}")) {
            return Value.tuple(Value.of("{UNB}^"), Value.of("^"));
        }
        if ((!pattern.contains("%") && upper.contains("EPOCH")) || upper.equals("TAI64N")) {
            return Value.tuple(Value.none(), Value.of(BY_NAME.getOrDefault(upper, pattern)));
        }
        return Value.tuple(Value.of(pattern), Value.of(inWords(pattern)));
    }

    private static boolean standsForMany(String pattern) {
        return MANY.contains(pattern.toUpperCase(Locale.ROOT)) || pattern.contains("{DATE}");
    }

    private static String inWords(String pattern) {
        return TOKEN.matcher(pattern).replaceAll(token -> {
            boolean extended = token.group(1) != null;
            String word = WORDS.get(token.group(2));
            return Matcher.quoteReplacement(word == null ? token.group() : (extended ? "Ex" : "") + word);
        });
    }
}
