package bailiff.source;

import bailiff.source.SourceState.Condition;
import bailiff.source.SourceState.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows the log files of one jail and hands over each of their lines once, through rename, copytruncate, compression
 * and restart.
 *
 * <p>Reads when told to, on the caller's thread, and keeps nothing in queues. Not thread-safe: one jail's thread owns it;
 * only {@link #interest()} may be used by others. That thread must not be interrupted while it reads: Java closes a file
 * under an interrupted reader. Nothing would be lost, but the files would have to be found again.
 *
 * <p>A log that was renamed is read on for ten minutes after its last line, for writers that do not notice at once; such
 * late lines come within two seconds, as do those of logs whose changes the system does not tell of.
 *
 * <p>Bounds: 1,000 logs, each with at most six files open, though seldom more than one; one buffer of 64 KiB; for each
 * open file about 2 KiB.
 */
public final class LogFollower implements Follower {

    /** How many logs one follower follows; further ones are named in {@link #states()} and not read. */
    public static final int MOST_LOGS = 1_000;

    /** The longest line that is handed over whole, in bytes; of longer ones the first so many bytes are. */
    public static final int LONGEST_LINE = LineCutter.LIMIT;

    /** What a step that read nothing counts, in bytes, so that a file that never rests cannot hold up the jail. */
    private static final int EMPTY_STEP = 4096;

    /* How often it looks at everything while something may happen of which it is not told. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /* A log in which a look finds lines may be one of whose changes nobody tells, and others will follow. */
    private static final Duration LIVELY = Duration.ofMinutes(1);

    private final Discovery discovery;
    private final InstantSource clock;
    private final Interest interest = new Interest();
    private final LineCutter cutter = new LineCutter();
    private final Encoding encoding;
    private final NavigableMap<Path, Trail> trails = new TreeMap<>();
    private final Map<Path, Trail> links = new HashMap<>();
    private final LinkedHashSet<Trail> pending = new LinkedHashSet<>();

    /** Logs of which something was read since the bookmarks were last asked for: to write one takes longer than a line. */
    private final Set<Trail> moved = new LinkedHashSet<>();

    private final NavigableMap<String, String> bookmarks = new TreeMap<>();
    private final List<Path> leftOut = new ArrayList<>();
    private Map<Path, Set<GlobName>> watches = Map.of();
    private Instant looked;
    private Instant lively = Instant.EPOCH;

    /**
     * Looks which logs there are; opens none of them yet. Then register {@link #interest()} with a {@link ChangeWatcher},
     * and then {@link #read}: what is written in between is not missed.
     *
     * @param bookmarks what {@link #bookmarks()} said before the restart; what is not understood, or belongs to no entry,
     *     is as if it were not there
     * @param clock tells when a file was last read, and when one that lost its name has been quiet for long enough
     */
    public LogFollower(List<LogPath> entries, Map<String, String> bookmarks, InstantSource clock) {
        this(entries, bookmarks, Encoding.UTF_8, clock);
    }

    /** The same for logs in that encoding. */
    public LogFollower(List<LogPath> entries, Map<String, String> bookmarks, Encoding encoding, InstantSource clock) {
        this.encoding = encoding;
        this.discovery = new Discovery(entries);
        this.clock = clock;
        this.looked = clock.instant();
        bookmarks.forEach(this::resume);
        look(discovery.look(trails.keySet()), true);
    }

    private void resume(String name, String bookmark) {
        Optional<List<Mark>> marks = name.indexOf('\0') < 0 ? Mark.read(bookmark) : Optional.empty();
        Optional<LogPath> entry = marks.flatMap(ignored -> discovery.entryFor(Path.of(name)));
        if (marks.isPresent() && entry.isPresent() && trails.size() < MOST_LOGS) {
            add(entry.get(), Path.of(name)).resume(marks.get());
            bookmarks.put(name, bookmark);
        }
    }

    /** {@inheritDoc} Up to 64 KiB for each open file of one log may be added to {@code maxBytes}. */
    @Override
    public boolean read(int maxBytes, LineSink sink) {
        boolean everything = takeChanges();
        long taken = cutter.taken();
        boolean linksMoved = false;
        for (long left = maxBytes; left > 0 && !pending.isEmpty() && !sink.isEnough(); ) {
            Trail trail = pending.getFirst();
            long before = cutter.taken();
            boolean more = step(trail, sink);
            left -= more ? Math.max(EMPTY_STEP, cutter.taken() - before) : cutter.taken() - before;
            pending.remove(trail);
            if (more) {
                pending.add(trail);
            }
            linksMoved |= isLinkMoved(trail);
        }
        if (linksMoved) {
            want();
        }
        if (everything && cutter.taken() > taken) {
            lively = clock.instant();
        }
        return !pending.isEmpty();
    }

    private boolean step(Trail trail, LineSink sink) {
        try {
            return trail.step(cutter, encoding.into(sink));
        } finally {
            if (trail.isMoved()) {
                moved.add(trail);
            }
        }
    }

    /**
     * {@inheritDoc} Short while a log was renamed and may still be written to, or cannot be read, or lies where the system
     * does not tell of changes; and for a minute after a look has found lines, whether or not they were told of.
     */
    @Override
    public Duration rest() {
        if (!isRestless()) {
            return LONGEST_REST;
        }
        Duration left = LOOK_EVERY.minus(since(looked));
        // A jail that rests does not read: it must not be asked to again and again.
        return left.isPositive() ? left : LOOK_EVERY;
    }

    private boolean isRestless() {
        return since(lively).compareTo(LIVELY) < 0
                || !interest.isTold()
                || trails.values().stream().anyMatch(Trail::isRestless);
    }

    /** Also after the clock was set back. */
    private Duration since(Instant time) {
        return Duration.between(time, clock.instant()).abs();
    }

    /** Whether all logs are to be looked at. */
    private boolean takeChanges() {
        if (since(looked).compareTo(LOOK_EVERY) >= 0 && isRestless()) {
            interest.noticeEverything();
        }
        Interest.Changes changes = interest.take();
        boolean unknown = false;
        for (Path path : changes.paths()) {
            Trail trail = trails.getOrDefault(path, links.get(path));
            unknown |= trail == null;
            if (trail != null) {
                pending.add(trail);
            }
        }
        if (changes.everything() || unknown) {
            look(discovery.look(trails.keySet()), false);
        }
        if (changes.everything()) {
            looked = clock.instant();
            pending.addAll(trails.values());
        }
        return changes.everything();
    }

    private void look(Discovery.Found found, boolean first) {
        trails.values().removeIf(trail -> !found.logs().containsKey(trail.path()) && forget(trail));
        leftOut.clear();
        found.logs().forEach((path, entry) -> {
            if (trails.containsKey(path)) {
                return;
            }
            if (trails.size() >= MOST_LOGS) {
                leftOut.add(path);
                return;
            }
            add(first ? entry : new LogPath(entry.pattern(), LogPath.Start.HEAD), path);
        });
        watches = found.watches();
        want();
    }

    private Trail add(LogPath entry, Path path) {
        Trail trail = new Trail(entry, path, this::isFollowed, clock);
        trails.put(path, trail);
        pending.add(trail);
        return trail;
    }

    private boolean isFollowed(FileStat file, Trail asking) {
        return trails.values().stream().anyMatch(trail -> trail != asking && trail.reads(file));
    }

    /** Forgets a log that was one of many: once nothing is left of it, or it is read and turns out an old part of one. */
    private boolean forget(Trail trail) {
        boolean oldPart =
                Rotations.logOf(trail.path()).filter(trails::containsKey).isPresent();
        if (!trail.isGone() && !(oldPart && trail.isRead())) {
            return false;
        }
        pending.remove(trail);
        moved.remove(trail);
        links.values().remove(trail);
        bookmarks.remove(trail.path().toString());
        return true;
    }

    /** Whether the log is a symbolic link that leads to a place that is not watched yet. */
    private boolean isLinkMoved(Trail trail) {
        Path real = trail.realPath();
        if (real.equals(trail.path()) || links.get(real) == trail) {
            return false;
        }
        links.values().remove(trail);
        links.put(real, trail);
        return true;
    }

    private void want() {
        Map<Path, Set<GlobName>> all = new HashMap<>();
        watches.forEach((directory, names) -> all.put(directory, new HashSet<>(names)));
        links.keySet()
                .forEach(real -> all.computeIfAbsent(real.resolveSibling(""), ignored -> new HashSet<>())
                        .add(new GlobName(real.getName(real.getNameCount() - 1).toString())));
        interest.want(all);
    }

    /** What a {@link ChangeWatcher} needs to know; the same object at every call. */
    public Interest interest() {
        return interest;
    }

    @Override
    public ChangeWatcher.Registration wakeBy(ChangeWatcher watcher, Runnable wake) {
        return watcher.register(interest, wake);
    }

    @Override
    public Map<String, String> bookmarks() {
        moved.forEach(trail ->
                trail.bookmark().ifPresent(text -> bookmarks.put(trail.path().toString(), text)));
        moved.clear();
        return Map.copyOf(bookmarks);
    }

    /** How it stands with each log, in the order of their names, and with what is not followed. Asks the file system. */
    @Override
    public List<SourceState> states() {
        List<SourceState> states = new ArrayList<>();
        trails.values().forEach(trail -> states.add(trail.state()));
        for (Glob glob : discovery.wildcards()) {
            if (trails.keySet().stream().noneMatch(glob::matches)) {
                states.add(silent(Path.of(glob.entry().pattern()), Condition.MISSING, "No file matches."));
            }
        }
        if (!leftOut.isEmpty()) {
            String reason =
                    "%d logs are not followed, for there are more than %d.".formatted(leftOut.size(), MOST_LOGS);
            states.add(silent(leftOut.getFirst(), Condition.REFUSED, reason));
        }
        return states;
    }

    /** Whether at least one of the logs is there at present, readable or not. Asks the file system. */
    public boolean isAnyThere() {
        return trails.keySet().stream().anyMatch(path -> !(Look.at(path) instanceof Look.Missing));
    }

    private static SourceState silent(Path path, Condition condition, String reason) {
        return new SourceState(path, condition, reason, 0, Instant.EPOCH, new Tally(0, 0, 0, 0));
    }

    /** Closes the files. What was read and not saved by way of {@link #bookmarks()} will be read again. */
    @Override
    public void close() {
        trails.values().forEach(Trail::close);
    }
}
