package bailiff.line;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A datepattern that an administrator wrote, as a regular expression. Not thread-safe. */
final class DatePattern implements DateTemplate {

    /*
     * The expression says where the directives stand; what they say is read by the same code that reads the default
     * layouts. Written by an administrator, it may do more work than is good, and the line is an attacker's choice:
     * so it may look at a line Budget.READS times, and a line that overflows the matcher's stack has no time.
     */

    /** How many places that fit the expression, but name no possible time, are looked at. */
    private static final int MOST_PLACES = 16;

    private final String written;
    private final Matcher matcher;
    private final int cut;
    private final boolean anchored;
    private final CutPlaces places;
    private final int[] groups;
    private final DateToken[] tokens;

    /**
     * From an expression whose named groups are the directives and the part to cut.
     *
     * @param written what the administrator wrote
     * @param directives the directive of each group's name
     * @param cut the name of the group that is cut out
     * @param places where that may stand
     */
    DatePattern(
            String written,
            Pattern expression,
            Map<String, DateToken> directives,
            String cut,
            boolean anchored,
            CutPlaces places) {
        this.written = written;
        Map<String, Integer> indexes = expression.namedGroups();
        this.matcher = expression.matcher("");
        this.cut = indexes.getOrDefault(cut, 0);
        this.anchored = anchored;
        this.places = places;
        this.groups = new int[directives.size()];
        this.tokens = new DateToken[groups.length];
        int i = 0;
        for (Map.Entry<String, DateToken> directive : directives.entrySet()) {
            groups[i] = indexes.getOrDefault(directive.getKey(), 0);
            tokens[i++] = directive.getValue();
        }
    }

    @Override
    public boolean isAnchored() {
        return anchored;
    }

    @Override
    public boolean mayCutBetween(char before, char after) {
        return places.allow(before, after);
    }

    @Override
    public String form() {
        return written;
    }

    @Override
    public boolean find(String line, DateReading out) {
        try {
            return findWithin(line, new Budget(), out);
        } catch (Budget.Spent | StackOverflowError tooMuch) {
            return false;
        }
    }

    @Override
    public boolean isSlow(String line, int reads) {
        try {
            findWithin(line, new Budget(reads), new DateReading());
            return false;
        } catch (Budget.Spent | StackOverflowError tooMuch) {
            return true;
        }
    }

    private boolean findWithin(String line, Budget budget, DateReading out) {
        matcher.reset(budget.over(line));
        for (int place = 0; place < MOST_PLACES && matcher.find(); place++) {
            if (read(line, out)) {
                cutOut(out);
                return true;
            }
        }
        return false;
    }

    /** A time of which nothing is cut out is none: so an empty group says that lines of this kind have no time. */
    private void cutOut(DateReading out) {
        int start = Math.max(matcher.start(cut), 0);
        int end = Math.max(matcher.end(cut), 0);
        if (start == end) {
            out.putNone();
        }
        out.span(start, end);
    }

    /** A match in which no directive took part says that there is no time. */
    private boolean read(String line, DateReading out) {
        out.clear();
        boolean any = false;
        for (int i = 0; i < groups.length; i++) {
            int start = matcher.start(groups[i]);
            int end = matcher.end(groups[i]);
            if (start >= 0) {
                any = true;
                if (tokens[i].read(line, start, end, out) != end) {
                    return false;
                }
            }
        }
        if (!any) {
            out.putNone();
        }
        return out.isPossible();
    }
}
