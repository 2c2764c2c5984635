package bailiff.evidence.site;

/** Tells releases of one browser apart, by the numbers in their User-Agents. Stateless. */
final class Releases {

    /** No release has a number of more digits; what has was made up. */
    private static final int MOST_DIGITS = 9;

    private Releases() {}

    /**
     * Whether the text is that of the same browser on the same system, of the same release or a later one: all but its
     * numbers is equal, and the first number that differs is larger.
     */
    static boolean isSameOrLater(String agent, String earlier) {
        int mine = 0;
        int other = 0;
        boolean decided = false;
        while (mine < agent.length() && other < earlier.length()) {
            int mineEnd = endOfNumber(agent, mine);
            int otherEnd = endOfNumber(earlier, other);
            if (mineEnd == mine || otherEnd == other) {
                if (agent.charAt(mine++) != earlier.charAt(other++)) {
                    return false;
                }
                continue;
            }
            if (mineEnd - mine > MOST_DIGITS || otherEnd - other > MOST_DIGITS) {
                return false;
            }
            int apart = Integer.compare(
                    Integer.parseInt(agent, mine, mineEnd, 10), Integer.parseInt(earlier, other, otherEnd, 10));
            if (!decided && apart < 0) {
                return false;
            }
            decided |= apart > 0;
            mine = mineEnd;
            other = otherEnd;
        }
        return mine == agent.length() && other == earlier.length();
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
