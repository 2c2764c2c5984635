package bailiff.filter;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What can stand next at each step of a program, of the {@link CharSet#KINDS} and the end of the text: too much rather
 * than too little.
 */
final class Leads {

    private static final int END = CharSet.KINDS;
    private static final int ALL = END + 1;

    private final Map<Step, BitSet> known = new HashMap<>();

    BitSet of(Step step) {
        BitSet lead = known.get(step);
        if (lead == null) {
            lead = find(step);
            known.put(step, lead);
        }
        return lead;
    }

    private BitSet find(Step step) {
        BitSet lead = new BitSet(ALL);
        switch (step.op) {
            case Step.LITERAL -> add(lead, step.literal[0]);
            case Step.ONE -> lead.or(step.set.mayTake());
            case Step.SPLIT, Step.CONDITION -> {
                lead.or(of(step.next));
                lead.or(of(step.other));
            }
            case Step.GREEDY, Step.LAZY, Step.POSSESSIVE -> {
                lead.or(step.max == 0 ? new BitSet() : step.set.mayTake());
                lead.or(step.min == 0 ? of(step.next) : new BitSet());
            }
            case Step.EDGE -> {
                lead.or(of(step.next));
                lead.and(at(step.edge.place()));
            }
            case Step.SAVE, Step.LOOK -> lead.or(of(step.next));
            case Step.ATOMIC -> lead.or(of(step.sub));
            default -> lead.set(0, ALL);
        }
        return lead;
    }

    private static void add(BitSet lead, byte first) {
        if (first >= 0) {
            lead.set(first);
        } else {
            lead.set(CharSet.ASCII, CharSet.KINDS);
        }
    }

    private static BitSet at(Node.Place place) {
        BitSet lead = new BitSet(ALL);
        switch (place) {
            case LAST_LINE_END, LINE_END -> lead.set('\n');
            case TEXT_END -> {}
            case TEXT_START, LINE_START, WORD_EDGE, NO_WORD_EDGE -> lead.set(0, ALL);
        }
        lead.set(END);
        return lead;
    }

    /** Whether what stands next may be so, by the indices of {@link Step#TABLE}. */
    static boolean[] table(BitSet lead) {
        boolean[] table = new boolean[Step.TABLE];
        for (int c = 0; c < CharSet.ASCII; c++) {
            table[c] = lead.get(c);
        }
        int beyond = lead.nextSetBit(CharSet.ASCII);
        Arrays.fill(table, CharSet.ASCII, Step.END, beyond >= 0 && beyond < CharSet.KINDS);
        table[Step.END] = lead.get(END);
        return table;
    }

    private static byte[] follow(Step next) {
        Step step = next;
        while (step.op == Step.SAVE) {
            step = step.next;
        }
        return step.literal;
    }

    /** Fills in the tables of a step, and makes a greedy repetition possessive where less of it never helps. */
    void complete(Step step) {
        if (step.op == Step.SPLIT) {
            boolean[] byNext = table(of(step.next));
            boolean[] byOther = table(of(step.other));
            step.ways = new byte[Step.TABLE];
            for (int i = 0; i < Step.TABLE; i++) {
                step.ways[i] = (byte) ((byNext[i] ? Step.BY_NEXT : 0) | (byOther[i] ? Step.BY_OTHER : 0));
            }
        } else if (step.op == Step.GREEDY || step.op == Step.LAZY) {
            BitSet lead = of(step.next);
            step.lead = table(lead);
            step.follow = follow(step.next);
            if (!lead.intersects(step.set.mayTake())) {
                step.op = Step.POSSESSIVE;
            }
        }
    }
}
