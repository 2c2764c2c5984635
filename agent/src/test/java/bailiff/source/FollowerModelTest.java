package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real follower and a model of it see the same random history of a log; both must have read the same lines.
 * {@code -Dhistories=N} tries more of them.
 */
class FollowerModelTest {

    private static final int HISTORIES = Integer.getInteger("histories", 60);
    private static final int ACTIONS = 60;

    @TempDir
    Path directory;

    @Test
    void read_renameRotationAtAnyMoment_everyLineOnceAndInOrder() throws IOException {
        for (long seed = 0; seed < HISTORIES; seed++) {
            History history = new History(seed, directory.resolve("rename-" + seed));
            history.run(List.of(
                    history::write,
                    history::writePart,
                    history::read,
                    history::readSome,
                    history::restart,
                    history::crash,
                    history::rename,
                    history::gzip));
        }
    }

    @Test
    void read_copyTruncateAtAnyMoment_everyLineOnceAndInOrder() throws IOException {
        for (long seed = 0; seed < HISTORIES; seed++) {
            History history = new History(seed, directory.resolve("copy-" + seed));
            history.run(List.of(
                    history::write,
                    history::writePart,
                    history::read,
                    history::readSome,
                    history::restart,
                    history::copyTruncate,
                    history::gzip));
        }
    }

    @Test
    void read_bothKindsOfRotation_everyLineOnceAndInOrder() throws IOException {
        for (long seed = 0; seed < HISTORIES; seed++) {
            History history = new History(seed, directory.resolve("both-" + seed));
            history.run(List.of(
                    history::write,
                    history::write,
                    history::writePart,
                    history::read,
                    history::readSome,
                    history::crash,
                    history::rename,
                    history::copyTruncate,
                    history::gzip));
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    /** One log, its writer, its rotation, its follower, and the lines that must have come out of it. */
    private static final class History {

        private static final int KEPT = ACTIONS + 1;

        private final long seed;
        private final SplittableRandom random;
        private final Path log;
        private final ManualClock clock = new ManualClock();
        private final Received received = new Received();
        private final List<String> written = new ArrayList<>();
        private final List<String> account = new ArrayList<>();
        private LogFollower follower;
        private Map<String, String> saved = Map.of();
        private int savedLines;
        private int rotatedAt;
        private String unfinished = "";

        History(long seed, Path directory) throws IOException {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.log = Files.createDirectory(directory).resolve("auth.log");
            Files.createFile(log);
            this.follower = start();
            read();
        }

        private LogFollower start() {
            String pattern = log + (seed % 2 == 0 ? "" : "*");
            return new LogFollower(List.of(new LogPath(pattern, LogPath.Start.HEAD)), saved, clock);
        }

        void run(List<Action> actions) throws IOException {
            for (int i = 0; i < ACTIONS; i++) {
                actions.get(random.nextInt(actions.size())).run();
            }
            write();
            read();
            follower.close();
            assertThat(difference()).as("seed %d: %s", seed, account).isEmpty();
        }

        /** Where what was read departs from what was written; empty when it does not. */
        private String difference() {
            List<String> texts = received.texts();
            for (int i = 0; i < Math.max(texts.size(), written.size()); i++) {
                String is = i < texts.size() ? texts.get(i) : "nothing";
                String should = i < written.size() ? written.get(i) : "nothing";
                if (!is.equals(should)) {
                    return "line %d of %d is <%s>, should be <%s>".formatted(i, written.size(), is, should);
                }
            }
            return "";
        }

        void write() throws IOException {
            int lines = 1 + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 5);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < lines; i++) {
                String line = unfinished + "line " + written.size() + " " + "x".repeat(random.nextInt(200));
                text.append(line, unfinished.length(), line.length()).append('\n');
                unfinished = "";
                written.add(line);
            }
            Logs.append(log, text.toString());
            account.add("write " + lines);
        }

        void writePart() throws IOException {
            String part = "part " + random.nextInt(1_000) + " ";
            Logs.append(log, part);
            unfinished += part;
            account.add("part");
        }

        void read() {
            boolean more = true;
            while (more) {
                more = follower.read(1 << 20, received);
            }
            save();
            account.add("read");
        }

        void readSome() {
            follower.read(1, received);
            save();
            account.add("readSome");
        }

        private void save() {
            saved = follower.bookmarks();
            savedLines = received.entries().size();
        }

        void restart() {
            follower.close();
            follower = start();
            account.add("restart");
        }

        /** What was read and not saved has led to nothing: it is read again. */
        void crash() {
            follower.read(1, received);
            follower.close();
            received.entries().subList(savedLines, received.entries().size()).clear();
            follower = start();
            account.add("crash");
        }

        void rename() throws IOException {
            if (Files.exists(log) && finishLine()) {
                shift();
                Logs.rename(log, old(1, ""));
                rotatedAt = written.size();
                account.add("rename");
            }
        }

        /** A file that is filled and emptied again between two looks at it has never been there for anybody. */
        void copyTruncate() throws IOException {
            if (Files.exists(log) && finishLine()) {
                if (savedLines <= rotatedAt) {
                    read();
                }
                shift();
                Logs.copyTruncate(log, old(1, ""));
                rotatedAt = written.size();
                account.add("copyTruncate");
            }
        }

        /** Nothing of a file that was never read could tell it from others once it is compressed. */
        void gzip() throws IOException {
            for (int i = 1; i < KEPT; i++) {
                if (Files.exists(old(i, ""))
                        && !saved.isEmpty()
                        && !saved.toString().contains(":0:0:")) {
                    Logs.gzip(old(i, ""));
                    account.add("gzip " + i);
                }
            }
        }

        private boolean finishLine() throws IOException {
            if (!unfinished.isEmpty()) {
                write();
            }
            return Files.size(log) > 0;
        }

        private void shift() throws IOException {
            for (int i = KEPT - 1; i > 0; i--) {
                for (String ending : List.of("", ".gz")) {
                    if (Files.exists(old(i, ending))) {
                        Logs.rename(old(i, ending), old(i + 1, ending));
                    }
                }
            }
        }

        private Path old(int number, String ending) {
            return log.resolveSibling("auth.log." + number + ending);
        }
    }
}
