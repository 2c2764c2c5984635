package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.line.LogLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        this(directory, cleanup, Map.of("wordpress", options));
    }

    /** A replay through several jails, each with its options. */
    Replayed(Path directory, boolean cleanup, Map<String, String> jails) throws IOException {
        Site site = new Site(directory);
        StringBuilder text = new StringBuilder();
        jails.forEach((name, options) -> text.append(site.jail(name, options)));
        site.configure(text.toString());
        Plan plan = Plan.of(site.configuration().read());
        replay = new Replay(plan.jails(), cleanup, new Replay.Listener() {
            @Override
            public void event(String event, Instant time, Ban ban) {
                add(event, time, ban.subject());
            }

            @Override
            public void refused(Replay.Refusal refusal) {
                add("refuse by " + refusal.evidence(), refusal.time(), refusal.address());
            }
        });
    }

    private void add(String event, Instant time, Object whom) {
        events.add(event + " " + (time.getEpochSecond() - START.getEpochSecond()) + " " + whom);
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
