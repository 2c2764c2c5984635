package bailiff.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Date patterns by the names that fail2ban-regex shows them under. */
final class DateForm {

    private static final Pattern DIRECTIVE = Pattern.compile("%(%|Ex[A-Za-z]|[A-Za-z])");
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("%", "%"),
            Map.entry("a", "DAY"),
            Map.entry("A", "DAYNAME"),
            Map.entry("b", "MON"),
            Map.entry("B", "MONTH"),
            Map.entry("d", "Day"),
            Map.entry("f", "Microseconds"),
            Map.entry("H", "24hour"),
            Map.entry("I", "12hour"),
            Map.entry("j", "Yearday"),
            Map.entry("m", "Month"),
            Map.entry("M", "Minute"),
            Map.entry("p", "AMPM"),
            Map.entry("S", "Second"),
            Map.entry("U", "Yearweek"),
            Map.entry("W", "Yearweek"),
            Map.entry("w", "Weekday"),
            Map.entry("y", "Year2"),
            Map.entry("Y", "Year"),
            Map.entry("z", "Zone offset"),
            Map.entry("Z", "Zone name"));

    private static final List<String> DEFAULTS = List.of("{^LN-BEG}", "{DEFAULT}");

    private DateForm() {}

    /** {@code MON Day 24hour:Minute} for {@code %b %d %H:%M}. */
    static String name(String pattern) {
        String upper = pattern.toUpperCase(Locale.ROOT);
        // Where a year at the end ends we say, and fail2ban does not show it.
        String shown = pattern.replace("%ExY\\b", "%ExY");
        return switch (upper) {
            case "EPOCH", "{EPOCH}" -> "Epoch";
            case "LEPOCH", "{LEPOCH}" -> "LongEpoch";
            case "{^LN-BEG}EPOCH", "^EPOCH", "{^LN-BEG}{EPOCH}" -> "{^LN-BEG}Epoch";
            case "{^LN-BEG}LEPOCH", "^LEPOCH" -> "{^LN-BEG}LongEpoch";
            case "TAI64N", "{TAI64N}" -> "TAI64N";
            case "{^LN-BEG}TAI64N", "^TAI64N", "{^LN-BEG}{TAI64N}" -> "{^LN-BEG}TAI64N";
            case "{NONE}" -> "{UNB}^";
            default -> named(shown);
        };
    }

    private static String named(String pattern) {
        Matcher directive = DIRECTIVE.matcher(pattern);
        return directive.replaceAll(found -> Matcher.quoteReplacement(name(found)));
    }

    private static String name(MatchResult found) {
        String symbol = found.group(1);
        String plain = symbol.startsWith("Ex") ? symbol.substring(2) : symbol;
        String name = NAMES.getOrDefault(plain, "");
        if (name.isEmpty()) {
            return "%" + symbol;
        }
        return symbol.equals(plain) ? name : "Ex" + name;
    }

    /** The line that says which pattern is used. */
    static String used(String datepattern) {
        List<String> lines = datepattern
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String first = lines.isEmpty() ? "" : lines.getFirst();
        boolean many = lines.size() > 2
                || DEFAULTS.contains(first.toUpperCase(Locale.ROOT))
                || first.toUpperCase(Locale.ROOT).contains("{DATE}");
        return "Use      datepattern : " + datepattern + " : " + (many ? "Default Detectors" : name(first));
    }
}
