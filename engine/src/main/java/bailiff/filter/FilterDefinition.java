package bailiff.filter;

import java.time.ZoneId;
import java.util.List;

/**
 * A filter as an administrator wrote it, after all interpolation.
 *
 * @param name the file's base name ({@code wordpress}), for messages
 * @param failregex the expressions that make a line a failure, in order, in Python's dialect with fail2ban's tags
 * @param ignoreregex the expressions that excuse a matched line
 * @param prefregex the expression that every line must match first; empty for none
 * @param datepattern where and how the time is written; empty to find out
 * @param zone the zone of times that name none
 * @param usedns fail2ban's {@code usedns}: with {@code no}, {@code <HOST>} takes addresses only
 * @param maxlines how many lines the expressions see together, at least 1
 * @param decodesRequests whether the expressions see the lines of an access log with the request's target in its one
 *     spelling, as {@link bailiff.line.RequestTarget} says
 * @param successregex the expressions that make a line a success, which speaks for its address, where no failregex
 *     matches it; written as those are
 */
public record FilterDefinition(
        String name,
        List<String> failregex,
        List<String> ignoreregex,
        String prefregex,
        String datepattern,
        ZoneId zone,
        String usedns,
        int maxlines,
        boolean decodesRequests,
        List<String> successregex) {

    public FilterDefinition {
        failregex = List.copyOf(failregex);
        ignoreregex = List.copyOf(ignoreregex);
        successregex = List.copyOf(successregex);
        if (maxlines < 1) {
            throw new IllegalArgumentException("maxlines " + maxlines + " is below 1");
        }
    }

    /** A filter that knows no successes. */
    public FilterDefinition(
            String name,
            List<String> failregex,
            List<String> ignoreregex,
            String prefregex,
            String datepattern,
            ZoneId zone,
            String usedns,
            int maxlines,
            boolean decodesRequests) {
        this(
                name,
                failregex,
                ignoreregex,
                prefregex,
                datepattern,
                zone,
                usedns,
                maxlines,
                decodesRequests,
                List.of());
    }

    /** A filter that sees every line as it was logged. */
    public FilterDefinition(
            String name,
            List<String> failregex,
            List<String> ignoreregex,
            String prefregex,
            String datepattern,
            ZoneId zone,
            String usedns,
            int maxlines) {
        this(name, failregex, ignoreregex, prefregex, datepattern, zone, usedns, maxlines, false);
    }

    /** A filter that looks at every line alone. */
    public FilterDefinition(
            String name,
            List<String> failregex,
            List<String> ignoreregex,
            String prefregex,
            String datepattern,
            ZoneId zone,
            String usedns) {
        this(name, failregex, ignoreregex, prefregex, datepattern, zone, usedns, 1);
    }

    /** The same, with these expressions that make a line a success. */
    public FilterDefinition succeedingBy(List<String> expressions) {
        return new FilterDefinition(
                name,
                failregex,
                ignoreregex,
                prefregex,
                datepattern,
                zone,
                usedns,
                maxlines,
                decodesRequests,
                expressions);
    }

    /** Whether it knows successes, so that sources can earn credit. */
    public boolean knowsSuccess() {
        return !successregex.isEmpty();
    }
}
