package bailiff.line;

import java.util.ArrayList;
import java.util.List;

/** Warns of datepatterns that make every line slow, by trying them on lines without a time. Stateless. */
final class DateLint {

    /*
     * Measured, not judged by its looks: what an expression costs hangs on how all its parts play together. A sound
     * pattern looks at each character a few times, {DATE} anywhere in a line some tens of times. One that is searched
     * for from every place of the line anew, or that repeats what is repeated, looks at it as often as the line is long,
     * and more.
     */

    /** Characters of a tried line: a usual line of a busy log has as many. */
    private static final int LENGTH = 400;

    /** How often each character may be looked at. */
    private static final int LOOKS = 100;

    /** What the tried lines are made of, besides the characters of the pattern itself. */
    private static final List<String> STUFF =
            List.of("a", "0", " ", "a ", "1 ", "a,", "12:", "1-", "[", "(a) ", "- - [", "=", "\"", "Nov ", "A", ".");

    /** Patterns are tried with so many of their own characters. */
    private static final int MOST_OWN = 24;

    private DateLint() {}

    /** One sentence for each slow template; they are counted from 1. */
    static List<String> check(List<DateTemplate> templates) {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < templates.size(); i++) {
            DateTemplate template = templates.get(i);
            if (lines(template.form()).stream().anyMatch(line -> template.isSlow(line, LOOKS * LENGTH))) {
                warnings.add("datepattern " + (i + 1) + " makes lines slow: a line of " + LENGTH
                        + " characters may take over " + LOOKS * LENGTH
                        + " looks at a character; begin it with ^ or {^LN-BEG}, and repeat nothing that repeats.");
            }
        }
        return List.copyOf(warnings);
    }

    private static List<String> lines(String pattern) {
        List<String> lines = new ArrayList<>();
        STUFF.forEach(stuff -> lines.add(line(stuff)));
        pattern.chars().distinct().limit(MOST_OWN).forEach(own -> lines.add(line(Character.toString(own))));
        return lines;
    }

    /** The last character fits nothing, so that what has matched so far is given back. */
    private static String line(String stuff) {
        return stuff.repeat(LENGTH / stuff.length()) + '\u0000';
    }
}
