package bailiff.filter;

import bailiff.filter.Node.Letters;
import bailiff.filter.Node.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds texts of which every match of an expression contains at least one. */
final class RequiredLiterals {

    /*
     * A walk over what cannot be skipped: characters in a row make a run, what takes no width does not end it. Every
     * run, every choice whose branches all have literals, and every repetition that must happen once, is required. A small
     * set makes a run several ones, and a set of one letter in both cases a letter of any case. Left out, to be on the
     * safe side: other sets; what may be absent; line feeds (one is added at the end of every line); U+FFFD (any broken
     * byte is read as that); and where letters of any case are meant, those that are not ASCII, and the letters I, K and
     * S, which Unicode writes in further ways: U+0130 and U+0131, U+212A, U+017F.
     */

    /** So many requirements of an expression are kept: the first ones decide nearly always. */
    private static final int MOST = 6;

    /** So many texts one run may become where sets stand in it. */
    private static final int MOST_RUNS = 10;

    private static final Comparator<List<Literal>> BY_RARITY = Comparator.<List<Literal>>comparingInt(
                    RequiredLiterals::rarity)
            .thenComparing(Comparator.<List<Literal>>comparingInt(List::size).reversed())
            .reversed();

    private List<String> runs = List.of("");
    private final List<List<Literal>> found = new ArrayList<>();
    private boolean anyCase;

    private RequiredLiterals() {}

    /**
     * Lists of texts: of each list at least one is in every match. Those that are likely to be rarest come first; none
     * when nothing is certain.
     */
    static List<List<Literal>> of(Node root) {
        RequiredLiterals walk = new RequiredLiterals();
        walk.visit(root);
        walk.endRun();
        return walk.found.stream().distinct().sorted(BY_RARITY).limit(MOST).toList();
    }

    /** How rare it is, likely, that one of them occurs. */
    static int rarity(List<Literal> alternatives) {
        return alternatives.stream().mapToInt(Literal::rarity).min().orElse(0);
    }

    private void visit(Node node) {
        switch (node) {
            case Node.Char character
            when isCertain(character) -> {
                anyCase |= character.letters() != Letters.EXACT && isLetter(character.codePoint());
                append(List.of(Character.toString(character.codePoint())));
            }
            case Node.Set set
            when letter(set) > 0 -> {
                anyCase = true;
                append(List.of(String.valueOf(letter(set))));
            }
            case Node.Set set when !choices(set).isEmpty() -> append(choices(set));
            case Node.Sequence sequence -> sequence.parts().forEach(this::visit);
            case Node.Group group -> visit(group.body());
            case Node.Atomic atomic -> visit(atomic.body());
            case Node.Edge _, Node.Look _ -> {}
            case Node.Choice choice -> require(union(choice.branches()));
            case Node.Repeat repeat
            when repeat.min() > 0 -> {
                endRun();
                found.addAll(of(repeat.body()));
            }
            case Node.Condition condition -> require(union(List.of(condition.yes(), condition.no())));
            case Node.Char _, Node.Set _, Node.Any _, Node.Repeat _, Node.BackReference _ -> endRun();
        }
    }

    private static boolean isCertain(Node.Char character) {
        int c = character.codePoint();
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return isWrittenOneWay(c, character.letters()) && !surrogate && c != '\n' && c != 0xfffd;
    }

    /** Whether the character, or one of its two cases in ASCII, stands in the bytes of every text in which it is found. */
    private static boolean isWrittenOneWay(int c, Letters letters) {
        return switch (letters) {
            case EXACT -> true;
            case ANY_CASE -> c < 128 && "iks".indexOf(c | ' ') < 0;
            case ANY_CASE_OF_ASCII -> c < 128;
        };
    }

    private static boolean isLetter(int c) {
        return c < 128 && Character.isLetter(c);
    }

    /** The small letter of a set that has nothing but it and its capital; NUL for any other set. */
    private static char letter(Node.Set set) {
        if (set.negated()
                || set.members().size() != 2
                || !(set.members().getFirst() instanceof Member.Range(int from, int to))
                || !(set.members().getLast() instanceof Member.Range(int other, int last))) {
            return 0;
        }
        boolean letter = from == to && other == last && isLetter(from) && (from ^ other) == ' ';
        return letter && isWrittenOneWay(from, set.letters()) ? (char) (from | ' ') : 0;
    }

    /** The characters of a small set of ASCII without letters, or with letters that stand for themselves only. */
    private static List<String> choices(Node.Set set) {
        List<String> choices = new ArrayList<>();
        for (Member member : set.negated() ? List.<Member>of() : set.members()) {
            if (!(member instanceof Member.Range(int from, int to))
                    || to >= 128
                    || from <= '\n'
                    || to - from >= MOST_RUNS) {
                return List.of();
            }
            for (int c = from; c <= to; c++) {
                choices.add(Character.toString(c));
            }
        }
        boolean caseless = set.letters() != Letters.EXACT && choices.stream().anyMatch(c -> isLetter(c.charAt(0)));
        return caseless || choices.size() > MOST_RUNS ? List.of() : choices;
    }

    private void append(List<String> choices) {
        if (runs.size() * choices.size() > MOST_RUNS) {
            endRun();
        }
        runs = runs.stream().flatMap(run -> choices.stream().map(run::concat)).toList();
    }

    private static List<Literal> union(List<Node> branches) {
        List<Literal> union = new ArrayList<>();
        for (Node branch : branches) {
            List<List<Literal>> required = of(branch);
            if (required.isEmpty()) {
                return List.of();
            }
            union.addAll(required.getFirst());
        }
        return union.stream().distinct().toList();
    }

    private void endRun() {
        if (!runs.getFirst().isEmpty()) {
            boolean caseless = anyCase;
            found.add(runs.stream()
                    .map(run -> new Literal(run, caseless))
                    .distinct()
                    .toList());
        }
        runs = List.of("");
        anyCase = false;
    }

    private void require(List<Literal> alternatives) {
        endRun();
        if (!alternatives.isEmpty()) {
            found.add(alternatives);
        }
    }
}
