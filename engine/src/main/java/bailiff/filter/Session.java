package bailiff.filter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the lines of one session, held together by {@code <F-MLFID>}, have said so far. In memory only: a restart
 * forgets it. Not thread-safe: {@link Sessions} owns it.
 */
final class Session {

    /*
     * Lines come as failures, as no failures (nofail: they tell the address or a user), or as failures that do not
     * know whom to blame yet (pending). A later line that knows turns the pending ones into one failure. A session
     * that gained access is no failure unless failures are pending or several users were tried.
     *
     * All of it is hostile text, so it is bounded: the newest lines up to MOST_LINES and MOST_CHARACTERS are kept as
     * evidence, and MOST_USERS names, of which only "more than one" decides anything.
     */
    static final int MOST_LINES = 20;
    static final int MOST_CHARACTERS = 4_096;
    static final int MOST_USERS = 20;

    private final Instant since;
    private final boolean kept;
    private final Map<String, String> groups = new HashMap<>();
    private final Set<String> users = new LinkedHashSet<>();
    private Deque<String> lines = new ArrayDeque<>();
    private Deque<String> nofailLines = new ArrayDeque<>();
    private boolean nofail;
    private boolean pending;

    /** A session that begins with a line of that time; {@code kept}: whether more lines are waited for. */
    Session(Instant since, boolean kept) {
        this.since = since;
        this.kept = kept;
    }

    /** What a line says of the session that it belongs to. */
    record Mark(boolean nofail, boolean gained, boolean forget) {

        static Mark of(Map<String, String> groups) {
            boolean gained = !groups.getOrDefault("mlfgained", "").isEmpty();
            boolean nofail = !groups.getOrDefault("nofail", "").isEmpty();
            return new Mark(
                    nofail || gained,
                    gained,
                    !groups.getOrDefault("mlfforget", "").isEmpty());
        }
    }

    /** Whether the session began so long before or after that time that it must be another one with the same id. */
    boolean isStale(Instant now, Duration longest) {
        return Duration.between(since, now).abs().compareTo(longest) > 0;
    }

    /** Takes in one line's groups, and the lines that its match spans. */
    void join(Map<String, String> found, Mark mark, List<String> matched) {
        if (mark.gained()) {
            pending = false;
        }
        if (!nofail && !pending) {
            lines.clear();
        }
        nofail = mark.nofail();
        groups.putAll(found);
        String user = found.getOrDefault("user", "");
        if (kept && !user.isEmpty() && users.size() < MOST_USERS && user.length() <= MOST_CHARACTERS) {
            users.add(user);
        }
        if (pending || users.size() > 1) {
            nofail = false;
        }
        pending = false;
        gather(mark, matched);
    }

    private void gather(Mark mark, List<String> matched) {
        if (!nofail) {
            Deque<String> all = nofailLines;
            nofailLines = new ArrayDeque<>();
            lines.forEach(all::addLast);
            matched.forEach(all::addLast);
            lines = all;
            shorten(lines);
        } else if (!mark.forget()) {
            matched.forEach(nofailLines::addLast);
            shorten(nofailLines);
        }
    }

    /** The newest line stays, however long: it is on its way out. */
    private static void shorten(Deque<String> lines) {
        int characters = lines.stream().mapToInt(String::length).sum();
        while (lines.size() > 1 && (lines.size() > MOST_LINES || characters > MOST_CHARACTERS)) {
            characters -= lines.removeFirst().length();
        }
    }

    /** Whether all that is known so far is no failure. */
    boolean isNofail() {
        return nofail;
    }

    /** The latest failure waits for a line that says whom to blame. */
    void setPending() {
        pending = true;
    }

    /** Whether what it holds is more than a session may. */
    boolean isTooLarge() {
        int text = groups.values().stream().mapToInt(String::length).sum();
        int newest = lines.isEmpty() ? 0 : lines.getLast().length();
        int newestNofail = nofailLines.isEmpty() ? 0 : nofailLines.getLast().length();
        return text > MOST_CHARACTERS || newest > MOST_CHARACTERS || newestNofail > MOST_CHARACTERS;
    }

    /** Every named group that took part in any of the lines, as the newest had it. */
    Map<String, String> groups() {
        return Map.copyOf(groups);
    }

    /** The distinct users that were tried, in order. */
    List<String> users() {
        return List.copyOf(users);
    }

    /** The lines that the failure is made of, oldest first. */
    List<String> lines() {
        return new ArrayList<>(lines);
    }
}
