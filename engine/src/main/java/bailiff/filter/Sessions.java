package bailiff.filter;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sessions that a filter's lines belong to, by what {@code <F-MLFID>} took. In memory only: a restart of the agent
 * forgets them, so a failure whose lines stand on both sides of it is missed. Not thread-safe: one filter owns it.
 */
final class Sessions {

    /**
     * fail2ban keeps 100, so whoever opens as many connections makes it forget the earlier ones. Each holds at most
     * some {@link Session#MOST_CHARACTERS} characters of groups, of lines and of users: together a few dozen megabytes
     * at the very worst.
     */
    static final int MOST = 1_000;

    /** As long as fail2ban, but by the log's time: a process id found again later is another session. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final Map<String, Session> sessions = new LinkedHashMap<>();

    /** The session with a line's groups taken in; a mark of forgetting makes it the last line of the session. */
    Session join(String id, Map<String, String> found, Session.Mark mark, List<String> matched, Instant time) {
        Session session = sessions.get(id);
        if (session == null || session.isStale(time, LONGEST)) {
            sessions.remove(id);
            session = new Session(time, !mark.forget());
            if (!mark.forget()) {
                add(id, session);
            }
        }
        session.join(found, mark, matched);
        if (mark.forget() || session.isTooLarge() || id.length() > Session.MOST_CHARACTERS) {
            sessions.remove(id);
        }
        return session;
    }

    /** Whether a line began the session by that name, and none ended it; also when that was long ago. */
    boolean hold(String id) {
        return sessions.containsKey(id);
    }

    int size() {
        return sessions.size();
    }

    private void add(String id, Session session) {
        if (sessions.size() >= MOST) {
            Iterator<String> oldest = sessions.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        sessions.put(id, session);
    }
}
