package bailiff.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as fail2ban writes it: {@code 600}, {@code 1h30m}, {@code 1w 2d}, {@code 1h - 5m}.
 *
 * <p>Made for one text; not thread-safe.
 */
public final class TimeExpression {

    /*
     * fail2ban turns "1h30m" into "1*3600+30*60" and lets Python evaluate it, so quantities that stand side by side are
     * added, and bind no tighter than a written "+": 1h30m*2 is two hours. Here it is a parser for + - * / // % and
     * parentheses and no more. The text is at most LONGEST characters, which bounds the recursion as well.
     */
    static final int LONGEST = 200;
    static final Duration MOST = Duration.ofDays(36_525);

    private static final Pattern NUMBER = Pattern.compile("\\d++(?:\\.\\d++)?+|\\.\\d++");
    private static final Pattern UNIT = Pattern.compile("[a-z]++");
    private static final Map<String, Double> UNITS = Map.of(
            "years?|yea?|yy?", 31_557_600.0,
            "months?|mon?", 2_629_800.0,
            "weeks?|wee?|ww?", 604_800.0,
            "days?|da|dd?", 86_400.0,
            "hours?|hou?|hh?", 3_600.0,
            "minutes?|min?|mm?", 60.0,
            "seconds?|sec?|ss?", 1.0);

    private final String text;
    private int at;
    private boolean wrong;

    private TimeExpression(String text) {
        this.text = text;
    }

    /**
     * The time that the text says, to the millisecond, negative times included; nothing when it is not a time, or one
     * beyond a hundred years.
     */
    public static Optional<Duration> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        TimeExpression expression = new TimeExpression(text.strip().toLowerCase(Locale.ROOT));
        double seconds = expression.sum();
        expression.next();
        boolean whole = expression.at == expression.text.length();
        if (expression.wrong || !whole || !(Math.abs(seconds) <= MOST.toSeconds())) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(Math.round(seconds * 1_000)));
    }

    private double sum() {
        double sum = product();
        while (!wrong) {
            if (take('+')) {
                sum += product();
            } else if (take('-')) {
                sum -= product();
            } else if (Character.isDigit(next()) || next() == '.') {
                sum += product();
            } else {
                return sum;
            }
        }
        return sum;
    }

    private double product() {
        double product = factor();
        while (!wrong) {
            if (take('*')) {
                product *= factor();
            } else if (take('/')) {
                boolean whole = take('/');
                product /= factor();
                product = whole ? Math.floor(product) : product;
            } else if (take('%')) {
                double divisor = factor();
                product -= Math.floor(product / divisor) * divisor;
            } else {
                return product;
            }
        }
        return product;
    }

    private double factor() {
        if (take('-')) {
            return -factor();
        }
        if (take('+')) {
            return factor();
        }
        if (take('(')) {
            double inner = sum();
            wrong |= !take(')');
            return inner;
        }
        return quantity();
    }

    private double quantity() {
        next();
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            wrong = true;
            return 0;
        }
        at = number.end();
        next();
        Matcher unit = UNIT.matcher(text).region(at, text.length());
        double value = Double.parseDouble(number.group());
        if (!unit.lookingAt()) {
            return value;
        }
        at = unit.end();
        return value * seconds(unit.group());
    }

    private double seconds(String unit) {
        for (var known : UNITS.entrySet()) {
            if (unit.matches(known.getKey())) {
                return known.getValue();
            }
        }
        wrong = true;
        return 0;
    }

    /** The next character that is not blank, which is not taken; 0 at the end. */
    private char next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean take(char wanted) {
        if (next() == wanted) {
            at++;
            return true;
        }
        return false;
    }
}
