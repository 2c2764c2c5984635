package bailiff.guard;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What several jails tell of one line: each attempt counts as the jail tells it that came first, however many read the
 * same log. Not thread-safe.
 */
final class Hearsay {

    /** Attempts remembered: those that one jail may be ahead of another, which read the same bytes at the same time. */
    static final int MOST = 4_096;

    private final Map<String, String> tellers = new LinkedHashMap<>(16, 0.75f, true);

    /** Whether no other jail has told of that attempt. */
    boolean isNews(String jail, Testimony told) {
        String teller = tellers.putIfAbsent(key(told), jail);
        if (tellers.size() > MOST) {
            tellers.remove(tellers.keySet().iterator().next());
        }
        return teller == null || teller.equals(jail);
    }

    /** By the line's own time. Text, so that a table of them keeps its speed whatever is written into a log. */
    private static String key(Testimony told) {
        var attempt = told.attempt();
        var login = attempt.login();
        return told.said().getEpochSecond() + " " + attempt.client() + ' '
                + attempt.request().door() + ' ' + login.outcome() + ' ' + told.site() + ' ' + login.user();
    }
}
