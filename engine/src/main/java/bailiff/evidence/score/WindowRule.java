package bailiff.evidence.score;

import bailiff.evidence.site.Attempt;
import bailiff.net.Cidr;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * So many attempts within so long: ban. The rule of fail2ban, Wordfence and Limit Login Attempts, with their own figures.
 *
 * <p>Unbounded: for past logs. Not thread-safe.
 */
final class WindowRule implements Rule {

    private final String name;
    private final int most;
    private final Duration window;
    private final List<Duration> times;
    private final Map<Cidr, Deque<Long>> seen = new HashMap<>();
    private final Bans bans = new Bans();

    /**
     * @param times how long the first ban lasts, the second, and so on; the last goes on
     */
    WindowRule(String name, int most, Duration window, List<Duration> times) {
        this.name = name;
        this.most = most;
        this.window = window;
        this.times = times;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Fate meet(Attempt attempt) {
        Cidr source = attempt.source();
        long now = attempt.time().getEpochSecond();
        if (bans.holds(source, now)) {
            return Fate.BANNED;
        }
        Deque<Long> recent = seen.computeIfAbsent(source, _ -> new ArrayDeque<>());
        recent.addLast(now);
        while (now - recent.getFirst() > window.toSeconds()) {
            recent.removeFirst();
        }
        if (recent.size() >= most) {
            recent.clear();
            bans.ban(source, now, times.get(Math.min(bans.count(source), times.size() - 1)));
        }
        return Fate.THROUGH;
    }
}
