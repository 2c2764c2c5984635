package bailiff.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a filter or an action, which name each other by {@code <option>}: puts each into each.
 *
 * <p>Made for one table; not thread-safe.
 */
final class TagTable {

    /*
     * It is fail2ban's way, and the result depends on it: option by option in the table's order, in each the first tag
     * first, all places of the tag at once, then on from where the tag stood, so that what was put in is looked at
     * again. A tag that stands for nothing stays. Rounds repeat for as long as one of the values changed and still has
     * a tag. One tag is put into one option MOST_TIMES at most, an option never into itself.
     */
    static final int MOST_TIMES = 25;
    static final int LONGEST = 1 << 20;

    private final Map<String, Passage> table;
    private final Set<String> ignored;
    private final Values others;
    private final Effort effort;
    private final Map<String, Map<String, Integer>> times = new HashMap<>();

    /** Where a tag is looked for that is not in the table. */
    interface Values {
        Optional<Passage> find(String tag) throws BadValue;
    }

    /**
     * A table to resolve.
     *
     * @param options by name, in the order that counts
     * @param ignored the tags that stay, and the options that are left alone
     */
    TagTable(Map<String, Passage> options, Set<String> ignored, Values others, Effort effort) {
        this.table = new LinkedHashMap<>(options);
        this.ignored = ignored;
        this.others = others;
        this.effort = effort;
    }

    /** The options, in the same order, with everything put in that there is. */
    Map<String, Passage> resolve() throws BadValue {
        Set<String> done = new HashSet<>(ignored);
        boolean again = true;
        while (again) {
            again = false;
            for (var entry : table.entrySet()) {
                if (done.contains(entry.getKey())) {
                    continue;
                }
                Passage before = entry.getValue();
                Passage after = resolved(entry.getKey(), before);
                entry.setValue(after);
                if (after.text().indexOf('<') < 0) {
                    done.add(entry.getKey());
                } else {
                    again |= after != before && tagAt(after.text(), 0) >= 0;
                }
            }
        }
        return table;
    }

    private Passage resolved(String option, Passage before) throws BadValue {
        Passage value = before;
        int at = tagAt(value.text(), 0);
        while (at >= 0) {
            int end = value.text().indexOf('>', at);
            String tag = value.text().substring(at + 1, end);
            Optional<Passage> replacement = Optional.empty();
            if (!ignored.contains(tag)) {
                checkTimes(option, tag, before);
                replacement = find(tag);
            }
            if (replacement.isPresent()) {
                value = put(tag, replacement.get(), value);
                times.computeIfAbsent(option, _ -> new HashMap<>()).merge(tag, 1, Integer::sum);
                at = tagAt(value.text(), at);
            } else {
                at = tagAt(value.text(), end + 1);
            }
        }
        return value;
    }

    private void checkTimes(String option, String tag, Passage before) throws BadValue {
        int sofar = times.getOrDefault(option, Map.of()).getOrDefault(tag, 0);
        if (tag.equals(option) || sofar > MOST_TIMES) {
            throw new BadValue(before.place(), "the tag " + Quoted.of("<" + tag + ">") + " refers to itself");
        }
    }

    private Optional<Passage> find(String tag) throws BadValue {
        Passage own = table.get(tag);
        return own != null ? Optional.of(own) : others.find(tag);
    }

    private Passage put(String tag, Passage replacement, Passage value) throws BadValue {
        effort.spend((long) value.text().length() + replacement.text().length(), value.place());
        String written = "<" + tag + ">";
        long places = 0;
        for (int at = value.text().indexOf(written); at >= 0; at = value.text().indexOf(written, at + 1)) {
            places++;
        }
        if (value.text().length() + places * replacement.text().length() > LONGEST) {
            throw new BadValue(value.place(), "grows beyond " + LONGEST + " characters when tags are replaced");
        }
        return value.replace(written, replacement);
    }

    /** Where the first tag from there on begins; -1 for none. A tag has neither blanks nor brackets in it. */
    private static int tagAt(String text, int from) {
        int start = text.indexOf('<', from);
        while (start >= 0) {
            int end = start + 1;
            while (end < text.length() && " <>".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (end < text.length() && text.charAt(end) == '>' && end > start + 1) {
                return start;
            }
            start = text.indexOf('<', end);
        }
        return -1;
    }
}
