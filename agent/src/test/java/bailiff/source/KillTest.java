package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A follower in a process of its own, killed again and again, while the log grows and rotates. */
class KillTest {

    private static final int KILLS = 8;
    private static final int LINES = 400;

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void read_killedAtAnyMoment_everyLineOnceRelativeToTheBookmark() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        Path log = Files.createFile(directory.resolve("a.log"));
        int line = 0;
        for (int i = 0; i < KILLS; i++) {
            Process follower = startFollower();
            awaitChange();
            for (int last = line + LINES; line < last; line++) {
                Logs.append(log, "line " + line + "\n");
                if (random.nextInt(150) == 0) {
                    rotate(log);
                }
            }
            follower.destroyForcibly().waitFor();
        }
        Process follower = startFollower();
        awaitLines(line);
        follower.destroyForcibly().waitFor();

        assertThat(saved().lines())
                .isEqualTo(IntStream.range(0, line).mapToObj(i -> "line " + i).toList());
    }

    /** The follower's process: saves bookmarks and lines in one step, as a transaction would. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Saved saved = Saved.in(directory);
        LogPath entry = new LogPath(directory.resolve("a.log").toString(), LogPath.Start.HEAD);
        Received received = new Received();
        try (LogFollower follower = new LogFollower(List.of(entry), saved.bookmarks(), InstantSource.system())) {
            for (long round = 0; ; round++) {
                follower.read(1, received);
                List<String> lines = new ArrayList<>(saved.lines());
                lines.addAll(received.texts());
                new Saved(follower.bookmarks(), lines).to(directory);
                Files.writeString(
                        directory.resolve("round"), ProcessHandle.current().pid() + " " + round);
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    private record Saved(Map<String, String> bookmarks, List<String> lines) {

        static Saved in(Path directory) throws IOException {
            Map<String, String> bookmarks = new LinkedHashMap<>();
            List<String> lines = new ArrayList<>();
            Path file = directory.resolve("saved");
            if (Files.exists(file)) {
                for (String text : Files.readAllLines(file)) {
                    if (text.startsWith("/")) {
                        int tab = text.indexOf('\t');
                        bookmarks.put(text.substring(0, tab), text.substring(tab + 1));
                    } else {
                        lines.add(text);
                    }
                }
            }
            return new Saved(bookmarks, lines);
        }

        void to(Path directory) throws IOException {
            List<String> texts = new ArrayList<>(lines);
            bookmarks.forEach((path, bookmark) -> texts.add(path + "\t" + bookmark));
            Path draft = Files.write(directory.resolve("draft"), texts, StandardCharsets.UTF_8);
            Files.move(draft, directory.resolve("saved"), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Process startFollower() throws IOException {
        Files.deleteIfExists(directory.resolve("round"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillTest.class.getName(),
                        directory.toString())
                .redirectError(directory.resolve("errors").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Saved saved() throws IOException {
        return Saved.in(directory);
    }

    /** Until the follower has looked at the log once. */
    private void awaitChange() throws InterruptedException {
        while (!Files.exists(directory.resolve("round"))) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void awaitLines(int count) throws IOException, InterruptedException {
        while (saved().lines().size() < count) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static void rotate(Path log) throws IOException {
        for (int i = 99; i > 0; i--) {
            Path old = log.resolveSibling("a.log." + i);
            if (Files.exists(old)) {
                Logs.rename(old, log.resolveSibling("a.log." + (i + 1)));
            }
        }
        Logs.rename(log, log.resolveSibling("a.log.1"));
    }
}
