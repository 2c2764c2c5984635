package bailiff.line;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A datepattern that an administrator wrote, as a regular expression. Not thread-safe. */
final class DatePattern implements DateTemplate {

    /*
     * The expression says where the directives stand; what they say is read by the same code that reads the default
     * layouts. Written by an administrator, it may do more work than is good, and the line is an attacker's choice:
     * so it may look at a line Budget.READS times, and a line that overflows the matcher's stack has no time.
     */

    /** How many places that fit the expression, but name no possible time, are looked at. */
    private static final int MOST_PLACES = 16;

    /*
     * What is kept of the last line are all characters that the expression looked at. What else it may ask is how long
     * the line is: it finds the end (hitEnd), from which nothing is kept, or it finds that there is more, as there is
     * LastTime.MARGIN of it.
     *
     * An expression that does nothing up to the first bracket but go there, and nothing behind it but look ahead, finds
     * the same whatever stands before that bracket; the client's address stands there.
     */

    /** Of a line that takes more looks nothing is kept: one that is found again cannot have spent its budget. */
    private static final int MOST_READS = Budget.READS / 4;

    private static final Pattern BEHIND_BRACKET = Pattern.compile("\\^\\[\\^\\\\?\\[]\\*(?:\\(\\\\\\[|\\\\\\[\\()"
            + "(?:\\{DATE}|%(?:Ex)?[A-Za-z]|[ :/.,-]|\\\\s\\*|\\\\])+\\)(?:[ :,-]|\\\\s\\*|\\\\])*");

    private final String written;
    private final Matcher matcher;
    private final int cut;
    private final boolean anchored;
    private final boolean behindBracket;
    private final CutPlaces places;
    private final int[] groups;
    private final DateToken[] tokens;
    private final DateReading reading = new DateReading();
    private final LastTime last = new LastTime();

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
        this.behindBracket = BEHIND_BRACKET.matcher(written).matches();
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
    public @Nullable DateReading find(DateText text) {
        int base = behindBracket ? text.find('[', 0) : 0;
        if (base < 0) {
            return null;
        }
        DateReading same = last.at(text, base);
        if (same != null) {
            return same;
        }
        try {
            return findWithin(text, base, new Budget()) ? reading : null;
        } catch (Budget.Spent | StackOverflowError tooMuch) {
            return null;
        }
    }

    @Override
    public boolean isSlow(String line, int reads) {
        try {
            findWithin(DateText.of(line), 0, new Budget(reads));
            return false;
        } catch (Budget.Spent | StackOverflowError tooMuch) {
            return true;
        }
    }

    @SuppressWarnings("JdkObsolete") // Whether the end was looked at is what is asked here, not whether it matched.
    private boolean findWithin(DateText text, int base, Budget budget) {
        Looked looked = new Looked(budget.over(text.line()), text);
        text.lookAgain();
        matcher.reset(looked);
        boolean atEnd = false;
        for (int place = 0; place < MOST_PLACES && matcher.find(); place++) {
            atEnd |= matcher.hitEnd();
            if (read(text)) {
                cutOut(reading);
                if (!atEnd && looked.reads < MOST_READS && reading.from() >= base) {
                    last.keep(text.line(), base, text.reach(), reading);
                }
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
    private boolean read(DateText text) {
        reading.clear();
        boolean any = false;
        for (int i = 0; i < groups.length; i++) {
            int start = matcher.start(groups[i]);
            int end = matcher.end(groups[i]);
            if (start >= 0) {
                any = true;
                if (tokens[i].read(text, start, end, reading) != end) {
                    return false;
                }
            }
        }
        if (!any) {
            reading.putNone();
        }
        return reading.isPossible();
    }

    /** What the matcher sees of the line: says how far and how often it was looked at. */
    private static final class Looked implements CharSequence {

        private final CharSequence line;
        private final DateText text;
        private int reads;

        Looked(CharSequence line, DateText text) {
            this.line = line;
            this.text = text;
        }

        @Override
        public int length() {
            return line.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            text.lookedAt(index + 1);
            return line.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return line.subSequence(start, end);
        }

        @Override
        public String toString() {
            return line.toString();
        }
    }
}
