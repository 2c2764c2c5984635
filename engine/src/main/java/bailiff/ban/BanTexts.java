package bailiff.ban;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of many bans, each wording once: thousands of bans say "5 failures within 12s". Not thread-safe.
 */
final class BanTexts {

    private static final Words NONE = new Words("", "", "");

    private final Map<Words, Integer> numbers = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();

    /** What of a ban is text. */
    record Words(String jail, String evidence, String reason) {}

    private static final class Entry {

        private Words words;
        private int bans = 1;

        private Entry(Words words) {
            this.words = words;
        }
    }

    /** The number of that wording, for one more ban. */
    int add(Words words) {
        Integer known = numbers.get(words);
        if (known != null) {
            entries.get(known).bans++;
            return known;
        }
        int number = free.isEmpty() ? entries.size() : free.removeLast();
        if (number == entries.size()) {
            entries.add(new Entry(words));
        } else {
            entries.set(number, new Entry(words));
        }
        numbers.put(words, number);
        return number;
    }

    /** The wording of that number. */
    Words get(int number) {
        return entries.get(number).words;
    }

    /** One ban less has the wording. */
    void remove(int number) {
        Entry entry = entries.get(number);
        if (--entry.bans == 0) {
            numbers.remove(entry.words);
            entry.words = NONE;
            free.add(number);
        }
    }
}
