package bailiff.filter;

import bailiff.filter.LineBuffer.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that a match spans, and all others.
 *
 * @param matched the spanned lines, oldest first, without those that {@code <SKIPLINES>} skipped
 * @param others the lines before, then the skipped ones, then the lines behind
 */
record LineSplit(List<Entry> matched, List<Entry> others) {

    /** The split by a match in the text that stands for these lines. */
    static LineSplit of(Find find, List<Entry> lines) {
        if (lines.size() <= 1) {
            return new LineSplit(lines, List.of());
        }
        Expression expression = find.expression();
        String text = find.subject().text();
        int start = text.lastIndexOf('\n', find.subject().characters(expression.start())) + 1;
        int end = find.subject().characters(expression.end());
        int last = text.indexOf('\n', end == 0 ? text.length() - 1 : end - 1);
        int from = Math.min(lines.size(), count(text, start));
        int to = Math.clamp(count(text, last < 0 ? text.length() : last + 1), from, lines.size());
        List<Entry> matched = new ArrayList<>(lines.subList(from, to));
        List<Entry> others = new ArrayList<>(lines.subList(0, from));
        moveSkipped(skipped(expression, find.subject()), matched, others);
        others.addAll(lines.subList(to, lines.size()));
        return new LineSplit(List.copyOf(matched), List.copyOf(others));
    }

    private static int count(String text, int end) {
        int count = 0;
        for (int at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
            count++;
        }
        return count;
    }

    private static List<String> skipped(Expression expression, Subject subject) {
        StringBuilder skipped = new StringBuilder();
        for (int i = 0; expression.knows(Tags.skipped(i)); i++) {
            String name = Tags.skipped(i);
            if (expression.start(name) >= 0) {
                skipped.append(subject.text(expression.start(name), expression.end(name)));
            }
        }
        return skipped.isEmpty() ? List.of() : skipped.toString().lines().toList();
    }

    private static void moveSkipped(List<String> skipped, List<Entry> from, List<Entry> to) {
        int at = 0;
        for (String line : skipped) {
            for (int i = at; i < from.size(); i++) {
                if (from.get(i).rest().equals(line)) {
                    to.add(from.remove(i));
                    at = i;
                    break;
                }
            }
        }
    }
}
