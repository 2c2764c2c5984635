package bailiff.line;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Between which characters a datepattern may cut out a time, as far as its text tells. Immutable.
 *
 * @param atStart the time is always cut out at the very start of the line
 * @param before the only character that may stand before it; NUL for any
 * @param afterWord it may be cut out behind a letter or digit of ASCII
 * @param beforeWord it may be cut out in front of one
 */
record CutPlaces(boolean atStart, char before, boolean afterWord, boolean beforeWord) {

    /**
     * A group without a name, with nothing in front of it that can make a group or a choice, and what stands there; a
     * bracket within a set is none.
     */
    private static final Pattern FIRST_GROUP =
            Pattern.compile("^((?:[^\\\\(%{|\\[]|\\\\.|\\[\\^?(?:[^\\\\(%{|\\]]|\\\\.)+])*+)\\((?!\\?)");

    private static final int LONGEST_DIRECTIVE = "%ExY".length();
    private static final Pattern ESCAPED_MARK = Pattern.compile("(?:^|[^\\\\])\\\\([^A-Za-z0-9\\\\])$");

    /** Directives that begin and end with a letter or digit. */
    private static final String WORDS = "aAbBHIjmMpSyY";

    /** Directives that end with one, but may begin with a space or a sign. */
    private static final String WORD_ENDS = WORDS + "dz";

    /** Those of a datepattern that is none of the words that mean the default forms. */
    static CutPlaces of(String pattern, boolean whole) {
        DatePatternEnds ends = DatePatternEnds.of(pattern);
        String body = pattern.substring(ends.body());
        if (whole) {
            boolean start = body.startsWith("^") && !ends.lineStart();
            boolean oneWay = body.indexOf('|') < 0 && body.length() >= LONGEST_DIRECTIVE;
            boolean wordFirst = oneWay && ends.wordStart() && beginsWithWord(body);
            boolean wordLast = oneWay && ends.wordEnd() && endsInWord(body);
            return new CutPlaces(start, '\0', !ends.lineStart() && !wordFirst, !wordLast);
        }
        Matcher first = FIRST_GROUP.matcher(body);
        Matcher mark = ESCAPED_MARK.matcher(first.find() ? first.group(1) : "");
        return new CutPlaces(false, mark.find() ? mark.group(1).charAt(0) : '\0', true, true);
    }

    private static boolean beginsWithWord(String body) {
        int length = body.startsWith("%Ex") ? LONGEST_DIRECTIVE : 2;
        boolean certain = length == body.length() || "?*{".indexOf(body.charAt(length)) < 0;
        return body.startsWith("%") && certain && WORDS.indexOf(body.charAt(length - 1)) >= 0;
    }

    private static boolean endsInWord(String body) {
        int length = body.startsWith("%Ex", body.length() - LONGEST_DIRECTIVE) ? LONGEST_DIRECTIVE : 2;
        int percent = body.length() - length;
        boolean escaped = percent > 0 && "%\\".indexOf(body.charAt(percent - 1)) >= 0;
        return body.charAt(percent) == '%' && !escaped && WORD_ENDS.indexOf(body.charAt(body.length() - 1)) >= 0;
    }

    /** Whether a time may be cut out between these two. */
    boolean allow(char left, char right) {
        return !atStart
                && (before == '\0' || before == left)
                && (afterWord || !isWord(left))
                && (beforeWord || !isWord(right));
    }

    /** Letters and digits of ASCII, which every expression takes for parts of words. */
    private static boolean isWord(char c) {
        return c < 128 && (c == '_' || Character.isLetterOrDigit(c));
    }
}
