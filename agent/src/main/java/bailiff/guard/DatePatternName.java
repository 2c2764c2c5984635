package bailiff.guard;

import bailiff.line.PatternWords;
import bailiff.wire.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A filter's datepattern as {@code get JAIL datepattern} tells it: the pattern, and the same in words. */
final class DatePatternName {

    /* More than two patterns at once are "the default detectors" to fail2ban; each of these stands for many. */
    private static final List<String> MANY = List.of("{^LN-BEG}", "{DEFAULT}");
    private static final int MOST_TOLD = 2;
    private static final Map<String, String> BY_NAME =
            Map.of("EPOCH", "Epoch", "LEPOCH", "LongEpoch", "TAI64N", "TAI64N", "^EPOCH", "{^LN-BEG}Epoch");

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
        return Value.tuple(Value.of(pattern), Value.of(PatternWords.of(pattern)));
    }

    private static boolean standsForMany(String pattern) {
        return MANY.contains(pattern.toUpperCase(Locale.ROOT)) || pattern.contains("{DATE}");
    }
}
