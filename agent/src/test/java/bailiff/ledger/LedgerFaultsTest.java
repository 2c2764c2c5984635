package bailiff.ledger;

import static bailiff.ledger.Samples.JAIL;
import static bailiff.ledger.Samples.NOW;
import static bailiff.ledger.Samples.failure;
import static bailiff.ledger.Samples.openFailures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@link Ledger} whose process is killed, whose disk is full, or whose file somebody else uses. */
class LedgerFaultsTest {

    private static final Bounds IMPATIENT = new Bounds(1_000, 1_000, 10, 1L << 30, Duration.ofMillis(50));

    @TempDir
    private Path directory;

    @Test
    void commit_processKilledAtAnyMoment_keepsFailuresAndBookmarkTogether() throws Exception {
        Path file = directory.resolve("ledger.sqlite3");

        for (int round = 1; round <= 4; round++) {
            int told = killAfter(round * 37, file);

            try (Ledger ledger = Samples.open(file)) {
                int reached = Integer.parseInt(ledger.bookmarks(JAIL).get("log"));
                assertThat(reached).isGreaterThanOrEqualTo(told);
                assertThat(openFailures(ledger, JAIL))
                        .extracting(Failure::line)
                        .isEqualTo(IntStream.rangeClosed(1, reached)
                                .mapToObj(String::valueOf)
                                .toList());
                assertThat(ledger.recovery()).isEmpty();
            }
        }
    }

    @Test
    void commit_anotherProcessReading_goesOn() throws Exception {
        Path file = directory.resolve("ledger.sqlite3");

        try (Ledger ledger = Samples.open(file, IMPATIENT)) {
            ledger.commit(new Batch().failure(failure("203.0.113.9", NOW)));
            Process reader = Children.start(ReadingProcess.class, file);
            try (BufferedReader heard = reader.inputReader();
                    OutputStream wish = reader.getOutputStream()) {
                assertThat(heard.readLine()).isEqualTo("1");

                ledger.commit(new Batch().failure(failure("203.0.113.9", NOW)));

                assertThat(openFailures(ledger, JAIL)).hasSize(2);
                wish.write('\n');
                wish.flush();
                assertThat(heard.readLine()).as("what the reader still sees").isEqualTo("1");
            } finally {
                reader.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void commit_anotherProgramWriting_failsAndSucceedsOnceItHasDone() throws Exception {
        Path file = directory.resolve("ledger.sqlite3");
        Batch batch = new Batch().failure(failure("203.0.113.9", NOW)).bookmarks(JAIL, Map.of("log", "1"));

        try (Ledger ledger = Samples.open(file, IMPATIENT);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertThatThrownBy(() -> ledger.commit(batch))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("locked");
            statement.execute("ROLLBACK");
            ledger.commit(batch);

            assertThat(openFailures(ledger, JAIL)).hasSize(1);
            assertThat(ledger.bookmarks(JAIL)).containsEntry("log", "1");
        }
    }

    @Test
    void commit_fileAtItsLargestSize_failsWholeAndSucceedsOnceThereIsRoom() throws IOException {
        Bounds narrow = new Bounds(10_000, 1_000, 10, 256 << 10, Duration.ofMillis(50));

        try (Ledger ledger = Samples.open(directory.resolve("ledger.sqlite3"), narrow)) {
            int kept = fill(ledger);

            ledger.forget(JAIL, NOW.plusSeconds(1));
            commitTen(ledger, kept + 1);

            assertThat(openFailures(ledger, JAIL)).hasSize(10);
            assertThat(ledger.bookmarks(JAIL)).containsEntry("log", String.valueOf(kept + 1));
        }
    }

    @Test
    void commit_fullDisk_failsWholeAndSucceedsOnceThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        needs(
                run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", disk.toString()),
                "root may mount a tmpfs");
        try {
            Path ballast = Files.write(disk.resolve("ballast"), new byte[400 << 10]);
            try (Ledger ledger = Samples.open(disk.resolve("ledger.sqlite3"))) {
                int kept = fill(ledger);

                Files.delete(ballast);
                commitTen(ledger, kept + 1);

                assertThat(openFailures(ledger, JAIL)).hasSize(10 * (kept + 1));
                assertThat(ledger.bookmarks(JAIL)).containsEntry("log", String.valueOf(kept + 1));
                assertThat(ledger.recovery()).isEmpty();
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void open_stateDirectoryMountedNoexec_loadsSqliteByWayOfTheTemporaryDirectory() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        mount(disk, "noexec");
        try {
            Process child = Children.start(CommittingProcess.class, disk.resolve("ledger.sqlite3"));
            try (BufferedReader heard = child.inputReader()) {
                assertThat(heard.readLine()).isEqualTo("1");
            } finally {
                child.destroyForcibly().waitFor();
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void open_nowhereToLoadSqliteFrom_saysWhatIsWrong() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        mount(disk, "noexec");
        try {
            Process child =
                    Children.start(CommittingProcess.class, disk.resolve("ledger.sqlite3"), "-Djava.io.tmpdir=" + disk);
            try (BufferedReader heard = child.errorReader()) {
                assertThat(heard.lines()).anyMatch(line -> line.contains("noexec") && line.contains(disk.toString()));
            } finally {
                child.destroyForcibly().waitFor();
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static void mount(Path disk, String option) throws Exception {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "mode=700," + option, "tmpfs", disk.toString());
        needs(mounted, "mounting a tmpfs needs root");
    }

    /** Commits until nothing more fits, checks that the last attempt left nothing, and says how many were kept. */
    private static int fill(Ledger ledger) throws LedgerException {
        int kept = 0;
        LedgerException refusal = null;
        while (refusal == null && kept < 10_000) {
            try {
                commitTen(ledger, kept + 1);
                kept++;
            } catch (LedgerException e) {
                refusal = e;
            }
        }

        assertThat(refusal).isNotNull().hasMessageContaining("full");
        assertThat(openFailures(ledger, JAIL)).hasSize(10 * kept);
        assertThat(ledger.bookmarks(JAIL)).containsEntry("log", String.valueOf(kept));
        return kept;
    }

    private static void commitTen(Ledger ledger, int number) throws LedgerException {
        Batch batch = new Batch().bookmarks(JAIL, Map.of("log", String.valueOf(number)));
        for (int i = 0; i < 10; i++) {
            batch.failure(failure("203.0.113.9", NOW, "x".repeat(500)));
        }
        ledger.commit(batch);
    }

    private static int killAfter(int commits, Path file) throws Exception {
        Process child = Children.start(CommittingProcess.class, file);
        try (BufferedReader heard = child.inputReader()) {
            int told = 0;
            for (int i = 0; i < commits; i++) {
                told = Integer.parseInt(heard.readLine());
            }
            child.destroyForcibly().waitFor();
            return told;
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    private static void needs(boolean met, String what) {
        Needs.orSkip(met, what);
    }
}
