package bailiff.cli;

import bailiff.line.PatternWords;
import java.util.List;
import java.util.Locale;

/** Date patterns by the names that fail2ban-regex shows them under. */
final class DateForm {

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
            default -> PatternWords.of(shown);
        };
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
