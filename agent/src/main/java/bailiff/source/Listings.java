package bailiff.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names in directories, read again only when a directory has changed.
 *
 * <p>Not thread-safe: one jail's follower owns it.
 */
final class Listings {

    /*
     * A directory says when it last changed, by a clock that ticks every few milliseconds. A name that is made right after
     * the listing may leave that time as it was, so a listing is believed only when a second one, at a later look, was made
     * at the same time of change.
     */

    private static final int MOST_NAMES = 10_000;

    private Map<Key, Listing> before = Map.of();
    private Map<Key, Listing> current = new HashMap<>();

    private record Key(Path directory, GlobName wanted) {}

    private record Listing(FileStat stat, boolean confirmed, List<String> names) {

        boolean isConfirmedAt(FileStat now) {
            return confirmed && stat.equals(now);
        }
    }

    /** Begins a look at everything; directories that were not asked for in the one before are forgotten. */
    void begin() {
        before = current;
        current = new HashMap<>();
    }

    /** The wanted names in the directory, at most 10,000; none when it cannot be read. */
    List<String> names(Path directory, GlobName wanted) {
        try {
            return listing(new Key(directory, wanted)).names();
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
    }

    private Listing listing(Key key) throws IOException {
        FileStat stat = FileStat.of(key.directory());
        Listing known = before.get(key);
        Listing listing = known != null && known.isConfirmedAt(stat)
                ? known
                : new Listing(stat, known != null && known.stat().equals(stat), read(key.directory(), key.wanted()));
        current.put(key, listing);
        return listing;
    }

    private static List<String> read(Path directory, GlobName wanted) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = directory.relativize(file).toString();
                if (names.size() < MOST_NAMES && wanted.matches(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
