package bailiff.guard;

import bailiff.line.LogLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A replay of WordPress' lines through one jail; times are seconds since {@link #START}. */
final class Replayed {

    static final Instant START = Instant.parse("2026-04-09T12:00:00Z");

    /** What happened, as {@code ban 2 203.0.113.9}. */
    final List<String> events = new ArrayList<>();

    private final Replay replay;

    Replayed(Path directory, String options) throws IOException {
        this(directory, options, false);
    }

    Replayed(Path directory, String options, boolean cleanup) throws IOException {
        Site site = new Site(directory);
        site.configure(site.jail("wordpress", options));
        Plan plan = Plan.of(site.configuration().read());
        replay = new Replay(
                plan.jails(),
                cleanup,
                (event, time, ban) -> events.add(
                        event + " " + (time.getEpochSecond() - START.getEpochSecond()) + " " + ban.subject()));
    }

    void fail(long second, String address) {
        line(START.plusSeconds(second)
                + " vps wordpress(blog.example.test)[4711]: Authentication failure for admin from " + address);
    }

    void line(String line) {
        replay.line(LogLine.of(line), START.plusSeconds(1_000_000), true);
    }

    void cut(String line) {
        replay.line(LogLine.of(line), START, false);
    }

    Replay.Summary summary() {
        return replay.summary();
    }
}
