package bailiff.filter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Searches texts for the match of a {@link Program}: the one that Python's {@code re} finds. Not thread-safe: one
 * filter owns it.
 */
final class Walker {

    /*
     * A backtracker with a stack of its own. At first it walks on trust, since nearly every line costs a few steps per
     * character. When it has spent more, it begins again and marks every step at every place where it was: who comes
     * there again would fail again, since what follows depends on step and place alone (and on which of the groups took
     * part that a condition asks for), so he need not go. That is
     * the "bit-state" matcher of Russ Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009: each
     * step at each place at most once. A repetition of one set is one step here, but is marked at each place that it
     * reads, as if it were the loop that it stands for.
     *
     * The stack holds entries of three numbers, the last of which says what to do: an id of a step, to try its next
     * way; the complement of a slot, to restore what was in it.
     */
    private static final int FAILED = -1;
    private static final int GAVE_UP = -2;
    private static final int ENTRY = 3;
    private static final int USUAL_STACK = 64 * ENTRY;

    /** Memory beyond this, in numbers, is given back after the line that needed it. */
    private static final int MOST_KEPT = 8_192;

    /** Steps on trust: so many for each character, and some for the shortest texts. */
    private static final int TRUST = 16;

    private static final int LEAST_TRUST = 256;

    private int[] stack = new int[USUAL_STACK];
    private int depth;
    private final Marks marks = new Marks();
    private boolean marking;
    private int steps;
    private int limit;
    private int resumed;

    private final Subject subject;
    private byte[] text;
    private int length;
    private Step[] program = {};
    private int[] asked = {};
    private int states;
    private int[] slots = {};

    Walker(Subject subject) {
        this.subject = subject;
        this.text = subject.bytes();
    }

    /** How many steps a text of that length may cost before it is marked where the walker was. */
    static int trusted(int length) {
        return LEAST_TRUST + TRUST * length;
    }

    /** The steps that the latest search took. */
    int steps() {
        return steps;
    }

    /**
     * Searches the subject for the leftmost match.
     *
     * @param found takes start and end of each group by number, -1 where it took no part
     * @return whether there is a match
     */
    boolean finds(Program sought, int[] found) {
        text = subject.bytes();
        length = subject.length();
        program = sought.steps;
        asked = sought.asked;
        states = sought.states();
        slots = found;
        steps = 0;
        if (sought.entry.op == Step.ACCEPT) {
            Arrays.fill(slots, 0);
            return true;
        }
        depth = 0;
        limit = Math.min(subject.budget().left(), trusted(length));
        marking = false;
        boolean finds = search(sought);
        release();
        subject.budget().spend(steps);
        return finds;
    }

    private boolean search(Program sought) {
        int last = sought.atStart ? 0 : length;
        for (int start = 0; start <= last; start++) {
            if (!sought.lead[subject.kind(start)] || subject.isInside(start)) {
                continue;
            }
            Arrays.fill(slots, FAILED);
            int end = walk(sought.entry, start);
            if (end == GAVE_UP) {
                beginMarking();
                Arrays.fill(slots, FAILED);
                end = walk(sought.entry, start);
            }
            if (end == FAILED && steps > limit) {
                beginMarking();
            }
            if (end >= 0) {
                slots[0] = start;
                slots[1] = end;
                return true;
            }
        }
        steps += last;
        return false;
    }

    private void beginMarking() {
        subject.budget().check(steps);
        marks.begin(states, length + 1);
        marking = true;
        limit = subject.budget().left();
    }

    private void release() {
        if (stack.length > MOST_KEPT) {
            stack = new int[USUAL_STACK];
        }
        marks.release();
    }

    /** Where the match ends that begins here with that step. */
    private int walk(Step entry, int from) {
        int base = depth;
        Step step = entry;
        int at = from;
        int taken = 0;
        while (true) {
            taken++;
            int to;
            if (marking && wasAt(step.id, at)) {
                to = FAILED;
            } else {
                switch (step.op) {
                    case Step.LITERAL -> to = subject.startsWith(step.literal, at) ? at + step.literal.length : FAILED;
                    case Step.POSSESSIVE -> to = possessive(step, at);
                    case Step.SPLIT -> {
                        int ways = step.ways[subject.kind(at)];
                        if (ways == Step.BY_OTHER) {
                            step = step.other;
                            continue;
                        }
                        if (ways == (Step.BY_NEXT | Step.BY_OTHER)) {
                            push(at, 0, step.id);
                        }
                        to = ways == 0 ? FAILED : at;
                    }
                    case Step.SAVE -> {
                        if (depth > base) {
                            push(slots[step.slot], 0, ~step.slot);
                        }
                        slots[step.slot] = at;
                        to = at;
                    }
                    case Step.GREEDY -> to = greedy(step, at);
                    case Step.ONE -> to = one(step, at);
                    case Step.EDGE -> to = subject.isAt(step.edge, at) ? at : FAILED;
                    case Step.LAZY -> to = lazy(step, after(step, at, step.min), step.max - step.min);
                    case Step.LOOK -> to = look(step, at);
                    case Step.ATOMIC -> to = walkApart(step.sub, at);
                    case Step.CONDITION -> {
                        step = slots[step.slot] >= 0 ? step.next : step.other;
                        continue;
                    }
                    default -> {
                        depth = base;
                        steps += taken;
                        return at;
                    }
                }
            }
            if (to >= 0) {
                at = to;
                step = step.next;
                continue;
            }
            steps += taken;
            taken = 0;
            Step other = to == FAILED ? resume(base) : null;
            if (other == null) {
                depth = base;
                return to == FAILED ? resumed : to;
            }
            step = other;
            at = resumed;
        }
    }

    /** Takes up the latest way that was left aside; without one, the place says whether that is all or too much. */
    private @Nullable Step resume(int base) {
        while (depth > base) {
            steps++;
            if (steps > limit) {
                subject.budget().check(steps);
                resumed = GAVE_UP;
                return null;
            }
            depth -= ENTRY;
            int a = stack[depth];
            int b = stack[depth + 1];
            int id = stack[depth + 2];
            if (id < 0) {
                slots[~id] = a;
                continue;
            }
            Step step = program[id];
            resumed = switch (step.op) {
                case Step.GREEDY -> greedy(step, a, subject.before(b, a));
                case Step.LAZY -> lazyOn(step, a, b);
                default -> a;
            };
            if (resumed >= 0) {
                return step.op == Step.SPLIT ? step.other : step.next;
            }
        }
        resumed = FAILED;
        return null;
    }

    private boolean wasAt(int id, int at) {
        int state = id;
        for (int slot : asked) {
            state = 2 * state + (slots[slot] >= 0 ? 1 : 0);
        }
        return marks.wasAt(state, at);
    }

    private void push(int a, int b, int id) {
        if (depth + ENTRY > stack.length) {
            stack = Arrays.copyOf(stack, 2 * stack.length);
        }
        stack[depth] = a;
        stack[depth + 1] = b;
        stack[depth + 2] = id;
        depth += ENTRY;
    }

    /** Behind the one character that stands there, if it is of the set. */
    private int one(Step step, int at) {
        byte c = text[at];
        if (c >= 0) {
            return step.ascii[c] ? at + 1 : FAILED;
        }
        return beyond(step, at);
    }

    /** The same for a character beyond ASCII, or the end. */
    private int beyond(Step step, int at) {
        if (at == length) {
            return FAILED;
        }
        return step.set.has(subject.character(at)) ? subject.after(at) : FAILED;
    }

    /** Behind so many characters of the set, if they stand there. */
    private int after(Step step, int at, int count) {
        int to = at;
        for (int i = count; i > 0 && to >= 0; i--) {
            to = one(step, to);
        }
        return to;
    }

    /** Behind all characters of the set that stand there, as many as the step takes; nowhere if they are too few. */
    private int run(Step step, int at) {
        // Up to the line's end there are so many bytes, of which only one proves a character: two may be one.
        boolean toLineEnd = step.allButLineFeed && step.max == Node.UNBOUNDED && step.min <= 1;
        int to = toLineEnd ? subject.lineEnd(at) : behindAscii(step, at);
        int taken = to - at;
        if (to < length && text[to] < 0 && taken < step.max) {
            return runOn(step, to, taken);
        }
        steps += taken;
        return taken < step.min ? FAILED : to;
    }

    private int behindAscii(Step step, int at) {
        byte[] bytes = text;
        boolean[] ascii = step.ascii;
        int limit = step.max < length - at ? at + step.max : length;
        int to = at;
        while (to < limit) {
            byte c = bytes[to];
            if (c < 0 || !ascii[c]) {
                break;
            }
            to++;
        }
        return to;
    }

    /** Goes on behind so many characters at one that may be beyond ASCII. */
    private int runOn(Step step, int at, int before) {
        int to = at;
        int taken = before;
        for (int next = one(step, at); next >= 0 && taken < step.max; taken++) {
            to = next;
            next = one(step, to);
        }
        steps += taken;
        return taken < step.min ? FAILED : to;
    }

    private int possessive(Step step, int at) {
        if (!marking || step.max != Node.UNBOUNDED) {
            return run(step, at);
        }
        int least = step.min == 0 ? at : after(step, at, step.min);
        if (least < 0) {
            return FAILED;
        }
        int last = lastUnmarked(step, least);
        return last >= 0 && one(step, last) < 0 ? last : FAILED;
    }

    private int greedy(Step step, int at) {
        int least = step.min == 0 ? at : after(step, at, step.min);
        if (least < 0) {
            return FAILED;
        }
        boolean unmarked = !marking || step.max != Node.UNBOUNDED;
        return greedy(step, least, unmarked ? run(step, at) : lastUnmarked(step, least));
    }

    /** The latest place down to the least where what follows can begin; the earlier ones are left aside. */
    private int greedy(Step step, int least, int last) {
        int at = last;
        if (step.follow.length > 0) {
            while (at >= least && !subject.startsWith(step.follow, at)) {
                at--;
            }
        } else {
            while (at >= least && !step.lead[subject.kind(at)]) {
                at = subject.before(at, least);
            }
        }
        steps += last - at;
        if (at < least) {
            return FAILED;
        }
        if (at > least) {
            push(least, at, step.id);
        }
        return at;
    }

    /** The first place from there on where what follows can begin; the later ones, so many at most, are left aside. */
    private int lazy(Step step, int from, int more) {
        int at = from;
        for (int left = more; at >= 0; left--) {
            if (marking && step.max == Node.UNBOUNDED && wasAt(step.id + 1, at)) {
                return FAILED;
            }
            steps++;
            if (step.lead[subject.kind(at)]) {
                push(at, left, step.id);
                return at;
            }
            at = left == 0 ? FAILED : one(step, at);
        }
        return FAILED;
    }

    private int lazyOn(Step step, int at, int more) {
        return more == 0 ? FAILED : lazy(step, one(step, at), more - 1);
    }

    /** The last place that an endless repetition comes to before one where it was already; marks them all. */
    private int lastUnmarked(Step step, int least) {
        int last = FAILED;
        for (int to = least; to >= 0 && !wasAt(step.id + 1, to); to = one(step, to)) {
            last = to;
            steps++;
        }
        return last;
    }

    private int look(Step step, int at) {
        int from = at;
        for (int i = 0; i < step.width && from >= 0; i++) {
            from = from == 0 ? FAILED : subject.before(from, 0);
        }
        int end = from < 0 ? FAILED : walkApart(step.sub, from);
        return end == GAVE_UP ? GAVE_UP : (end >= 0) != step.negative ? at : FAILED;
    }

    /** A walk whose ways are not tried again: what is marked in it is not known to have failed, so nothing is. */
    private int walkApart(Step entry, int at) {
        boolean outer = marking;
        marking = false;
        int end = walk(entry, at);
        marking = outer;
        return end;
    }
}
