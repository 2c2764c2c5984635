package bailiff.config;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that somebody meant. */
final class Spelling {

    private static final int SHORTEST = 5;
    private static final int LONG = 7;
    private static final int LONGEST = 40;

    private Spelling() {}

    /**
     * The one of the known words that is one letter away, or two for a word of {@value #LONG} letters or more; nothing
     * when there is none, or when the word is known.
     */
    static Optional<String> near(String word, Collection<String> known) {
        if (word.length() < SHORTEST || word.length() > LONGEST || known.contains(word)) {
            return Optional.empty();
        }
        int allowed = word.length() >= LONG ? 2 : 1;
        return known.stream()
                .filter(candidate -> candidate.length() >= SHORTEST && distance(word, candidate) <= allowed)
                .sorted()
                .findFirst();
    }

    /** How many letters have to be put in, left out, changed or swapped with their neighbour. */
    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
