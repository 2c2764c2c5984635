package bailiff.line;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a datepattern begins and ends: what fail2ban adds there, and whether the pattern itself says where it stands.
 *
 * @param body where the expression begins, behind {@code {^LN-BEG}} and {@code {UNB}}
 * @param lineStart up to two characters may stand before it, at the line's start only
 * @param wordStart it must begin where a word may begin
 * @param wordEnd it must end where a word may end
 * @param anchored it stands at the start or the end of the line
 * @param firstStars where the {@code **} stands that asks for no word boundary in front, or -1
 * @param lastStars the same for the end
 */
record DatePatternEnds(
        int body,
        boolean lineStart,
        boolean wordStart,
        boolean wordEnd,
        boolean anchored,
        int firstStars,
        int lastStars) {

    private static final String LINE_START = "{^LN-BEG}";
    private static final String UNBOUNDED = "{UNB}";
    private static final String FLAGS = "(?:\\(\\?\\w+\\))?";
    private static final Pattern OWN_START =
            Pattern.compile("^\\(*+" + FLAGS + "(?:\\^|\\(*+\\*\\*|(?<=\\()(?:\\?:)?\\^)");
    private static final Pattern OWN_END = Pattern.compile("(?<!\\\\)(?:\\$\\)?|\\\\b|\\\\s|\\*\\*\\)*)$");
    private static final Pattern FIRST_STARS = Pattern.compile("^\\(*+" + FLAGS + "\\(*+(\\*\\*)");
    private static final Pattern LAST_STARS = Pattern.compile("(?<!\\\\)(\\*\\*)\\)*$");
    private static final Pattern AT_LINE_START = Pattern.compile("^" + FLAGS + "(?:\\^|\\((?:\\?:)?\\^(?!\\|))");
    private static final Pattern AT_LINE_END = Pattern.compile("(?<![\\\\|])\\$\\)?$");

    /** Those of a pattern. */
    static DatePatternEnds of(String pattern) {
        int at = 0;
        boolean lineStart = false;
        boolean bounded = true;
        while (pattern.startsWith(LINE_START, at) || pattern.startsWith(UNBOUNDED, at)) {
            boolean unbounded = pattern.startsWith(UNBOUNDED, at);
            bounded &= !unbounded;
            lineStart |= !unbounded;
            at += unbounded ? UNBOUNDED.length() : LINE_START.length();
        }
        String body = pattern.substring(at);
        boolean ownStart = OWN_START.matcher(body).find();
        boolean anchored = (lineStart && !ownStart)
                || AT_LINE_START.matcher(body).find()
                || AT_LINE_END.matcher(body).find();
        return new DatePatternEnds(
                at,
                lineStart && !ownStart,
                bounded && !lineStart && !ownStart,
                bounded && !OWN_END.matcher(body).find(),
                anchored,
                stars(FIRST_STARS, body, at),
                stars(LAST_STARS, body, at));
    }

    private static int stars(Pattern place, String body, int at) {
        Matcher found = place.matcher(body);
        return found.find() ? at + found.start(1) : -1;
    }
}
