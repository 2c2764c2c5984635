package bailiff.filter;

import bailiff.filter.Claims.Requirement;
import bailiff.line.DateDetector;
import bailiff.line.LogLine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Turns away, by its bytes alone, a line in which no expression of the filter can match. Immutable. */
final class Prefilter {

    /*
     * Of each failregex, together with prefregex, the rarest text that it requires is looked for, all of them at once;
     * where one requires none, a text that prefregex requires. Where a text that was found is not rare, the line has to
     * have more of what its expression requires.
     */

    /** More alternatives than fail2ban's longest list of bad robots; more would not be looked for quickly. */
    private static final int MOST_ALTERNATIVES = 1_024;

    /** What is as rare, in the units of {@link Literal#rarity}, needs no second look. */
    private static final int RARE = 30;

    private static final int MOST_SECOND_LOOKS = 2;

    /** An expression without any literal as rare as this is known by its {@link Outline}. */
    private static final int OUTLINED = 8;

    private static final Comparator<Requirement> RAREST =
            Comparator.comparingInt(Requirement::rarity).reversed();

    /** Turns no line away. */
    static final Prefilter NONE = new Prefilter(List.of());

    private final List<Claim> list;
    private final Claims claims;

    /**
     * What an expression requires.
     *
     * @param requirements at least one; the first is what is looked for
     * @param closing whether the expression does no more than end sessions
     */
    record Claim(List<Requirement> requirements, boolean closing) {}

    private Prefilter(List<Claim> list) {
        this.list = List.copyOf(list);
        this.claims = new Claims(list.stream().map(Claim::requirements).toList());
    }

    /**
     * The prefilter for lines in which the one expression and one of the others must match.
     *
     * @param closing which of the others do no more than end sessions
     * @param dates cuts the time out of the lines before the expressions see them
     * @param decoded whether they see requests in their one spelling, and not as they were logged
     */
    static Prefilter of(
            Expression prefix, List<Expression> alternatives, BitSet closing, DateDetector dates, boolean decoded) {
        List<Requirement> first = requirements(prefix, dates, decoded);
        List<Claim> each = new ArrayList<>();
        for (int i = 0; i < alternatives.size(); i++) {
            List<Requirement> all = together(requirements(alternatives.get(i), dates, decoded), first);
            if (!all.isEmpty()) {
                each.add(new Claim(all, closing.get(i)));
            }
        }
        if (!each.isEmpty() && each.size() == alternatives.size() && sought(each) <= Needles.MOST) {
            return new Prefilter(each);
        }
        return new Prefilter(first.isEmpty() ? List.of() : List.of(new Claim(together(first, List.of()), false)));
    }

    /** The prefilter for a filter of these parts. */
    static Prefilter of(Parts parts) {
        return of(
                parts.prefregex(),
                parts.expressions(),
                parts.closing(),
                parts.dates(),
                parts.requests().isPresent());
    }

    private static long sought(List<Claim> claims) {
        return claims.stream()
                .flatMap(claim -> claim.requirements().getFirst().needles().stream())
                .distinct()
                .count();
    }

    /** The rarest first; no more than help. */
    private static List<Requirement> together(List<Requirement> own, List<Requirement> first) {
        List<Requirement> all = new ArrayList<>(own);
        all.addAll(first);
        all.sort(RAREST);
        boolean rare = !all.isEmpty() && all.getFirst().rarity() >= RARE;
        return List.copyOf(all.subList(0, Math.min(all.size(), 1 + (rare ? 0 : MOST_SECOND_LOOKS))));
    }

    /** What can be looked for of what the expression requires, what is likely to be rarest first. */
    private static List<Requirement> requirements(Expression expression, DateDetector dates, boolean decoded) {
        List<Requirement> requirements = new ArrayList<>();
        for (List<Literal> alternatives : RequiredLiterals.of(expression.root())) {
            List<Literal> logged = decoded ? Spellings.stretches(alternatives) : alternatives;
            List<Needle> needles = new ArrayList<>();
            boolean usable = logged.size() <= MOST_ALTERNATIVES;
            for (int i = 0; usable && i < logged.size(); i++) {
                List<Needle> found = Needle.of(logged.get(i), dates);
                usable = !found.isEmpty();
                needles.addAll(found);
            }
            if (usable) {
                int rarity = rarity(needles);
                // Escapes stand in a request, so no time is cut out of them.
                (decoded ? Spellings.escapes(logged) : List.<Literal>of())
                        .forEach(each -> needles.add(Needle.of(each)));
                requirements.add(new Requirement(List.copyOf(needles), rarity));
            }
        }
        if (!decoded && requirements.stream().allMatch(Prefilter::isWeak)) {
            Outline.of(expression.root(), dates)
                    .ifPresent(outline ->
                            requirements.add(new Requirement(List.of(outline, Needle.BEYOND_ASCII), OUTLINED)));
        }
        requirements.sort(RAREST);
        return requirements;
    }

    private static boolean isWeak(Requirement requirement) {
        return requirement.rarity() < OUTLINED
                && requirement.needles().stream().anyMatch(needle -> needle.length() <= Needles.GRAM);
    }

    private static int rarity(List<Needle> needles) {
        return needles.stream().mapToInt(Needle::rarity).min().orElse(0);
    }

    /** What the line may be to the filter. */
    Prospect prospect(LogLine line) {
        if (!isUseful()) {
            return Prospect.ANYTHING;
        }
        Best best = new Best();
        boolean _ = line.has((block, from, to) -> {
            claims.tell(block, from, to, best);
            return true;
        });
        return best.prospect;
    }

    /** Whether some text that an expression requires is in the line, which one sees together with others. */
    boolean isMentioned(LogLine line) {
        return line.has(claims::isMentioned);
    }

    /** Whether there is anything that a line must contain. */
    boolean isUseful() {
        return !list.isEmpty();
    }

    /** What the expressions require, of which a line must meet one; none when every line is admitted. */
    List<Claim> claims() {
        return list;
    }

    /** Of these at least one is in every line that is admitted; none when every line is. */
    List<Needle> needles() {
        return claims.needles().list();
    }

    /** The best that a line may be. */
    private final class Best implements Claims.Taker {

        private Prospect prospect = Prospect.NOTHING;

        @Override
        public boolean wants(int claim) {
            return prospect == Prospect.NOTHING || !list.get(claim).closing();
        }

        @Override
        public boolean take(int claim) {
            prospect = list.get(claim).closing() ? Prospect.END_OF_SESSION : Prospect.ANYTHING;
            return prospect == Prospect.ANYTHING;
        }
    }
}
