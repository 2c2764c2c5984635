package bailiff.bench.compare;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the command line asks for.
 *
 * @param lines of the longest logs
 * @param rounds how often each program is run
 * @param parts what is compared, by name
 */
record Options(long lines, int rounds, Set<String> parts) {

    /** Everything but the hostile logs, which take long and have no peer. */
    private static final Set<String> USUAL = Set.of("auth", "attack", "access", "jails", "growth", "addresses");

    private static final String HOSTILE = "hostile";

    /** Reads them; the exception's message says what is wrong. */
    static Options of(List<String> words) {
        long lines = 10_000_000;
        int rounds = 5;
        Set<String> parts = new TreeSet<>(USUAL);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (word) {
                case "--lines" -> lines = number(word, value, 1_000, 10_000_000);
                case "--rounds" -> rounds = (int) number(word, value, 1, 99);
                case "--only" -> parts = parts(value);
                case "--hostile" -> parts = new TreeSet<>(Set.of(HOSTILE));
                default -> throw new IllegalArgumentException("There is no option '" + word + "'.");
            }
            i += word.equals("--hostile") ? 0 : 1;
        }
        return new Options(lines, rounds, parts);
    }

    boolean has(String part) {
        return parts.contains(part);
    }

    boolean hostile() {
        return parts.contains(HOSTILE);
    }

    private static Set<String> parts(String value) {
        Set<String> parts = new TreeSet<>(List.of(value.split(",", -1)));
        for (String part : parts) {
            if (!USUAL.contains(part) && !part.equals(HOSTILE)) {
                throw new IllegalArgumentException(
                        "There is no part '" + part + "', only " + new TreeSet<>(USUAL) + " and " + HOSTILE + ".");
            }
        }
        return parts;
    }

    private static long number(String option, String value, long least, long most) {
        long number = value.matches("\\d{1,9}") ? Long.parseLong(value) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException(option + " wants a number from " + least + " to " + most + ".");
        }
        return number;
    }
}
