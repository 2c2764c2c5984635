package bailiff.guard;

import bailiff.ban.Event;
import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import bailiff.net.IpAddress;
import bailiff.source.ChangeWatcher;
import bailiff.source.Follower;
import bailiff.source.LineSink;
import bailiff.source.SourceState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Looks out for lines that hold a word which nobody but {@code bailiff doctor} has: whether they come, by which way, and
 * what the jail makes of them. Looks at no line while nobody asks. Safe for any thread.
 */
final class Lookout implements GuardListener {

    /** What is looked out for: long enough to be nobody's by chance. */
    static final Pattern WORD = Pattern.compile("bailiff-doctor-[a-z0-9]{8,32}");

    /** Doctors at once. */
    static final int MOST_WATCHES = 4;

    /** Lines kept for one of them: each trial makes two or three. */
    static final int MOST_LINES = 16;

    /** After that nobody waits for a line any more. */
    static final Duration LASTS = Duration.ofMinutes(2);

    private static final int LONGEST_TEXT = 500;

    /**
     * A line with the word in it.
     *
     * @param source the log, the journal, or the address at which it came
     * @param read when
     * @param text its beginning; hostile
     * @param verdict what the jail made of it
     */
    record Seen(String jail, String source, Instant read, String text, Optional<Verdict> verdict) {}

    /**
     * What a jail made of a line.
     *
     * @param kind as {@link Event} calls it: found, spared, banned ...
     * @param time the line's own
     */
    record Verdict(String kind, Optional<IpAddress> address, Optional<Instant> time) {}

    private final InstantSource clock;
    private volatile List<Watch> watches = List.of();
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();

    Lookout(InstantSource clock) {
        this.clock = clock;
    }

    /** One word, and the lines that had it. */
    private static final class Watch {

        private final String word;
        private final byte[] bytes;
        private final Instant end;
        private final List<Seen> seen = new ArrayList<>();

        Watch(String word, Instant end) {
            this.word = word;
            this.bytes = word.getBytes(StandardCharsets.US_ASCII);
            this.end = end;
        }

        boolean isIn(LogLine line) {
            return line.has((block, from, to) -> {
                for (int at = from; at + bytes.length <= to; at++) {
                    if (Arrays.equals(block, at, at + bytes.length, bytes, 0, bytes.length)) {
                        return true;
                    }
                }
                return false;
            });
        }

        synchronized void add(Seen line) {
            if (seen.size() < MOST_LINES) {
                seen.add(line);
            }
        }

        synchronized List<Seen> seen() {
            return List.copyOf(seen);
        }
    }

    /** Looks out for the word from now on, unless it does already; gives the lines that had it. */
    synchronized List<Seen> watch(String word) {
        List<Watch> still = new ArrayList<>(running());
        for (Watch one : still) {
            if (one.word.equals(word)) {
                return one.seen();
            }
        }
        if (still.size() == MOST_WATCHES) {
            still.removeFirst();
        }
        still.add(new Watch(word, clock.instant().plus(LASTS)));
        watches = List.copyOf(still);
        return List.of();
    }

    private synchronized List<Watch> expire() {
        List<Watch> running = running();
        if (running.isEmpty()) {
            watches = List.of();
            verdicts.clear();
        }
        return running;
    }

    private List<Watch> running() {
        Instant now = clock.instant();
        return watches.stream().filter(one -> now.isBefore(one.end)).toList();
    }

    @Override
    public void seen(String jail, Event event) {
        if (!watches.isEmpty()) {
            verdicts.put(jail, verdict(event));
        }
    }

    private static Verdict verdict(Event event) {
        return switch (event) {
            case Event.Spared(Sighting sighting, IpAddress address) -> verdict("spared", sighting, address);
            case Event.Found found -> verdict("found", found.sighting(), found.address());
            case Event.Banned banned -> verdict("banned", banned.sighting(), banned.address());
            default -> new Verdict("other", Optional.empty(), Optional.empty());
        };
    }

    private static Verdict verdict(String kind, Sighting sighting, IpAddress address) {
        return new Verdict(kind, Optional.of(address), Optional.of(sighting.time()));
    }

    /** The follower, its lines looked at on their way to the jail while somebody asks. */
    Follower over(String jail, Follower follower) {
        return new Watched(jail, follower);
    }

    private LineSink watching(String jail, List<Watch> running, LineSink sink) {
        return new LineSink() {
            @Override
            public void line(Path file, LogLine line, boolean live, boolean whole) {
                List<Watch> concerned =
                        running.stream().filter(one -> one.isIn(line)).toList();
                String text = concerned.isEmpty() ? "" : line.text();
                verdicts.remove(jail);
                sink.line(file, line, live, whole);
                // The jail's thread is this one, and it has told of the line by now if it ever does.
                Optional<Verdict> verdict = Optional.ofNullable(verdicts.remove(jail));
                String shown = text.substring(0, Math.min(text.length(), LONGEST_TEXT));
                concerned.forEach(one -> one.add(new Seen(jail, file.toString(), clock.instant(), shown, verdict)));
            }

            @Override
            public boolean isEnough() {
                return sink.isEnough();
            }
        };
    }

    private final class Watched implements Follower {

        private final String jail;
        private final Follower follower;

        Watched(String jail, Follower follower) {
            this.jail = jail;
            this.follower = follower;
        }

        @Override
        public boolean read(int maxBytes, LineSink sink) {
            if (watches.isEmpty()) {
                return follower.read(maxBytes, sink);
            }
            List<Watch> running = expire();
            return follower.read(maxBytes, watching(jail, running, sink));
        }

        @Override
        public Duration rest() {
            return follower.rest();
        }

        @Override
        public ChangeWatcher.Registration wakeBy(ChangeWatcher watcher, Runnable wake) {
            return follower.wakeBy(watcher, wake);
        }

        @Override
        public Map<String, String> bookmarks() {
            return follower.bookmarks();
        }

        @Override
        public List<SourceState> states() {
            return follower.states();
        }

        @Override
        public void close() {
            follower.close();
        }
    }
}
