package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.ledger.Bounds;
import bailiff.ledger.Failure;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.net.IpAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(NOON);
    private Ledger ledger;
    private Memory memory;

    @BeforeEach
    void open() throws LedgerException {
        ledger = Ledger.open(directory.resolve("ledger.sqlite3"), clock);
        memory = new Memory("web", ledger, 5);
    }

    @AfterEach
    void close() throws LedgerException {
        ledger.close();
    }

    @Test
    void commit_failureAndPosition_areKeptTogether() throws Exception {
        memory.add(batch -> batch.failure(failure(1)));

        memory.commit(Map.of("log", "10"), NOON);

        assertThat(lines()).containsExactly("line 1");
        assertThat(memory.bookmarks()).containsExactly(Map.entry("log", "10"));
    }

    @Test
    void commit_onlyThePositionMoved_isWrittenOnceASecond() throws Exception {
        memory.commit(Map.of("log", "10"), NOON);
        memory.commit(Map.of("log", "20"), NOON.plusMillis(999));
        assertThat(memory.bookmarks()).containsEntry("log", "10");

        memory.commit(Map.of("log", "20"), NOON.plusSeconds(1));

        assertThat(memory.bookmarks()).containsEntry("log", "20");
    }

    @Test
    void commit_ledgerThatFails_keepsWhatIsDueAndTellsTheProblem() throws Exception {
        ledger.close();
        memory.add(batch -> batch.failure(failure(1)));

        memory.commit(Map.of("log", "10"), NOON);

        assertThat(memory.problem()).isEqualTo("The ledger is closed.");
        assertThat(memory.bans(failure(1).subject())).isZero();
    }

    @Test
    void add_moreThanThereIsRoomFor_dropsAndTellsHowMany() throws Exception {
        for (int i = 0; i <= Memory.MOST_DUE; i++) {
            Failure failure = failure(i);
            memory.add(batch -> batch.failure(failure));
        }

        memory.commit(Map.of("log", "10"), NOON);

        assertThat(lines()).containsExactly("line " + Memory.MOST_DUE);
        assertThat(memory.problem()).isEqualTo("20000 entries for the ledger were lost while it could not be written.");
    }

    @Test
    void pause_afterACommit_isATenthOfASecondUnlessMuchIsDue() throws Exception {
        assertThat(memory.pause(System.nanoTime())).isLessThanOrEqualTo(Duration.ZERO);
        memory.add(batch -> batch.failure(failure(1)));
        assertThat(memory.isDue()).isTrue();
        memory.commit(Map.of("log", "10"), NOON);
        assertThat(memory.isDue()).isFalse();
        long now = System.nanoTime();

        assertThat(memory.pause(now)).isBetween(Duration.ZERO, Duration.ofMillis(100));
        assertThat(memory.pause(now + 100_000_000)).isLessThanOrEqualTo(Duration.ZERO);
        for (int i = 0; i < Memory.COMMIT_AT; i++) {
            memory.add(batch -> batch.failure(failure(1)));
        }
        assertThat(memory.pause(now)).isEqualTo(Duration.ZERO);
    }

    @Test
    void pause_afterACommitThatFailed_isASecondHoweverMuchIsDue() throws Exception {
        ledger.close();
        for (int i = 0; i < Memory.COMMIT_AT; i++) {
            memory.add(batch -> batch.failure(failure(1)));
        }
        long before = System.nanoTime();

        memory.commit(Map.of("log", "10"), NOON);

        assertThat(memory.pause(before)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void commitAside_andThenCommit_areWrittenInTheirOrder() throws Exception {
        memory.add(batch -> batch.failure(failure(1)));
        memory.commitAside(Map.of("log", "10"), NOON);
        assertThat(memory.isDue()).isTrue();
        memory.add(batch -> batch.failure(failure(2)));
        memory.commitAside(Map.of("log", "20"), NOON);
        memory.add(batch -> batch.failure(failure(3)));

        memory.commit(Map.of("log", "30"), NOON);

        assertThat(memory.isDue()).isFalse();
        assertThat(lines()).containsExactly("line 1", "line 2", "line 3");
        assertThat(memory.bookmarks()).containsExactly(Map.entry("log", "30"));
    }

    @Test
    void commitAside_nothingCameSince_isWrittenOnceItIsWaitedFor() throws Exception {
        memory.add(batch -> batch.failure(failure(1)));
        memory.commitAside(Map.of("log", "10"), NOON);

        memory.commit(Map.of("log", "10"), NOON);

        assertThat(memory.isDue()).isFalse();
        assertThat(lines()).containsExactly("line 1");
        assertThat(memory.bookmarks()).containsExactly(Map.entry("log", "10"));
    }

    @Test
    void commitAside_ledgerThatIsLocked_isDueAgainBeforeWhatCameSince() throws Exception {
        reopen(new Bounds(100, 100, 10, 1L << 30, Duration.ofMillis(1)));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.sqlite3"));
                Statement statement = other.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            memory.add(batch -> batch.failure(failure(1)));
            memory.commitAside(Map.of("log", "10"), NOON);
            memory.add(batch -> batch.failure(failure(2)));
            memory.commitAside(Map.of("log", "20"), NOON);
            assertThat(memory.problem()).contains("another program holds it locked");
            statement.executeUpdate("ROLLBACK");
        }

        memory.commit(Map.of("log", "20"), NOON);

        assertThat(memory.problem()).isEmpty();
        assertThat(lines()).containsExactly("line 1", "line 2");
        assertThat(memory.bookmarks()).containsExactly(Map.entry("log", "20"));
    }

    @Test
    void add_moreThanThereIsRoomForWhileSomeIsWritten_waitsAndLosesNothing() throws Exception {
        for (int i = 0; i < Memory.MOST_DUE + 10; i++) {
            Failure failure = failure(i);
            memory.add(batch -> batch.failure(failure));
            if (i == 10) {
                memory.commitAside(Map.of("log", "10"), NOON);
            }
        }
        memory.commit(Map.of("log", "20"), NOON);

        assertThat(memory.problem()).isEmpty();
        assertThat(lines()).hasSize(Memory.MOST_DUE + 10).endsWith("line " + (Memory.MOST_DUE + 9));
    }

    @Test
    void commitAside_noThreadIsToBeHad_isWrittenAllTheSame() throws Exception {
        memory = new Memory("web", ledger, 5, _ -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        memory.add(batch -> batch.failure(failure(1)));

        memory.commitAside(Map.of("log", "10"), NOON);

        assertThat(memory.isWriting()).isFalse();
        assertThat(lines()).containsExactly("line 1");
        memory.commit(Map.of("log", "20"), NOON.plusSeconds(1));
        assertThat(memory.bookmarks()).containsExactly(Map.entry("log", "20"));
    }

    @Test
    void commitAside_threadThatHasNotBegun_isWaitedForThoughInterrupted() throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        memory = new Memory(
                "web",
                ledger,
                5,
                task -> new Thread(() -> {
                    await(begin);
                    task.run();
                }));
        memory.add(batch -> batch.failure(failure(1)));
        memory.commitAside(Map.of("log", "10"), NOON);
        memory.add(batch -> batch.failure(failure(2)));
        assertThat(memory.isWriting()).isTrue();
        assertThat(lines()).isEmpty();

        Thread.currentThread().interrupt();
        begin.countDown();
        memory.commit(Map.of("log", "20"), NOON);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(lines()).containsExactly("line 1", "line 2");
    }

    @Test
    void commitAside_ledgerThatFailsForGood_keepsItsBansWhenThereIsNoMoreRoom() throws Exception {
        reopen(new Bounds(100_000, 100, 10, 1L << 30, Duration.ofMillis(1)));
        Ban ban = new Ban("web", failure(1).subject(), NOON, NOON.plusSeconds(600), 1, 3, Ban.BY_ADDRESS, "3 failures");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.sqlite3"));
                Statement statement = other.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            memory.ban(ban);
            memory.commitAside(Map.of("log", "10"), NOON);
            for (int i = 0; i < Memory.MOST_DUE; i++) {
                memory.add(batch -> batch.failure(failure(2)));
            }
            statement.executeUpdate("ROLLBACK");
        }

        memory.commit(Map.of("log", "20"), NOON);

        assertThat(ledger.active("web", NOON)).hasSize(1);
        assertThat(lines()).hasSize(1);
        assertThat(memory.problem()).startsWith("19999 entries");
    }

    @Test
    void forget_failuresOfBefore_areGone() throws Exception {
        memory.add(batch -> batch.failure(failure(1)).failure(failure(100)));
        memory.commit(Map.of(), NOON);

        memory.forget(NOON.plus(Duration.ofSeconds(50)));

        assertThat(lines()).containsExactly("line 100");
    }

    private void reopen(Bounds bounds) throws LedgerException {
        ledger.close();
        ledger = Ledger.open(directory.resolve("ledger.sqlite3"), clock, bounds);
        memory = new Memory("web", ledger, 5);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> lines() throws LedgerException {
        List<String> lines = new ArrayList<>();
        ledger.openFailures("web", Instant.EPOCH, failure -> lines.add(failure.line()));
        return lines;
    }

    private static Failure failure(int second) {
        IpAddress address = IpAddress.parse("203.0.113.9").orElseThrow();
        return new Failure("web", address.alone(), address, NOON.plusSeconds(second), 1, "", "line " + second);
    }
}
