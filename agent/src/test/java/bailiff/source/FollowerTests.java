package bailiff.source;

import bailiff.Needs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the follower share: a directory for the log, a follower that can be restarted, and what it read. */
abstract class FollowerTests {

    static final int PLENTY = 1 << 30;

    @TempDir
    Path directory;

    final ManualClock clock = new ManualClock();
    final Received received = new Received();
    private Map<String, String> saved = Map.of();
    private List<LogPath> entries = List.of();
    LogFollower follower = new LogFollower(List.of(), Map.of(), clock);

    @AfterEach
    void closeFiles() {
        follower.close();
    }

    /** Skips the test where something is missing, but not in continuous integration, where nothing may be. */
    static void need(boolean there, String what) {
        Needs.orSkip(there, what + " is missing on this machine");
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Begins to follow, with no bookmarks. */
    void follow(String pattern, LogPath.Start start) {
        entries = List.of(new LogPath(file(pattern).toString(), start));
        saved = Map.of();
        startUp();
    }

    void startUp() {
        follower = new LogFollower(entries, saved, clock);
    }

    /** Ends as kill -9 does: only what was saved before is left. */
    void kill() {
        follower.close();
    }

    void restart() {
        kill();
        startUp();
    }

    /** Reads all there is and saves the bookmarks. */
    void read() {
        boolean more = true;
        while (more) {
            more = follower.read(PLENTY, received);
        }
        saved = follower.bookmarks();
    }

    /** Reads a little, as a jail does that has much else to do, and saves the bookmarks. */
    boolean readSome(int bytes) {
        boolean more = follower.read(bytes, received);
        saved = follower.bookmarks();
        return more;
    }

    SourceState state() {
        return follower.states().getFirst();
    }
}
