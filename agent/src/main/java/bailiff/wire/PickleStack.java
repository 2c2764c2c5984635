package bailiff.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stack and the memo of an {@link Unpickler}. Not thread-safe.
 *
 * <p>A container takes elements only until it is put into another or fetched from the memo. So nothing is ever part of
 * itself, and what a value would take when written out in full is known, and bounded, while it grows.
 */
final class PickleStack {

    static final int MOST_DEPTH = 32;
    static final int MOST_KEYS = 1_000;
    static final int MOST_WEIGHT = 16 << 20;

    /* A reload carries a whole configuration: some 10,000 for fail2ban's stock jails. Each costs up to 100 bytes. */
    static final int MOST_STEPS = 200_000;

    /* What a value takes besides its text, about. */
    private static final int OWN_WEIGHT = 8;

    private enum Kind {
        LIST,
        TABLE,
        GROUP
    }

    /** Something on the stack. */
    private sealed interface Part {}

    /** A value that takes no more. */
    private record Finished(Value value, int weight, int depth) implements Part {}

    /** A container that does. */
    private static final class Growing implements Part {
        private final Kind kind;
        private final List<Finished> elements = new ArrayList<>();
        private long weight = OWN_WEIGHT;
        private int depth = 1;
        private @Nullable Finished finished;

        Growing(Kind kind) {
            this.kind = kind;
        }
    }

    private final ArrayList<Part> parts = new ArrayList<>();
    private long hashed;
    private final ArrayList<Integer> marks = new ArrayList<>();
    private final Map<Integer, Part> memo = new HashMap<>();
    private int steps;

    private void put(Part part) throws PickleException {
        step();
        parts.add(part);
    }

    private void step() throws PickleException {
        steps++;
        if (steps > MOST_STEPS) {
            throw new PickleException("It has more than " + MOST_STEPS + " parts.");
        }
    }

    void push(Value value) throws PickleException {
        int text = switch (value) {
            case Value.Text(String written) -> written.length();
            case Value.Raw(String latin) -> latin.length();
            default -> 0;
        };
        put(new Finished(value, OWN_WEIGHT + text, 0));
    }

    void pushList() throws PickleException {
        put(new Growing(Kind.LIST));
    }

    void pushTable() throws PickleException {
        put(new Growing(Kind.TABLE));
    }

    void pushGroup() throws PickleException {
        put(new Growing(Kind.GROUP));
    }

    void mark() throws PickleException {
        step();
        marks.add(parts.size());
    }

    void pop() throws PickleException {
        if (!marks.isEmpty() && marks.getLast() == parts.size()) {
            marks.removeLast();
        } else {
            take();
        }
    }

    void popMark() throws PickleException {
        takeMarked();
    }

    /** Puts what is on top into the list or set below it. */
    void append() throws PickleException {
        Part top = take();
        add(container(Kind.LIST), List.of(top));
    }

    /** Puts what is above the mark into the list below it. */
    void appendMarked() throws PickleException {
        List<Part> taken = takeMarked();
        add(container(Kind.LIST), taken);
    }

    /** Puts what is above the mark into the set below it. */
    void addMarked() throws PickleException {
        List<Part> taken = takeMarked();
        add(container(Kind.GROUP), taken);
    }

    /** Puts the key and the value on top into the dict below them. */
    void setItem() throws PickleException {
        Part value = take();
        Part key = take();
        add(container(Kind.TABLE), List.of(key, value));
    }

    /** Puts the keys and values above the mark into the dict below it. */
    void setMarked() throws PickleException {
        List<Part> taken = takeMarked();
        add(container(Kind.TABLE), taken);
    }

    /** Makes a list of what is above the mark. */
    void listMarked() throws PickleException {
        collect(Kind.LIST, takeMarked());
    }

    /** Makes a dict of what is above the mark. */
    void tableMarked() throws PickleException {
        collect(Kind.TABLE, takeMarked());
    }

    /** Makes a set of what is above the mark. */
    void groupMarked() throws PickleException {
        collect(Kind.GROUP, takeMarked());
    }

    private void collect(Kind kind, List<Part> taken) throws PickleException {
        Growing made = new Growing(kind);
        add(made, taken);
        put(made);
    }

    /** Makes a tuple of what is above the mark. */
    void tupleMarked() throws PickleException {
        tuple(takeMarked());
    }

    /** Makes a tuple of that many that are on top. */
    void tuple(int size) throws PickleException {
        List<Part> taken = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            taken.addFirst(take());
        }
        tuple(taken);
    }

    private void tuple(List<Part> taken) throws PickleException {
        Growing like = new Growing(Kind.LIST);
        add(like, taken);
        Finished list = finish(like);
        Value tuple =
                new Value.Tuple(like.elements.stream().map(Finished::value).toList());
        put(new Finished(tuple, list.weight(), list.depth()));
    }

    /** Remembers what is on top. */
    void memoize(int index) throws PickleException {
        if (parts.isEmpty()) {
            throw new PickleException("It remembers what is not there.");
        }
        step();
        memo.put(index, parts.getLast());
    }

    void memoize() throws PickleException {
        memoize(memo.size());
    }

    void recall(int index) throws PickleException {
        Part remembered = memo.get(index);
        if (remembered == null) {
            throw new PickleException("It recalls what it never remembered.");
        }
        put(finish(remembered));
    }

    /** The one value that is left. */
    Value last() throws PickleException {
        if (parts.size() != 1 || !marks.isEmpty()) {
            throw new PickleException("It does not come to one value.");
        }
        return finish(parts.getFirst()).value();
    }

    private Part take() throws PickleException {
        int floor = marks.isEmpty() ? 0 : marks.getLast();
        if (parts.size() <= floor) {
            throw new PickleException("It takes from an empty stack.");
        }
        return parts.removeLast();
    }

    private List<Part> takeMarked() throws PickleException {
        if (marks.isEmpty()) {
            throw new PickleException("It takes up to a mark that is not there.");
        }
        List<Part> above = parts.subList(marks.removeLast(), parts.size());
        List<Part> taken = List.copyOf(above);
        above.clear();
        return taken;
    }

    private Growing container(Kind kind) throws PickleException {
        int floor = marks.isEmpty() ? 0 : marks.getLast();
        if (parts.size() > floor && parts.getLast() instanceof Growing growing && growing.kind == kind) {
            if (growing.finished != null) {
                throw new PickleException("It adds to a container that it has used already.");
            }
            return growing;
        }
        throw new PickleException("It adds to what is no such container.");
    }

    private void add(Growing container, List<Part> added) throws PickleException {
        if (container.kind == Kind.TABLE && added.size() % 2 != 0) {
            throw new PickleException("A key has no value.");
        }
        for (Part part : added) {
            Finished element = finish(part);
            container.elements.add(element);
            container.weight += element.weight();
            container.depth = Math.max(container.depth, element.depth() + 1);
            if (container.weight > MOST_WEIGHT) {
                throw new PickleException("It is too large when written out.");
            }
            if (container.depth > MOST_DEPTH) {
                throw new PickleException("It is nested more than " + MOST_DEPTH + " deep.");
            }
        }
        if (container.kind != Kind.LIST && container.elements.size() > MOST_KEYS) {
            throw new PickleException("A dict or set has too many elements.");
        }
    }

    private Finished finish(Part part) throws PickleException {
        return switch (part) {
            case Finished finished -> finished;
            case Growing growing -> {
                if (growing.finished == null) {
                    count(growing);
                    growing.finished = new Finished(value(growing), (int) growing.weight, growing.depth);
                }
                yield growing.finished;
            }
        };
    }

    /** What is put into a dict or set is looked through whole, however often it is the same. */
    private void count(Growing growing) throws PickleException {
        hashed += growing.kind == Kind.LIST ? 0 : growing.weight;
        if (hashed > MOST_WEIGHT) {
            throw new PickleException("Its dicts and sets are too large together.");
        }
    }

    private static Value value(Growing growing) {
        List<Value> values = growing.elements.stream().map(Finished::value).toList();
        return switch (growing.kind) {
            case LIST -> new Value.Sequence(values);
            case GROUP -> new Value.Group(new LinkedHashSet<>(values));
            case TABLE -> {
                Map<Value, Value> entries = new LinkedHashMap<>();
                for (int i = 0; i < values.size(); i += 2) {
                    entries.put(values.get(i), values.get(i + 1));
                }
                yield new Value.Table(entries);
            }
        };
    }
}
