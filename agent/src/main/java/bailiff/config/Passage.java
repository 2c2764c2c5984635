package bailiff.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a value that knows, line by line, where it was written, also after other values were put into it.
 *
 * <p>Immutable.
 */
final class Passage {

    /*
     * A line of an expanded value can be made of text from several files. It is blamed on the text that was nearest to
     * the option itself: for "^%(prefix)sFailed" that is the line that says Failed, for a line that is nothing but
     * "%(more)s" the line inside of more. So each line carries how many substitutions lie between it and the option,
     * and when pieces are joined the least of them wins; a piece without a visible character claims nothing.
     */
    private record Origin(Place place, int depth) {

        static final int NOTHING_YET = Integer.MAX_VALUE;

        Origin deeper(int by) {
            return depth == NOTHING_YET ? this : new Origin(place, depth + by);
        }
    }

    private static final Pattern SEPARATORS = Pattern.compile("[\\s,]++");

    private final String text;
    private final List<Origin> lines;
    private final int[] starts;

    private Passage(String text, List<Origin> lines) {
        this.text = text;
        this.lines = lines;
        this.starts = new int[lines.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = text.indexOf('\n', starts[i - 1]) + 1;
        }
    }

    /** Text that was written at one place; its further lines are taken to follow there. */
    static Passage of(String text, Place place) {
        Builder builder = new Builder(place);
        builder.append(text, place);
        return builder.build();
    }

    String text() {
        return text;
    }

    boolean isBlank() {
        return text.isBlank();
    }

    /** Where the first line that says something was written. */
    Place place() {
        for (int i = 0; i < lines.size(); i++) {
            int end = i + 1 < starts.length ? starts[i + 1] : text.length();
            if (!text.substring(starts[i], end).isBlank()) {
                return lines.get(i).place();
            }
        }
        return lines.getFirst().place();
    }

    /** The lines that are not blank, stripped, each with its own place. */
    List<Passage> lines() {
        List<Passage> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int end = i + 1 < starts.length ? starts[i + 1] - 1 : text.length();
            String line = text.substring(starts[i], end).strip();
            if (!line.isEmpty()) {
                found.add(new Passage(line, List.of(lines.get(i))));
            }
        }
        return found;
    }

    /** The lines that are not empty, as they are, each with its own place. */
    List<Passage> rawLines() {
        List<Passage> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int end = i + 1 < starts.length ? starts[i + 1] - 1 : text.length();
            if (end > starts[i]) {
                found.add(new Passage(text.substring(starts[i], end), List.of(lines.get(i))));
            }
        }
        return found;
    }

    /** The passage with every occurrence of the text, which is not empty, replaced by another passage. */
    Passage replace(String target, Passage by) {
        Builder into = new Builder(lines.getFirst().place());
        int done = 0;
        for (int at = text.indexOf(target); at >= 0; at = text.indexOf(target, done)) {
            into.append(this, done, at, 0);
            into.append(by, 1);
            done = at + target.length();
        }
        into.append(this, done, text.length(), 0);
        return into.build();
    }

    /** What stands between blanks, commas and line breaks. */
    List<String> words() {
        return SEPARATORS.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    }

    private int lineAt(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** Joins pieces into a passage. */
    static final class Builder {

        private final StringBuilder text = new StringBuilder();
        private final List<Origin> lines = new ArrayList<>();

        /** The place is that of the passage for as long as nothing visible was added. */
        Builder(Place place) {
            lines.add(new Origin(place, Origin.NOTHING_YET));
        }

        int length() {
            return text.length();
        }

        void append(String more, Place place) {
            append(Passage.ofOrigin(more, new Origin(place, 0)), 0);
        }

        /** Starts a new line, written at the place. */
        void newLine(Place place) {
            text.append('\n');
            lines.add(new Origin(place, Origin.NOTHING_YET));
        }

        /** Adds a whole passage, put in by that many more substitutions. */
        void append(Passage piece, int deeper) {
            append(piece, 0, piece.text.length(), deeper);
        }

        void append(Passage piece, int from, int to, int deeper) {
            int line = piece.lineAt(from);
            int at = from;
            while (true) {
                int newline = piece.text.indexOf('\n', at, to);
                boolean last = newline < 0;
                int end = last ? to : newline;
                String segment = piece.text.substring(at, end);
                claim(piece.lines.get(line).deeper(deeper), segment);
                text.append(segment);
                if (last) {
                    return;
                }
                line++;
                newLine(piece.lines.get(line).place());
                at = newline + 1;
            }
        }

        private void claim(Origin origin, String segment) {
            if (origin.depth() < lines.getLast().depth() && !segment.isBlank()) {
                lines.set(lines.size() - 1, origin);
            }
        }

        /** The passage without blanks at its end. */
        Passage buildStripped() {
            int end = text.toString().stripTrailing().length();
            String kept = text.substring(0, end);
            int count = 1 + (int) kept.chars().filter(c -> c == '\n').count();
            return new Passage(kept, List.copyOf(lines.subList(0, count)));
        }

        Passage build() {
            return new Passage(text.toString(), List.copyOf(lines));
        }
    }

    private static Passage ofOrigin(String text, Origin origin) {
        int count = 1 + (int) text.chars().filter(c -> c == '\n').count();
        return new Passage(text, Collections.nCopies(count, origin));
    }

    @Override
    public String toString() {
        return text;
    }
}
