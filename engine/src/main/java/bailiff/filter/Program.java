package bailiff.filter;

import java.util.Arrays;
import java.util.Optional;

/**
 * An expression as steps for the {@link Walker}, where its shape allows that the walker's work grows with the length of
 * the text only, not faster. Immutable.
 */
final class Program {

    /**
     * Larger ones are left to java.util.regex: counted repetitions are written out, and the marks of the longest line
     * must stay within bounds.
     */
    static final int MOST_STEPS = 2_000;

    /** Each group that a condition asks for doubles the marks. */
    private static final int MOST_ASKED = 4;

    /** The first step. */
    final Step entry;

    /** Every step at its id; that of a repetition at both of its ids. */
    final Step[] steps;

    /** How many places of the text a match remembers: start and end of each group; group 0 is the whole. */
    final int slots;

    /** The slots that conditions ask for: what follows depends, beside step and place, on which of them are filled. */
    final int[] asked;

    /** Whether it can match at the start of the text only. */
    final boolean atStart;

    /** What a match can begin with, as {@link Step#lead}. */
    final boolean[] lead;

    Program(Step entry, Step[] steps, int slots, boolean atStart, boolean[] lead) {
        this.entry = entry;
        this.steps = steps;
        this.slots = slots;
        this.atStart = atStart;
        this.lead = lead;
        this.asked = Arrays.stream(steps)
                .filter(step -> step.op == Step.CONDITION)
                .mapToInt(step -> step.slot)
                .distinct()
                .toArray();
    }

    /** The program of an expression, if its shape allows one. */
    static Optional<Program> of(ParsedRegex parsed) {
        if (new Shape(parsed.groups()).steps(parsed.root()) > MOST_STEPS) {
            return Optional.empty();
        }
        Program program = new ProgramBuilder(parsed.groups()).build(parsed.root());
        boolean bounded = program.asked.length <= MOST_ASKED && program.states() <= MOST_STEPS;
        return bounded ? Optional.of(program) : Optional.empty();
    }

    /** How many states a place of the text can be met in: each step, with each combination of what is asked for. */
    int states() {
        return steps.length << asked.length;
    }

    /**
     * The most steps that a search of a text of that length takes, unless a part looks around or is atomic: on trust,
     * and to the end of the way on which that ran out; then each step once at each place.
     */
    long mostSteps(int length) {
        return Walker.trusted(length) + ((2 * weight()) << asked.length) * (length + 2L);
    }

    /** What all steps together can cost at one place of the text. */
    private long weight() {
        long weight = 1;
        for (int id = 0; id < steps.length; id++) {
            Step step = steps[id];
            weight += !step.isRun() ? 2 : step.max == Node.UNBOUNDED ? 3L + step.min : 3L + 2L * step.max;
        }
        return weight;
    }
}
