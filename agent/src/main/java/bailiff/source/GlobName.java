package bailiff.source;

import java.util.regex.Pattern;

/**
 * One component of a path pattern, as Python's fnmatch reads it.
 *
 * @param pattern the component, without {@code /}
 */
record GlobName(String pattern) {

    private static final Pattern WILDCARD = Pattern.compile("[*?\\[]");

    /** Whether it stands for exactly one name. */
    boolean isLiteral() {
        return !WILDCARD.matcher(pattern).find();
    }

    /** Whether the name of a file or directory is meant. Time: at most the product of both lengths. */
    boolean matches(String name) {
        if (name.startsWith(".") && !pattern.startsWith(".")) {
            return false;
        }
        int at = 0;
        int star = -1;
        int resume = 0;
        for (int i = 0; i < name.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = i;
                continue;
            }
            int next = after(at, name.charAt(i));
            if (next > 0) {
                at = next;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        return onlyStarsFrom(at);
    }

    /** Where the pattern goes on when the unit at {@code at} takes the character; -1 when it does not. */
    private int after(int at, char c) {
        if (at >= pattern.length()) {
            return -1;
        }
        char unit = pattern.charAt(at);
        int close = unit == '[' ? closing(at) : -1;
        if (close > 0) {
            return classHolds(at + 1, close, c) ? close + 1 : -1;
        }
        return unit == '?' || unit == c ? at + 1 : -1;
    }

    /** Where the class that opens at {@code at} closes; -1 when it does not, and the bracket is an ordinary character. */
    private int closing(int at) {
        int first = at + 1;
        if (pattern.startsWith("!", first)) {
            first++;
        }
        return pattern.indexOf(']', first + 1);
    }

    private boolean classHolds(int from, int to, char c) {
        boolean negated = pattern.charAt(from) == '!';
        for (int i = negated ? from + 1 : from; i < to; i++) {
            boolean range = i + 2 < to && pattern.charAt(i + 1) == '-';
            if (c >= pattern.charAt(i) && c <= pattern.charAt(range ? i + 2 : i)) {
                return !negated;
            }
            if (range) {
                i += 2;
            }
        }
        return negated;
    }

    private boolean onlyStarsFrom(int at) {
        return pattern.chars().skip(at).allMatch(c -> c == '*');
    }
}
