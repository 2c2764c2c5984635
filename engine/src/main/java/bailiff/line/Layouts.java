package bailiff.line;

import bailiff.line.LayoutStart.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several layouts in the order in which they are tried; the few that may start at a place are found at a glance. */
final class Layouts {

    private static final int LENGTHS = LayoutStart.LONGEST + 1;
    private static final int KINDS = Kind.values().length;
    private static final Layout[] NONE = {};

    private final List<Layout> all;

    /** By the kind and the length of the run, in order. */
    private final Layout[][] byRun = new Layout[KINDS * LENGTHS][];

    private Layouts(List<Layout> all) {
        this.all = all;
        for (Kind kind : Kind.values()) {
            for (int length = 0; length < LENGTHS; length++) {
                byRun[index(kind, length)] = startingWith(kind, length);
            }
        }
    }

    /** Those of these notations. */
    static Layouts of(List<String> notations) {
        List<Layout> layouts = new ArrayList<>();
        for (String notation : notations) {
            layouts.add(Layout.of(notation));
        }
        return new Layouts(layouts);
    }

    /** These, and behind them those of these notations. */
    Layouts and(List<String> notations) {
        List<Layout> layouts = new ArrayList<>(all);
        for (String notation : notations) {
            layouts.add(Layout.of(notation));
        }
        return new Layouts(layouts);
    }

    private Layout[] startingWith(Kind kind, int length) {
        List<Layout> few = new ArrayList<>();
        for (Layout layout : all) {
            if (layout.start().allowsRun(kind, length)) {
                few.add(layout);
            }
        }
        return few.isEmpty() ? NONE : few.toArray(NONE);
    }

    private static int index(Kind kind, int length) {
        return kind.slot() * LENGTHS + length;
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
    @Nullable
    Layout fitting(DateText text, int at, @Nullable Layout preferred, DateReading out) {
        Kind kind = LayoutStart.kind(text.peek(at));
        int end = kind == Kind.MARK ? at : endOfRun(text, at, kind);
        text.lookedAt(Math.min(end + 1, text.length()));
        Layout[] few = byRun[index(kind, end - at)];
        if (few.length == 0) {
            return null;
        }
        char behind = end < text.length() ? text.peek(end) : LayoutStart.END;
        if (preferred != null && preferred.start().allows(kind, end - at, behind) && fits(preferred, text, at, out)) {
            return preferred;
        }
        for (Layout layout : few) {
            if (layout != preferred && layout.start().allowsAfter(behind) && fits(layout, text, at, out)) {
                return layout;
            }
        }
        return null;
    }

    private static int endOfRun(DateText text, int at, Kind kind) {
        int limit = Math.min(text.length(), at + LayoutStart.LONGEST);
        int end = at + 1;
        while (end < limit && LayoutStart.kind(text.peek(end)) == kind) {
            end++;
        }
        return end;
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
