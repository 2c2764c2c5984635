package bailiff.filter;

import bailiff.filter.Node.Greed;
import bailiff.filter.Node.Letters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an expression as steps, the last first, so that each knows what follows it. For one use. */
final class ProgramBuilder {

    private final GroupTable groups;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Node, CharSet> sets = new HashMap<>();

    ProgramBuilder(GroupTable groups) {
        this.groups = groups;
    }

    /** The program; the {@link Shape} must allow it. */
    Program build(Node root) {
        Step accept = add(Step.ACCEPT, null);
        Step entry = write(root, accept);
        Leads leads = new Leads();
        steps.forEach(leads::complete);
        boolean[] lead = Leads.table(leads.of(entry));
        return new Program(entry, steps.toArray(Step[]::new), 2 * (groups.count() + 1), startsAtTextStart(entry), lead);
    }

    private Step add(int op, @Nullable Step next) {
        Step step = new Step(steps.size(), op, next);
        steps.add(step);
        if (step.isRun()) {
            steps.add(step);
        }
        return step;
    }

    private Step write(Node node, Step next) {
        return switch (node) {
            case Node.Char character when isPlain(character) -> literal(List.of(character), next);
            case Node.Char _, Node.Set _, Node.Any _ -> one(node, next);
            case Node.Edge edge -> edge(edge, next);
            case Node.Sequence sequence -> sequence(sequence.parts(), next);
            case Node.Choice choice -> choice(choice.branches(), next);
            case Node.Group group -> group(group, next);
            case Node.Repeat repeat when CharSet.isOne(repeat.body()) -> run(repeat, next);
            case Node.Repeat repeat -> repeat(repeat, next);
            case Node.Look look -> look(look, next);
            case Node.Atomic atomic -> {
                Step step = add(Step.ATOMIC, next);
                step.sub = write(atomic.body(), add(Step.ACCEPT, null));
                yield step;
            }
            case Node.BackReference _, Node.Condition _ -> throw new IllegalArgumentException("not of this shape");
        };
    }

    /** Whether its chars can be compared one by one; half a pair could meet half of another character. */
    static boolean isPlain(Node.Char character) {
        int c = character.codePoint();
        boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        boolean caseless = c < CharSet.ASCII && !Character.isLetter(c);
        return !half && (caseless || character.letters() == Letters.EXACT);
    }

    private Step literal(List<Node> characters, Step next) {
        StringBuilder text = new StringBuilder();
        for (Node node : characters) {
            if (node instanceof Node.Char character) {
                text.appendCodePoint(character.codePoint());
            }
        }
        Step step = add(Step.LITERAL, next);
        step.literal = text.toString().toCharArray();
        return step;
    }

    private Step one(Node node, Step next) {
        return withSet(add(Step.ONE, next), node);
    }

    private Step withSet(Step step, Node node) {
        CharSet set = sets.computeIfAbsent(node, CharSet::of);
        step.set = set;
        step.ascii = set.ascii();
        step.allButLineFeed = set.isAllButLineFeed();
        return step;
    }

    private Step edge(Node.Edge edge, Step next) {
        Step step = add(Step.EDGE, next);
        step.edge = edge;
        return step;
    }

    private Step sequence(List<Node> parts, Step next) {
        Step step = next;
        for (int to = parts.size(), from; to > 0; to = from) {
            from = to - 1;
            if (parts.get(from) instanceof Node.Char last && isPlain(last)) {
                while (from > 0 && parts.get(from - 1) instanceof Node.Char before && isPlain(before)) {
                    from--;
                }
                step = literal(parts.subList(from, to), step);
            } else {
                step = write(parts.get(from), step);
            }
        }
        return step;
    }

    private Step choice(List<Node> branches, Step next) {
        Step step = write(branches.getLast(), next);
        for (int i = branches.size() - 2; i >= 0; i--) {
            step = split(write(branches.get(i), next), step);
        }
        return step;
    }

    private Step split(Step first, Step second) {
        Step split = add(Step.SPLIT, first);
        split.other = second;
        return split;
    }

    private Step group(Node.Group group, Step next) {
        if (!groups.isNeeded(group.number())) {
            return write(group.body(), next);
        }
        Step end = add(Step.SAVE, next);
        end.slot = 2 * group.number() + 1;
        Step start = add(Step.SAVE, write(group.body(), end));
        start.slot = 2 * group.number();
        return start;
    }

    private Step run(Node.Repeat repeat, Step next) {
        int op = switch (repeat.greed()) {
            case GREEDY -> Step.GREEDY;
            case LAZY -> Step.LAZY;
            case POSSESSIVE -> Step.POSSESSIVE;
        };
        Step step = withSet(add(op, next), repeat.body());
        step.min = repeat.min();
        step.max = repeat.max();
        return step;
    }

    private Step repeat(Node.Repeat repeat, Step next) {
        boolean endless = repeat.max() == Node.UNBOUNDED;
        boolean lazy = repeat.greed() == Greed.LAZY;
        Step step = next;
        int must = repeat.min();
        if (endless) {
            Step loop = add(Step.SPLIT, next);
            Step body = write(repeat.body(), loop);
            loop.next = lazy ? next : body;
            loop.other = lazy ? body : next;
            step = must > 0 ? body : loop;
            must = Math.max(0, must - 1);
        } else {
            for (int i = repeat.max() - must; i > 0; i--) {
                Step body = write(repeat.body(), step);
                step = lazy ? split(next, body) : split(body, next);
            }
        }
        for (int i = must; i > 0; i--) {
            step = write(repeat.body(), step);
        }
        return step;
    }

    private Step look(Node.Look look, Step next) {
        Step step = add(Step.LOOK, next);
        step.sub = write(look.body(), add(Step.ACCEPT, null));
        step.behind = !look.ahead();
        step.negative = look.negative();
        step.width = step.behind ? (int) Width.of(look.body()).min() : 0;
        return step;
    }

    private static boolean startsAtTextStart(Step entry) {
        return switch (entry.op) {
            case Step.EDGE -> entry.edge.place() == Node.Place.TEXT_START || startsAtTextStart(entry.next);
            case Step.SAVE -> startsAtTextStart(entry.next);
            case Step.SPLIT -> startsAtTextStart(entry.next) && startsAtTextStart(entry.other);
            default -> false;
        };
    }

    /** What can stand next at a step, of the {@link CharSet#KINDS} and the end of the text; too much, never too little. */
    private static final class Leads {

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
                case Step.SPLIT -> {
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

        private static void add(BitSet lead, char first) {
            if (first < CharSet.ASCII) {
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
            table[Step.BEYOND_ASCII] = beyond >= 0 && beyond < CharSet.KINDS;
            table[Step.END] = lead.get(END);
            return table;
        }

        private static char[] follow(Step next) {
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
}
