package bailiff.filter;

import bailiff.line.DateDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what an expression without any rare literal can be known by: characters in a row, of each of which so much is
 * certain as which bits of its byte are set.
 */
final class Outline {

    /*
     * "^\s[+-]\d{4} \S+ \d{3}0[1-9] " is in no line without a sign, four digits and a blank. A set is known by the bits in
     * which all its members agree, so a few other bytes pass as well. What is certain of ASCII is not certain of other
     * characters (\d takes digits of any script): whoever looks for an outline has to let a line pass that has a byte
     * beyond ASCII. A row ends where a time may have been cut out of it.
     */

    /** Fewer characters in a row are in any other line. */
    private static final int SHORTEST = 5;

    /** More need not be compared. */
    private static final int LONGEST = 24;

    /** What is looked for of it in blocks: see {@link Needles#GRAM}, anything longer would be sampled by its letters. */
    private static final int PIECE = Needles.GRAM - 1;

    /** A set that leaves more bits open tells nothing. */
    private static final int MOST_FREE_BITS = 4;

    private static final String FREQUENT = " 0123456789:.etaoinsrdlh";

    /** One character: its byte is the value, where the bits that are free are set. */
    private record Place(CharSet set, int value, int free) {

        boolean has(int c) {
            return set.ascii()[c];
        }

        /** 3 for nothing but rare characters, else 1. */
        int rarity() {
            return FREQUENT.chars().anyMatch(this::has) ? 1 : 3;
        }
    }

    private final DateDetector dates;
    private List<Place> row = new ArrayList<>();
    private List<Place> best = List.of();

    private Outline(DateDetector dates) {
        this.dates = dates;
    }

    /** The outline, as a needle that stands in every line of ASCII that the expression matches. */
    static Optional<Needle> of(Node root, DateDetector dates) {
        Outline walk = new Outline(dates);
        walk.visit(root);
        walk.endRow();
        return walk.best.size() < SHORTEST ? Optional.empty() : Optional.of(needle(walk.best));
    }

    private static Needle needle(List<Place> row) {
        byte[] values = new byte[row.size()];
        byte[] free = new byte[row.size()];
        int start = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) row.get(i).value();
            free[i] = (byte) row.get(i).free();
            boolean fits = i + PIECE <= values.length;
            start = fits && rarity(row.subList(i, i + PIECE)) > rarity(row.subList(start, start + PIECE)) ? i : start;
        }
        return Needle.of(values, free, start, start + PIECE);
    }

    private static int rarity(List<Place> places) {
        return places.stream().mapToInt(Place::rarity).sum();
    }

    private void visit(Node node) {
        switch (node) {
            case Node.Sequence sequence -> sequence.parts().forEach(this::visit);
            case Node.Group group -> visit(group.body());
            case Node.Atomic atomic -> visit(atomic.body());
            case Node.Edge _, Node.Look _ -> {}
            case Node.Char _, Node.Set _, Node.Any _ -> append(CharSet.of(node));
            case Node.Repeat repeat when CharSet.isOne(repeat.body()) -> repeat(repeat);
            case Node.Repeat _, Node.Choice _, Node.BackReference _, Node.Condition _ -> endRow();
        }
    }

    private void repeat(Node.Repeat repeat) {
        append(repeat);
        if (repeat.max() != repeat.min()) {
            endRow();
            append(repeat);
        }
    }

    private void append(Node.Repeat repeat) {
        for (int i = 0; i < Math.min(repeat.min(), LONGEST); i++) {
            append(CharSet.of(repeat.body()));
        }
    }

    private void append(CharSet set) {
        boolean[] ascii = set.ascii();
        int first = 0;
        while (first < CharSet.ASCII && !ascii[first]) {
            first++;
        }
        int free = 0;
        for (int c = first; c < CharSet.ASCII; c++) {
            free |= ascii[c] ? c ^ first : 0;
        }
        if (first == CharSet.ASCII || ascii['\n'] || Integer.bitCount(free) > MOST_FREE_BITS) {
            endRow();
            return;
        }
        if (row.size() == LONGEST || (!row.isEmpty() && mayCut(row.getLast(), ascii))) {
            endRow();
        }
        row.add(new Place(set, first | free, free));
    }

    private boolean mayCut(Place left, boolean[] right) {
        for (char before = 0; before < CharSet.ASCII; before++) {
            for (char after = 0; left.has(before) && after < CharSet.ASCII; after++) {
                if (right[after] && dates.mayCutBetween(before, after)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void endRow() {
        if (rarity(row) > rarity(best)) {
            best = row;
        }
        row = new ArrayList<>();
    }
}
