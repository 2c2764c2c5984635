package bailiff.line;

import bailiff.line.LayoutStart.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Several layouts in the order in which they are tried; the few that may start at a place are found at a glance. */
final class Layouts {

    private static final int LENGTHS = LayoutStart.LONGEST + 1;

    private final List<Layout> all;
    private final Layout[][] byRun = new Layout[Kind.values().length * LENGTHS][];

    private Layouts(List<Layout> all) {
        this.all = all;
        for (Kind kind : Kind.values()) {
            for (int length = 0; length < LENGTHS; length++) {
                byRun[index(kind, length)] = startingWith(kind, length);
            }
        }
    }

    /** Those of these notations. */
    static Layouts of(Stream<String> notations) {
        List<Layout> layouts = new ArrayList<>();
        notations.map(Layout::of).forEach(layouts::add);
        return new Layouts(List.copyOf(layouts));
    }

    private Layout[] startingWith(Kind kind, int length) {
        return all.stream()
                .filter(layout -> layout.start().allowsRun(kind, length))
                .toArray(Layout[]::new);
    }

    private static int index(Kind kind, int length) {
        return kind.ordinal() * LENGTHS + length;
    }

    /** The first of all. */
    Layout first() {
        return all.getFirst();
    }

    /**
     * The first layout in which a possible time stands there; null when there is none.
     *
     * @param preferred tried before all others, one of these or null
     * @param out what was found, with its span
     */
    @Nullable Layout fitting(DateText text, int at, @Nullable Layout preferred, DateReading out) {
        Kind kind = LayoutStart.kind(text.charAt(at));
        int end = at;
        while (kind != Kind.MARK
                && end < text.length()
                && end - at < LayoutStart.LONGEST
                && LayoutStart.kind(text.charAt(end)) == kind) {
            end++;
        }
        Layout[] few = byRun[index(kind, end - at)];
        if (few.length == 0) {
            return null;
        }
        char behind = end < text.length() ? text.charAt(end) : LayoutStart.ANY;
        if (preferred != null && preferred.start().allowsRun(kind, end - at) && preferred.start().allowsAfter(behind) && fits(preferred, text, at, out)) {
            return preferred;
        }
        for (Layout layout : few) {
            if (layout.start().allowsAfter(behind) && fits(layout, text, at, out)) {
                return layout;
            }
        }
        return null;
    }

    private static boolean fits(Layout layout, DateText text, int at, DateReading out) {
        int end = layout.read(text, at, out);
        if (end < 0) {
            return false;
        }
        out.span(at, end);
        return true;
    }
}
