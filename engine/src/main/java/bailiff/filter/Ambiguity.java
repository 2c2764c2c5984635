package bailiff.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether a repetition can come back to the same place on two ways that read the same text. Then the ways multiply with
 * every turn, and a match that fails behind it tries them all.
 */
final class Ambiguity {

    /*
     * Glushkov's automaton of the repetition: one state for each part that reads a character, an edge where one part can
     * follow another. Two ways there are if an edge exists twice, by an inner and by the outer repetition, as in (a+)+;
     * or if two walkers who read the same text can part and meet again, as in (a|a)*. See A. Weber and H. Seidl, "On the
     * degree of ambiguity of finite automata", 1991. Walkers are looked for in the graph of pairs of states, whose size
     * is bounded: a larger repetition is not judged.
     */
    static final int MOST_STATES = 64;

    /** From so many turns on, a bounded repetition counts as one without end. */
    static final int MANY = 10;

    /** Where a part can begin and end, and whether it can read nothing. */
    private record Span(BitSet first, BitSet last, boolean nothing) {}

    private final List<BitSet> alphabets = new ArrayList<>();
    private final BitSet[] next = new BitSet[MOST_STATES];
    private boolean tooLarge;
    private boolean doubled;

    private Ambiguity() {
        Arrays.setAll(next, state -> new BitSet());
    }

    /** Whether the repetition, which must turn many times, is ambiguous. */
    static boolean of(Node.Repeat repeat) {
        Ambiguity ambiguity = new Ambiguity();
        Span body = ambiguity.span(repeat.body());
        ambiguity.connect(body.last, body.first);
        return !ambiguity.tooLarge && (ambiguity.doubled || ambiguity.walkersPartAndMeet());
    }

    /** Whether the repetition can turn so often that its ways multiply beyond all bounds. */
    static boolean isOfMany(Node.Repeat repeat) {
        return repeat.max() >= MANY && repeat.greed() != Node.Greed.POSSESSIVE;
    }

    private Span span(Node node) {
        return switch (node) {
            case Node.Char _, Node.Set _, Node.Any _ -> state(Alphabet.of(node));
            case Node.Edge _, Node.Look _, Node.BackReference _ -> new Span(new BitSet(), new BitSet(), true);
            case Node.Group group -> span(group.body());
            case Node.Atomic atomic -> sealed(atomic.body());
            case Node.Sequence sequence -> inARow(sequence.parts());
            case Node.Choice choice -> anyOf(choice.branches());
            case Node.Condition condition -> anyOf(List.of(condition.yes(), condition.no()));
            case Node.Repeat repeat -> repeated(repeat);
        };
    }

    private Span state(BitSet alphabet) {
        int state = alphabets.size();
        if (state == MOST_STATES) {
            tooLarge = true;
            return new Span(new BitSet(), new BitSet(), true);
        }
        alphabets.add(alphabet);
        BitSet alone = new BitSet();
        alone.set(state);
        return new Span(alone, alone, false);
    }

    /** What is not tried again once it has matched is one step. */
    private Span sealed(Node body) {
        BitSet any = new BitSet();
        any.set(0, Alphabet.SIZE);
        Span step = state(any);
        return new Span(step.first, step.last, Width.of(body).min() == 0);
    }

    private Span inARow(List<Node> parts) {
        Span all = new Span(new BitSet(), new BitSet(), true);
        for (Node part : parts) {
            Span span = span(part);
            connect(all.last, span.first);
            all = new Span(
                    all.nothing ? union(all.first, span.first) : all.first,
                    span.nothing ? union(all.last, span.last) : span.last,
                    all.nothing && span.nothing);
        }
        return all;
    }

    private Span anyOf(List<Node> branches) {
        Span all = new Span(new BitSet(), new BitSet(), false);
        for (Node branch : branches) {
            Span span = span(branch);
            all = new Span(union(all.first, span.first), union(all.last, span.last), all.nothing || span.nothing);
        }
        return all;
    }

    private Span repeated(Node.Repeat repeat) {
        if (repeat.greed() == Node.Greed.POSSESSIVE) {
            Span once = sealed(repeat.body());
            return new Span(once.first, once.last, repeat.min() == 0);
        }
        Span body = span(repeat.body());
        if (repeat.max() > 1 && repeat.max() != repeat.min()) {
            connect(body.last, body.first);
        }
        return new Span(body.first, body.last, body.nothing || repeat.min() == 0);
    }

    private static BitSet union(BitSet one, BitSet other) {
        BitSet union = (BitSet) one.clone();
        union.or(other);
        return union;
    }

    private void connect(BitSet from, BitSet to) {
        from.stream().forEach(state -> {
            doubled |= next[state].intersects(to);
            next[state].or(to);
        });
    }

    /** A pair of different states that both can be reached from and can reach one walked by both together. */
    private boolean walkersPartAndMeet() {
        int count = alphabets.size();
        List<BitSet> after = new ArrayList<>();
        List<BitSet> before = new ArrayList<>();
        for (int pair = 0; pair < count * count; pair++) {
            after.add(new BitSet());
            before.add(new BitSet());
        }
        for (int pair = 0; pair < count * count; pair++) {
            for (int a : next[pair / count].stream().toArray()) {
                for (int b : next[pair % count].stream().toArray()) {
                    if (alphabets.get(a).intersects(alphabets.get(b))) {
                        after.get(pair).set(a * count + b);
                        before.get(a * count + b).set(pair);
                    }
                }
            }
        }
        BitSet met = reached(after, count);
        met.and(reached(before, count));
        return met.stream().anyMatch(pair -> pair / count != pair % count);
    }

    private static BitSet reached(List<BitSet> edges, int count) {
        BitSet reached = new BitSet();
        Deque<Integer> waiting = new ArrayDeque<>();
        IntStream.range(0, count).map(state -> state * count + state).forEach(waiting::add);
        waiting.forEach(reached::set);
        while (!waiting.isEmpty()) {
            edges.get(waiting.remove()).stream()
                    .filter(pair -> !reached.get(pair))
                    .forEach(pair -> {
                        reached.set(pair);
                        waiting.add(pair);
                    });
        }
        return reached;
    }
}
