package bailiff.source;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a follower wants to be told of, and what it has been told: the two ends of the wire between {@link ChangeWatcher}
 * and {@link LogFollower}.
 *
 * <p>Safe for any thread. Remembers at most 1,024 changed names, then only that everything may have changed.
 */
public final class Interest {

    private static final int MOST_CHANGES = 1_024;

    private final Set<Path> changed = new HashSet<>();
    private Map<Path, Set<GlobName>> wanted = Map.of();
    private Set<Path> told = Set.of();
    private boolean everything = true;
    private int watchers;
    private Runnable rewatch = () -> {};

    /**
     * What has changed.
     *
     * @param everything whether it is not known what, so that all must be looked at
     * @param paths the names that have changed
     */
    record Changes(boolean everything, Set<Path> paths) {}

    Interest() {}

    /** The directories to watch at present; they are there, or were when one last looked. */
    public synchronized Set<Path> directories() {
        return Set.copyOf(wanted.keySet());
    }

    /** Says what to watch from now on. Begins to watch directories that are new; not to be called with a lock held. */
    void want(Map<Path, Set<GlobName>> names) {
        Runnable due;
        synchronized (this) {
            boolean known = wanted.keySet().containsAll(names.keySet());
            wanted = Map.copyOf(names);
            due = known ? () -> {} : rewatch;
        }
        due.run();
    }

    /** Takes note of which directories the follower is told everything of that happens there. */
    synchronized void toldOf(Set<Path> directories) {
        told = Set.copyOf(directories);
    }

    /** Whether the follower is told of everything, so that it need not look by itself. */
    synchronized boolean isTold() {
        return watchers > 0 && told.containsAll(wanted.keySet());
    }

    /** Takes note of a change; false when it is none of the follower's concern. */
    synchronized boolean notice(Path directory, String name) {
        Set<GlobName> names = wanted.getOrDefault(directory, Set.of());
        boolean ours = names.contains(new GlobName(name))
                || names.stream().anyMatch(one -> !one.isLiteral() && one.matches(name));
        if (ours && changed.size() < MOST_CHANGES) {
            changed.add(directory.resolve(name));
        } else if (ours) {
            noticeEverything();
        }
        return ours;
    }

    /** Takes note that anything may have changed. */
    synchronized void noticeEverything() {
        everything = true;
        changed.clear();
    }

    /**
     * Takes note that somebody watches.
     *
     * @param again has the directories watched that are new
     */
    synchronized void watchedBy(Runnable again) {
        watchers++;
        rewatch = again;
        noticeEverything();
    }

    /** Takes note that whoever watched has ceased to. */
    synchronized void unwatched() {
        watchers--;
        noticeEverything();
    }

    /** What has changed since this was last asked; everything, as long as nobody watches. */
    synchronized Changes take() {
        Changes changes = new Changes(everything || watchers == 0, Set.copyOf(changed));
        everything = false;
        changed.clear();
        return changes;
    }
}
