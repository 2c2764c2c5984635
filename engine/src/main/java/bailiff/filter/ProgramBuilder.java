package bailiff.filter;

import bailiff.filter.Node.Greed;
import bailiff.filter.Node.Letters;
import java.util.ArrayList;
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
            case Node.Condition condition -> {
                Step step = add(Step.CONDITION, write(condition.yes(), next));
                step.other = write(condition.no(), next);
                step.slot = 2 * condition.group() + 1;
                yield step;
            }
            case Node.BackReference _ -> throw new IllegalArgumentException("not of this shape");
        };
    }

    /** Whether its bytes can be compared one by one; half a pair could meet half of another character. */
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
        step.literal = Subject.bytes(text.toString());
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
            case Step.SPLIT, Step.CONDITION -> startsAtTextStart(entry.next) && startsAtTextStart(entry.other);
            default -> false;
        };
    }
}
