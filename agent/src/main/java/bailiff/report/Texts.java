package bailiff.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hostile texts that come again and again, numbered; at most a few thousand of them. Not thread-safe. */
final class Texts {

    /** Enough for all users, requests and messages that a person would read about. */
    static final int MOST = 4_096;

    private static final int LONGEST = 200;
    private static final String OTHER = "(others)";

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    /** The number of a text; beyond the bound all share one. */
    int number(String text) {
        String kept = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        Integer known = numbers.get(kept);
        if (known != null) {
            return known;
        }
        String told = texts.size() < MOST ? kept : OTHER;
        return numbers.computeIfAbsent(told, added -> {
            texts.add(added);
            return texts.size() - 1;
        });
    }

    /** The text of that number; empty for -1. */
    String text(int number) {
        return number < 0 ? "" : texts.get(number);
    }
}
