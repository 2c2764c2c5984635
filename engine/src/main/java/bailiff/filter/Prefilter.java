package bailiff.filter;

import bailiff.line.DateDetector;
import bailiff.line.LogLine;
import java.util.ArrayList;
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

    private static final Comparator<Requirement> RAREST =
            Comparator.comparingInt(Requirement::rarity).reversed();

    /** Turns no line away. */
    static final Prefilter NONE = of(List.of());

    private final Needles needles;
    private final int[][] owners;
    private final List<List<Requirement>> further;

    /** Of these needles one must be in the line. */
    private record Requirement(List<Needle> needles, int rarity) {

        boolean isMet(byte[] block, int from, int to) {
            for (Needle needle : needles) {
                if (needle.isIn(block, from, to)) {
                    return true;
                }
            }
            return false;
        }
    }

    private Prefilter(Needles needles, int[][] owners, List<List<Requirement>> further) {
        this.needles = needles;
        this.owners = owners;
        this.further = further;
    }

    /**
     * The prefilter for lines in which the one expression and one of the others must match.
     *
     * @param dates cuts the time out of the lines before the expressions see them
     * @param decoded whether they see requests in their one spelling, and not as they were logged
     */
    static Prefilter of(Expression prefix, List<Expression> alternatives, DateDetector dates, boolean decoded) {
        List<Requirement> first = requirements(prefix, dates, decoded);
        List<List<Requirement>> each = new ArrayList<>();
        alternatives.forEach(expression -> each.add(requirements(expression, dates, decoded)));
        if (!each.isEmpty() && each.stream().noneMatch(List::isEmpty)) {
            each.replaceAll(own -> together(own, first));
            if (sought(each).size() <= Needles.MOST) {
                return of(each);
            }
        }
        return of(first.isEmpty() ? List.of() : List.of(together(first, List.of())));
    }

    private static List<Needle> sought(List<List<Requirement>> each) {
        return each.stream()
                .flatMap(requirements -> requirements.getFirst().needles().stream())
                .distinct()
                .toList();
    }

    /** The rarest first; no more than help. */
    private static List<Requirement> together(List<Requirement> own, List<Requirement> first) {
        List<Requirement> all = new ArrayList<>(own);
        all.addAll(first);
        all.sort(RAREST);
        boolean rare = all.getFirst().rarity() >= RARE;
        return List.copyOf(all.subList(0, Math.min(all.size(), 1 + (rare ? 0 : MOST_SECOND_LOOKS))));
    }

    /** The first requirement of each is looked for, the others are then to be met as well. */
    private static Prefilter of(List<List<Requirement>> each) {
        List<Needle> all = sought(each);
        List<List<Integer>> owners = new ArrayList<>();
        all.forEach(needle -> owners.add(new ArrayList<>()));
        List<List<Requirement>> further = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            List<Requirement> requirements = each.get(i);
            for (Needle needle : requirements.getFirst().needles()) {
                owners.get(all.indexOf(needle)).add(i);
            }
            further.add(List.copyOf(requirements.subList(1, requirements.size())));
        }
        int[][] numbers = owners.stream()
                .map(list ->
                        list.stream().mapToInt(Integer::intValue).distinct().toArray())
                .toArray(int[][]::new);
        return new Prefilter(new Needles(all), numbers, List.copyOf(further));
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
        requirements.sort(RAREST);
        return requirements;
    }

    private static int rarity(List<Needle> needles) {
        return needles.stream().mapToInt(Needle::rarity).min().orElse(0);
    }

    /** Whether the line has to be looked at. */
    boolean admits(LogLine line) {
        return !isUseful() || line.has(this::isAdmitted);
    }

    /** Whether some text that an expression requires is in the line, which one sees together with others. */
    boolean isMentioned(LogLine line) {
        return line.has(this::isMentioned);
    }

    private boolean isMentioned(byte[] block, int from, int to) {
        Looks looks = new Looks();
        return needles.find(
                        block, from, to, (number, at) -> !looks.areLeft(1) || isOfLiteral(number, at, block, from, to))
                >= 0;
    }

    private boolean isOfLiteral(int number, int at, byte[] block, int from, int to) {
        return needles.list().get(number).isOfLiteral(block, at, from, to);
    }

    private boolean isAdmitted(byte[] block, int from, int to) {
        Looks looks = new Looks();
        return needles.find(block, from, to, (number, at) -> isOwned(number, at, block, from, to, looks)) >= 0;
    }

    private boolean isOwned(int number, int at, byte[] block, int from, int to, Looks looks) {
        if (!looks.areLeft(1)) {
            return true;
        }
        if (!isOfLiteral(number, at, block, from, to)) {
            return false;
        }
        for (int owner : owners[number]) {
            List<Requirement> more = further.get(owner);
            if (!looks.areLeft(cost(more)) || areMet(more, block, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static int cost(List<Requirement> requirements) {
        int cost = 0;
        for (int i = 0; i < requirements.size(); i++) {
            cost += requirements.get(i).needles().size();
        }
        return cost;
    }

    private static boolean areMet(List<Requirement> requirements, byte[] block, int from, int to) {
        for (int i = 0; i < requirements.size(); i++) {
            if (!requirements.get(i).isMet(block, from, to)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is anything that a line must contain. */
    boolean isUseful() {
        return !needles.list().isEmpty();
    }

    /** Of these at least one is in every line that is admitted; none when every line is. */
    List<Needle> needles() {
        return needles.list();
    }
}
