package bailiff.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * The latest lines of a log, which a filter with {@code maxlines} sees together; with {@code maxlines} of 1 the one
 * line alone. Not thread-safe: one filter owns it.
 */
final class LineBuffer {

    /**
     * So many characters are kept at most, but the newest line always: two of the longest lines. More could not be
     * searched within {@link bailiff.line.Budget#READS} anyway.
     */
    static final int MOST_CHARACTERS = 2 * Filter.LONGEST;

    /**
     * One line.
     *
     * @param rest the line without its time, as the expressions see it
     * @param text the whole line, for the evidence
     * @param perhapsCut whether its end may be missing
     */
    record Entry(String rest, String text, boolean perhapsCut) {}

    private final int most;
    private List<Entry> lines = List.of();

    LineBuffer(int most) {
        this.most = most;
    }

    /** Whether several lines are seen together. */
    boolean isOfSeveral() {
        return most > 1;
    }

    /** How many lines are seen together at most. */
    int most() {
        return most;
    }

    /** What is seen together, oldest first. */
    List<Entry> lines() {
        return lines;
    }

    /** Puts a line behind the others and forgets the oldest that are too many. */
    void add(Entry line) {
        lines = with(line);
    }

    /** What would be seen together if this line came next. */
    List<Entry> with(Entry line) {
        if (!isOfSeveral()) {
            return List.of(line);
        }
        List<Entry> next = new ArrayList<>(lines);
        next.add(line);
        int from = Math.max(0, next.size() - most);
        int characters = 0;
        for (int i = next.size() - 1; i > from; i--) {
            characters += next.get(i).rest().length() + 1;
            if (characters + next.get(i - 1).rest().length() >= MOST_CHARACTERS) {
                from = i;
            }
        }
        return List.copyOf(next.subList(from, next.size()));
    }

    /** Goes on with these lines only. */
    void keep(List<Entry> kept) {
        lines = List.copyOf(kept);
    }

    /** The lines as the expressions see them, each with its line feed. */
    static String joined(List<Entry> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.rest()).append('\n'));
        return text.toString();
    }
}
