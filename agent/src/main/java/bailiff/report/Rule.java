package bailiff.report;

import java.util.List;

/**
 * A limit per address, as fail2ban has it. Immutable.
 *
 * @param maxretry so many attempts
 * @param findtime within so many seconds
 * @param named what people call it
 */
record Rule(int maxretry, long findtime, String named) {

    /** fail2ban's default, the classic recipe for WordPress, and the longest window that a limit per address usually has. */
    static final List<Rule> USUAL =
            List.of(new Rule(5, 600, "5 in 10 min"), new Rule(3, 3_600, "3 in 1 h"), new Rule(4, 86_400, "4 in 24 h"));

    /** Whether a source with these events, by time, would have reached it. */
    boolean fires(List<Event> events) {
        for (int i = maxretry - 1; i < events.size(); i++) {
            if (events.get(i).millis() - events.get(i - maxretry + 1).millis() <= findtime * 1_000) {
                return true;
            }
        }
        return false;
    }
}
