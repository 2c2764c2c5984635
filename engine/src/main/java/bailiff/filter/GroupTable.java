package bailiff.filter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The groups of an expression while it is parsed: their numbers, names, and which are referred to. */
final class GroupTable {

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final BitSet hidden = new BitSet();
    private final BitSet open = new BitSet();
    private final BitSet conditions = new BitSet();
    private final BitSet references = new BitSet();
    private final List<Integer> starts = new ArrayList<>();

    /** Opens the next group; {@code name} is empty for one without. */
    int open(String name, int at, Cursor in) throws RegexException {
        starts.add(at);
        int number = starts.size();
        if (!name.isEmpty() && numbers.putIfAbsent(name, number) != null) {
            throw in.error(at, "another name: the group '" + name + "' exists already");
        }
        open.set(number);
        return number;
    }

    /** Whether a group has that name. */
    boolean has(String name) {
        return numbers.containsKey(name);
    }

    /** Where the group begins in the expression. */
    int start(int number) {
        return starts.get(number - 1);
    }

    void close(int number) {
        open.clear(number);
    }

    /** How many groups were opened so far. */
    int count() {
        return starts.size();
    }

    /** Makes the groups with higher numbers unknown: what stands in a negative look-around takes nothing. */
    void hideAbove(int number) {
        hidden.set(number + 1, count() + 1);
    }

    /** Whether the group can never be found to have taken part. */
    boolean isHidden(int number) {
        return hidden.get(number);
    }

    /** The number of the closed group that a back-reference names. */
    int referred(String name, int at, Cursor in) throws RegexException {
        int number = find(name, at, in);
        if (open.get(number)) {
            throw in.error(at, "a group that is closed: '" + name + "' is still open");
        }
        references.set(number);
        return number;
    }

    /** The number of the group that a conditional asks about. */
    int asked(String name, int at, Cursor in) throws RegexException {
        int number = find(name, at, in);
        if (open.get(number)) {
            throw in.error(at, "a group that is closed: '" + name + "' is still open");
        }
        conditions.set(number);
        return number;
    }

    private int find(String name, int at, Cursor in) throws RegexException {
        boolean numeric = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = numeric ? small(name) : numbers.getOrDefault(name, 0);
        if (number < 1 || number > count()) {
            throw in.error(at, "a group that stands further left: there is no '" + name + "'");
        }
        if (isHidden(number)) {
            throw in.error(at, "a group that can take part: '" + name + "' stands in a negative look-around");
        }
        return number;
    }

    private static int small(String digits) {
        return digits.length() > 4 ? 0 : Integer.parseInt(digits);
    }

    /** Numbers by name of the groups that can take part in a match, in the order of the groups. */
    Map<String, Integer> visibleNames() {
        Map<String, Integer> visible = new LinkedHashMap<>(numbers);
        visible.values().removeIf(this::isHidden);
        return visible;
    }

    boolean isAsked(int number) {
        return conditions.get(number);
    }

    /** Whether anybody wants to know what the group took. */
    boolean isNeeded(int number) {
        return references.get(number) || conditions.get(number) || numbers.containsValue(number);
    }
}
