package bailiff.filter;

import java.util.Locale;
import java.util.Set;

/**
 * A text that a match contains.
 *
 * @param text at least one character, no line feed
 * @param anyCase whether its ASCII letters may stand there in either case
 */
record Literal(String text, boolean anyCase) {

    /** Longer ones are no rarer in practice. */
    private static final int LONG_ENOUGH = 16;

    /** The rarity of a word that is known to be everywhere: that of three letters. */
    private static final int KNOWN = 6;

    private static final String FREQUENT = " etaoinsrdlh0123456789:.";

    /** What so many lines of any log hold that it tells next to nothing. */
    private static final Set<String> EVERYWHERE =
            Set.of(("from for user port client to by in on with session info error"
                            + " password failed accepted invalid http https get post connection closed opened login")
                    .split(" "));

    /**
     * How rare it is likely to be in a log, in about half bits: longer texts, capitals and unusual characters are rarer.
     */
    int rarity() {
        String word = word();
        if (EVERYWHERE.contains(word.toLowerCase(Locale.ROOT))) {
            return KNOWN + (text.strip().length() - word.length());
        }
        int rarity = 0;
        for (int i = 0; i < Math.min(LONG_ENOUGH, text.length()); i++) {
            rarity += rarity(text.charAt(i));
        }
        return rarity;
    }

    /** The text without what is no letter at its ends: {@code "POST} is a word that is everywhere as well. */
    private String word() {
        int from = 0;
        int to = text.length();
        while (from < to && !Character.isLetter(text.charAt(from))) {
            from++;
        }
        while (from < to && !Character.isLetter(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static int rarity(char c) {
        if (FREQUENT.indexOf(c) >= 0) {
            return 2;
        }
        return (c >= 'A' && c <= 'Z') || c >= 128 ? 4 : 3;
    }
}
