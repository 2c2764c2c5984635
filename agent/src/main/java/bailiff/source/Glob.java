package bailiff.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A path pattern, expanded against the file system.
 *
 * <p>Not thread-safe: one jail's follower owns it.
 */
final class Glob {

    private final LogPath entry;
    private final Path path;
    private final List<GlobName> parts = new ArrayList<>();

    /** What an expansion reads from and reports to. */
    interface Walk {

        /** The names in a directory that the pattern means. */
        List<String> names(Path directory, GlobName wanted);

        /** Whether there is a directory, as long as this expansion and others of the same look last. */
        boolean isDirectory(Path path);

        /** That what happens to such names in a directory that is there matters. */
        void watch(Path directory, GlobName wanted);
    }

    Glob(LogPath entry) {
        this.entry = entry;
        this.path = Path.of(entry.pattern()).toAbsolutePath().normalize();
        path.forEach(part -> parts.add(new GlobName(part.toString())));
    }

    LogPath entry() {
        return entry;
    }

    /** Whether it can stand for more than one file. */
    boolean hasWildcard() {
        return !parts.stream().allMatch(GlobName::isLiteral);
    }

    /** Whether the names of the files come from a directory's listing. */
    boolean endsInWildcard() {
        return !parts.getLast().isLiteral();
    }

    /** Whether the path is one that the pattern means, be it there or not. */
    boolean matches(Path file) {
        if (file.getNameCount() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).matches(file.getName(i).toString())) {
                return false;
            }
        }
        return true;
    }

    /** Reports the files that are meant: without wildcards always that one, with wildcards those that are there. */
    void expand(Walk walk, Consumer<Path> found) {
        boolean many = hasWildcard();
        if (!many) {
            found.accept(path);
        }
        expand(path.resolve("/"), 0, walk, many ? found : ignored -> {});
    }

    private void expand(Path directory, int index, Walk walk, Consumer<Path> found) {
        GlobName part = parts.get(index);
        boolean last = index == parts.size() - 1;
        if (last || !part.isLiteral()) {
            walk.watch(directory, part);
        }
        for (String name : names(directory, part, walk)) {
            Path child = directory.resolve(name);
            if (last) {
                found.accept(child);
            } else if (walk.isDirectory(child)) {
                expand(child, index + 1, walk, found);
            } else {
                walk.watch(directory, part);
            }
        }
    }

    private static List<String> names(Path directory, GlobName part, Walk walk) {
        return part.isLiteral() ? List.of(part.pattern()) : walk.names(directory, part);
    }
}
