package bailiff.line;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A date pattern in the words in which fail2ban shows it to people. Stateless. */
public final class PatternWords {

    private static final Pattern DIRECTIVE = Pattern.compile("%(%|Ex[A-Za-z]|[A-Za-z])");
    private static final Map<String, String> WORDS = Map.ofEntries(
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

    private PatternWords() {}

    /** {@code MON Day 24hour:Minute} for {@code %b %d %H:%M}; a directive without a word stays as it is written. */
    public static String of(String pattern) {
        return DIRECTIVE.matcher(pattern).replaceAll(found -> Matcher.quoteReplacement(word(found)));
    }

    private static String word(MatchResult found) {
        String symbol = found.group(1);
        String plain = symbol.startsWith("Ex") ? symbol.substring(2) : symbol;
        String word = WORDS.getOrDefault(plain, "");
        if (word.isEmpty()) {
            return "%" + symbol;
        }
        return symbol.equals(plain) ? word : "Ex" + word;
    }
}
