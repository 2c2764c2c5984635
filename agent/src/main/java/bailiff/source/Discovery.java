package bailiff.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the logs that a jail's patterns mean, and the names whose changes matter.
 *
 * <p>Not thread-safe: one jail's follower owns it.
 */
final class Discovery {

    private final List<Glob> globs;
    private final Listings listings = new Listings();

    /**
     * What is there now.
     *
     * @param logs the logs, and the entry that means each; those named without wildcards need not exist
     * @param watches the names that matter, by directory; a directory that is missing has its place in one that is there
     */
    record Found(NavigableMap<Path, LogPath> logs, Map<Path, Set<GlobName>> watches) {}

    Discovery(List<LogPath> entries) {
        globs = entries.stream().map(Glob::new).toList();
    }

    /**
     * Looks at everything.
     *
     * @param known logs that have been there before: what rotation has left of them is no log of its own
     */
    Found look(Set<Path> known) {
        Found found = new Found(new TreeMap<>(), new HashMap<>());
        listings.begin();
        Walk walk = new Walk(found);
        for (Glob glob : globs) {
            glob.expand(walk, path -> take(glob, path, found.logs()));
        }
        Set<Path> all = new HashSet<>(found.logs().keySet());
        all.addAll(known);
        found.logs().keySet().removeIf(path -> isOldPartOf(all, path));
        return found;
    }

    /** The entry that means a path, whether a file is there or not. */
    Optional<LogPath> entryFor(Path path) {
        return globs.stream().filter(glob -> glob.matches(path)).findFirst().map(Glob::entry);
    }

    /** The patterns that could stand for many files. */
    List<Glob> wildcards() {
        return globs.stream().filter(Glob::hasWildcard).toList();
    }

    private static void take(Glob glob, Path path, NavigableMap<Path, LogPath> logs) {
        if (!glob.hasWildcard() || (!Rotations.isCompressed(path) && isThere(glob, path))) {
            logs.putIfAbsent(path, glob.entry());
        }
    }

    /** What a listing has named is there; only after a wildcard directory may a plain name lead nowhere. */
    private static boolean isThere(Glob glob, Path path) {
        return glob.endsInWildcard() || Files.exists(path);
    }

    /** Old parts of a log are read as what they are, when there is something left to read in them. */
    private static boolean isOldPartOf(Set<Path> logs, Path path) {
        return Rotations.logOf(path).filter(logs::contains).isPresent();
    }

    private final class Walk implements Glob.Walk {

        private final Found found;

        /* Most logs of a jail lie in few directories. */
        private final Map<Path, Boolean> directories = new HashMap<>();

        Walk(Found found) {
            this.found = found;
        }

        @Override
        public List<String> names(Path directory, GlobName wanted) {
            return listings.names(directory, wanted);
        }

        @Override
        public boolean isDirectory(Path path) {
            return directories.computeIfAbsent(path, Files::isDirectory);
        }

        @Override
        public void watch(Path directory, GlobName wanted) {
            found.watches()
                    .computeIfAbsent(directory, ignored -> new HashSet<>())
                    .add(wanted);
        }
    }
}
