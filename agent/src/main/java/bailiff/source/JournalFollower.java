package bailiff.source;

import bailiff.line.LogLine;
import bailiff.line.Printable;
import bailiff.source.SourceState.Condition;
import bailiff.source.SourceState.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the systemd journal by way of journalctl, and hands over each entry once as a line with its time.
 *
 * <p>The bookmark is the last entry's cursor. journalctl is begun at that entry, which is then left out; where the journal
 * does not hold it any more, the next one comes first and {@link #states()} says that something may be missing. When
 * journalctl ends it is started again, after a second at first and a minute at last.
 *
 * <p>Costs one process of journalctl for each jail, and at most a megabyte of entries that wait. Not thread-safe: one
 * jail's thread owns it.
 */
public final class JournalFollower implements Follower {

    /** The name under which it keeps its bookmark, and is told of. */
    public static final String NAME = "systemd-journal";

    private static final Path PATH = Path.of(NAME);
    private static final String FORMAT = "1 ";
    private static final int LONGEST_CURSOR = 512;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /* A journalctl that has not ended within this time reads, though perhaps there is nothing to read. */
    private static final Duration STEADY = Duration.ofSeconds(5);

    private final JournalSource source;
    private final List<String> program;
    private final InstantSource clock;
    private final Instant begun;
    private final Interest interest = new Interest();
    private volatile Runnable wake = () -> {};
    private @Nullable Journalctl running;
    private Instant since;
    private String cursor = "";
    private boolean cursorRefused;
    private boolean resuming;
    private Duration pause = FIRST_PAUSE;
    private Instant nextTry = Instant.MIN;
    private Instant started = Instant.MIN;
    private Instant lastRead = Instant.EPOCH;
    private String problem = "";
    private String note = "";
    private long lines;
    private long overlong;
    private long restarts;

    /**
     * A follower that has not begun.
     *
     * @param bookmarks what {@link #bookmarks()} said before the restart; what is not understood is as if it were not
     *     there
     * @param since from which time on entries are read when there is no bookmark
     */
    public JournalFollower(JournalSource source, Map<String, String> bookmarks, Instant since, InstantSource clock) {
        this(source, bookmarks, since, clock, List.of("journalctl"));
    }

    JournalFollower(
            JournalSource source,
            Map<String, String> bookmarks,
            Instant since,
            InstantSource clock,
            List<String> program) {
        this.source = source;
        this.since = since;
        this.clock = clock;
        this.program = program;
        this.begun = clock.instant();
        String saved = bookmarks.getOrDefault(NAME, "");
        if (saved.startsWith(FORMAT) && isCursor(saved.substring(FORMAT.length()))) {
            cursor = saved.substring(FORMAT.length());
        }
    }

    private static boolean isCursor(String text) {
        return text.length() <= LONGEST_CURSOR && text.matches("[!-~]+");
    }

    @Override
    public boolean read(int maxBytes, LineSink sink) {
        Journalctl journal = running();
        if (journal == null) {
            return false;
        }
        long left = maxBytes;
        while (left > 0 && !sink.isEnough()) {
            Optional<JournalEntry> entry = journal.poll();
            if (entry.isEmpty()) {
                break;
            }
            left -= Math.max(1, entry.get().text().length());
            take(entry.get(), sink);
        }
        if (journal.isOver()) {
            ended(journal);
        } else if (clock.instant().isAfter(started.plus(STEADY))) {
            problem = "";
        }
        return journal.waiting() > 0;
    }

    @Override
    public Duration rest() {
        if (running != null) {
            return problem.isEmpty() ? LONGEST_PAUSE : STEADY;
        }
        Duration left = Duration.between(clock.instant(), nextTry);
        // A jail that rests does not read: it must not be asked to again and again.
        return left.isPositive() ? left : FIRST_PAUSE;
    }

    private @Nullable Journalctl running() {
        if (running == null && !clock.instant().isBefore(nextTry)) {
            start();
        }
        return running;
    }

    private void start() {
        Optional<String> unfit = source.problem();
        if (unfit.isPresent()) {
            failed(unfit.get());
            return;
        }
        resuming = !cursor.isEmpty() && !cursorRefused;
        List<String> arguments = new ArrayList<>(List.of("--follow"));
        arguments.addAll(resuming ? source.from(cursor) : source.since(since));
        try {
            running = Journalctl.start(program, arguments, source.encoding(), () -> wake.run());
            started = clock.instant();
        } catch (IOException e) {
            failed("journalctl cannot be started: " + Printable.text(String.valueOf(e.getMessage())));
        }
    }

    private void ended(Journalctl journal) {
        String words = journal.lastWords();
        if (resuming && lines == 0 && words.contains("cursor")) {
            // Its text is none that this journalctl can read. The time in it is the next best.
            cursorRefused = true;
            since = JournalCursor.timeOf(cursor).orElse(since);
        }
        journal.close();
        running = null;
        restarts++;
        failed("journalctl ended and is started again: " + Printable.text(words));
    }

    private void failed(String why) {
        problem = why;
        nextTry = clock.instant().plus(pause);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private void take(JournalEntry entry, LineSink sink) {
        boolean known = entry.cursor().equals(cursor);
        if (resuming && !known) {
            note = "The entry read last is not found any more: what came after it may be missing.";
        }
        boolean again = resuming && known;
        resuming = false;
        pause = FIRST_PAUSE;
        problem = "";
        if (again) {
            return;
        }
        if (isCursor(entry.cursor())) {
            cursor = entry.cursor();
            cursorRefused = false;
        }
        lines++;
        overlong += entry.whole() ? 0 : 1;
        lastRead = clock.instant();
        boolean live = !entry.received().isBefore(begun);
        sink.line(PATH, LogLine.of(entry.text(), entry.time()), live, entry.whole());
    }

    @Override
    public ChangeWatcher.Registration wakeBy(ChangeWatcher watcher, Runnable wake) {
        this.wake = wake;
        return watcher.register(interest, wake);
    }

    @Override
    public Map<String, String> bookmarks() {
        return cursor.isEmpty() ? Map.of() : Map.of(NAME, FORMAT + cursor);
    }

    @Override
    public List<SourceState> states() {
        Journalctl journal = running;
        Condition condition = journal == null || !problem.isEmpty() ? Condition.UNREADABLE : Condition.FOLLOWED;
        long behind = journal == null ? 0 : journal.waiting();
        Tally tally = new Tally(lines, overlong, 0, restarts);
        return List.of(new SourceState(PATH, condition, problem.isEmpty() ? note : problem, behind, lastRead, tally));
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
