package bailiff.line;

import bailiff.line.DateReading.Field;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One directive of a date pattern: how it is written in a pattern, which text it takes, and what that text says.
 *
 * <p>Digits are ASCII digits and names are English, whatever the locale of the machine.
 */
enum DateToken {
    WEEKDAY("a", "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", (text, at, end, out) -> DateNames.weekday(text, at, end, 3, out)),
    WEEKDAY_NAME(
            "A",
            "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
            (text, at, end, out) -> DateNames.weekday(text, at, end, 0, out)),
    WEEKDAY_NUMBER("w", "[0-6]", DateWeeks::weekdayNumber),
    WEEK_FROM_SUNDAY("U", "(?:5[0-3]|[0-4][0-9]|[0-9])", DateWeeks::fromSunday),
    WEEK_FROM_MONDAY("W", "(?:5[0-3]|[0-4][0-9]|[0-9])", DateWeeks::fromMonday),
    MONTH(
            "b",
            "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
            (text, at, end, out) -> DateNames.month(text, at, end, 3, out)),
    MONTH_NAME(
            "B",
            "(?:January|February|March|April|May|June|July|August|September|October|November|December)",
            (text, at, end, out) -> DateNames.month(text, at, end, 0, out)),
    MONTH_NUMBER("m", "(?:0?[1-9]|1[0-2])", new DateDigits(Field.MONTH, 1, 2, 1, 12)),
    MONTH_DIGITS("Exm", "(?:1[0-2]|0[1-9])", new DateDigits(Field.MONTH, 2, 2, 1, 12)),
    DAY("d", "(?:[12][0-9]|[0 ]?[1-9]|3[01])", DateDigits.padded(new DateDigits(Field.DAY, 1, 2, 1, 31))),
    DAY_DIGITS("Exd", "(?:3[01]|[12][0-9]|0[1-9])", new DateDigits(Field.DAY, 2, 2, 1, 31)),
    DAY_OF_YEAR(
            "j",
            "(?:36[0-6]|3[0-5][0-9]|[12][0-9]{2}|0?[1-9][0-9]|0{0,2}[1-9])",
            new DateDigits(Field.DAY_OF_YEAR, 1, 3, 1, 366)),
    YEAR("Y", "[0-9]{4}", new DateDigits(Field.YEAR, 4, 4, 0, 9999)),
    YEAR_LIKELY("ExY", "(?:19[7-9]|20[0-9])[0-9]", new DateDigits(Field.YEAR, 4, 4, 1970, 2099)),
    SHORT_YEAR("y", "[0-9]{2}", DateToken::shortYear),
    SHORT_YEAR_DIGITS("Exy", "[0-9]{2}", DateToken::shortYear),
    HOUR("H", "(?:[01]?[0-9]|2[0-3])", new DateDigits(Field.HOUR, 1, 2, 0, 23)),
    HOUR_DIGITS("ExH", "(?:2[0-3]|[01][0-9])", new DateDigits(Field.HOUR, 2, 2, 0, 23)),
    HOUR_PADDED("k", " ?(?:[01]?[0-9]|2[0-3])", DateDigits.padded(new DateDigits(Field.HOUR, 1, 2, 0, 23))),
    HOUR_PADDED_EXACT("Exk", " ?(?:[01]?[0-9]|2[0-3])", DateDigits.padded(new DateDigits(Field.HOUR, 1, 2, 0, 23))),
    CLOCK_HOUR("I", "(?:1[0-2]|0?[1-9])", new DateDigits(Field.CLOCK_HOUR, 1, 2, 1, 12)),
    CLOCK_HOUR_PADDED("l", " ?(?:1[0-2]|0?[1-9])", DateDigits.padded(new DateDigits(Field.CLOCK_HOUR, 1, 2, 1, 12))),
    CLOCK_HOUR_PADDED_EXACT(
            "Exl", " ?(?:1[0-2]|0?[1-9])", DateDigits.padded(new DateDigits(Field.CLOCK_HOUR, 1, 2, 1, 12))),
    ISO_YEAR("G", "[0-9]{4}", (text, at, end, out) -> DateDigits.skip(text, at, end, 4)),
    ISO_WEEK("V", "(?:5[0-3]|0[1-9]|[1-4][0-9]|[0-9])", (text, at, end, out) -> DateDigits.skip(text, at, end, 2)),
    ISO_WEEKDAY("u", "[1-7]", (text, at, end, out) -> DateDigits.skip(text, at, end, 1)),
    HALF_DAY("p", "(?:[AaPp][Mm])", DateNames::halfDay),
    MINUTE("M", "[0-5]?[0-9]", new DateDigits(Field.MINUTE, 1, 2, 0, 59)),
    MINUTE_DIGITS("ExM", "[0-5][0-9]", new DateDigits(Field.MINUTE, 2, 2, 0, 59)),
    SECOND("S", "(?:[0-5]?[0-9]|60)", new DateDigits(Field.SECOND, 1, 2, 0, 60)),
    SECOND_DIGITS("ExS", "(?:60|[0-5][0-9])", new DateDigits(Field.SECOND, 2, 2, 0, 60)),
    FRACTION("f", "[0-9]{1,9}", DateDigits::fraction),
    OFFSET("z", "(?:Z|UTC|GMT|[+-][01][0-9](?::?[0-5][0-9])?)", DateZones::offset),
    OFFSET_OR_NAME(
            "Exz",
            "(?:(?:[A-Z](?:[A-Z]{2,4})?)?[+-][01][0-9](?::?[0-5][0-9])?|[A-Z](?:[A-Z]{2,4})?)",
            DateZones::nameOrOffset),
    ZONE_NAME("Z", "(?:Z|[A-Z]{3,5})", DateZones::name),
    ZONE_NAME_EXACT("ExZ", "[A-Z](?:[A-Z]{2,4})?", DateZones::name),
    KNOWN_ZONE("{ZONE}", ZoneNames.regex(), DateZones::knownName),
    EPOCH("{EPOCH}", "[1-9][0-9]{9}(?:\\.[0-9]{1,9})?", DateDigits::epoch),
    LONG_EPOCH(
            "{LEPOCH}", "[1-9][0-9]{9}(?:[0-9]{6}|[0-9]{3}(?:\\.[0-9]{1,6})?|\\.[0-9]{1,9})?", DateDigits::longEpoch),
    TAI64N("{TAI64N}", "@[0-9a-f]{24}", DateDigits::tai64n);

    /** Reads a directive's text. */
    interface Reader {

        /** Where the text that starts at {@code at} ends, at most at {@code end}; -1 when it is not such a text. */
        int read(DateText text, int at, int end, DateReading out);
    }

    private static final DateToken[] ALL = values();

    private final String symbol;
    private final String regex;

    @SuppressWarnings("ImmutableEnumChecker") // Every reader is a method or a record of numbers.
    private final Reader reader;

    DateToken(String symbol, String regex, Reader reader) {
        this.symbol = symbol;
        this.regex = regex;
        this.reader = reader;
    }

    /** The directive of that name, without its percent sign, or the whole of one in braces. */
    static Optional<DateToken> of(String symbol) {
        for (DateToken token : ALL) {
            if (token.symbol.equals(symbol)) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    /** The directive that a group of that name stands for, since fail2ban takes a group so named for one. */
    static Optional<DateToken> ofGroup(String name) {
        return switch (name) {
            case "z", "Z" -> Optional.of(OFFSET_OR_NAME);
            case "a", "A", "b", "B", "d", "f", "H", "I", "j", "m", "M", "p", "S", "U", "w", "W", "y", "Y" -> of(name);
            default -> Optional.empty();
        };
    }

    /** Java's flags for Python's; those that are set anyway or mean nothing here are none. */
    static int flags(String python) {
        int flags = 0;
        for (int i = 0; i < python.length(); i++) {
            flags |= switch (python.charAt(i)) {
                case 'i' -> Pattern.CASE_INSENSITIVE;
                case 'm' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                case 'x' -> Pattern.COMMENTS;
                default -> 0;
            };
        }
        return flags;
    }

    /** What the directive takes, as an expression that has no capturing group and cannot backtrack far. */
    String regex() {
        return regex;
    }

    /** Whether it takes letters of either case, so that a pattern that has it looks at no case at all. */
    boolean isName() {
        return switch (this) {
            case WEEKDAY, WEEKDAY_NAME, MONTH, MONTH_NAME, HALF_DAY -> true;
            default -> false;
        };
    }

    /** As {@link Reader#read}. */
    int read(DateText text, int at, int end, DateReading out) {
        return reader.read(text, at, end, out);
    }

    /** Always of this century, as fail2ban takes it: no log of the last one is read. */
    private static int shortYear(DateText text, int at, int end, DateReading out) {
        int stop = DateDigits.skip(text, at, end, 2);
        if (stop == at + 2) {
            out.put(Field.YEAR, 2000 + DateDigits.value(text, at, stop));
            return stop;
        }
        return -1;
    }
}
