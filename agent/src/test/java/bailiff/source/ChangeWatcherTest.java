package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The watcher with real directories. Where the poll must not help, it is an hour away. */
@Timeout(60)
class ChangeWatcherTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(20);

    @TempDir
    Path directory;

    private final Semaphore woken = new Semaphore(0);
    private final Received received = new Received();
    private ChangeWatcher watcher = ChangeWatcher.start(NEVER);
    private LogFollower follower = new LogFollower(List.of(), Map.of(), new ManualClock());

    @AfterEach
    void close() {
        watcher.close();
        follower.close();
    }

    @Test
    void register_lineIsWritten_wakesAtOnceAndTheLineIsRead() throws Exception {
        follow("*.log", NEVER);
        Logs.append(directory.resolve("a.log"), "one\n");
        awaitLines(1);
        Logs.append(directory.resolve("a.log"), "two\n");
        awaitLines(2);

        assertThat(received.texts()).containsExactly("one", "two");
    }

    @Test
    void register_otherFilesOfTheDirectoryChange_doesNotWake() throws Exception {
        Files.createFile(directory.resolve("a.log"));
        follow("a.log", NEVER);
        for (int i = 0; i < 100; i++) {
            Logs.append(directory.resolve("syslog"), "not ours\n");
        }
        Logs.append(directory.resolve("a.log"), "one\n");
        awaitLines(1);

        assertThat(woken.availablePermits()).isZero();
    }

    @Test
    void register_fileIsRotated_readsOldAndNew() throws Exception {
        Files.createFile(directory.resolve("a.log"));
        follow("a.log", NEVER);
        Logs.append(directory.resolve("a.log"), "one\n");
        Logs.rename(directory.resolve("a.log"), directory.resolve("a.log.1"));
        Logs.append(directory.resolve("a.log"), "two\n");
        awaitLines(2);

        assertThat(received.texts()).containsExactly("one", "two");
    }

    @Test
    void register_directoryAppearsLater_isWatchedByTheNextPoll() throws Exception {
        follow("new/a.log", SOON);
        Files.createDirectory(directory.resolve("new"));
        Logs.append(directory.resolve("new/a.log"), "one\n");
        awaitLines(1);

        assertThat(follower.interest().directories()).containsExactly(directory.resolve("new"));
        awaitWatched();
    }

    @Test
    void register_directoryAppearsLater_isWatchedOnceItIsFound() throws Exception {
        follow("new/a.log", NEVER);
        Files.createDirectory(directory.resolve("new"));
        Logs.append(directory.resolve("new/a.log"), "one\n");
        awaitLines(1);
        Logs.append(directory.resolve("new/a.log"), "two\n");
        awaitLines(2);

        assertThat(watcher.unwatched()).isEmpty();
    }

    @Test
    void register_nothingToWatch_thePollDoesNotWake() throws Exception {
        follow("a.log", SOON);
        Semaphore otherWoken = new Semaphore(0);
        try (LogFollower other = new LogFollower(List.of(), Map.of(), new ManualClock())) {
            watcher.register(other.interest(), otherWoken::release);
            woken.drainPermits();

            assertThat(woken.tryAcquire(3, 30, TimeUnit.SECONDS)).isTrue();
            assertThat(otherWoken.availablePermits()).isZero();
        }
    }

    @Test
    void register_directoryIsDeleted_nobodyIsToldAnyMore() throws Exception {
        assumeTrue(Set.of("ext4", "xfs", "btrfs", "tmpfs", "overlay")
                .contains(Files.getFileStore(directory).type()));
        Path inner = Files.createDirectory(directory.resolve("inner"));
        follow("inner/a.log", NEVER);
        boolean before = follower.interest().isTold();
        Files.delete(inner);
        assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).as("woken").isTrue();

        assertThat(before).isTrue();
        assertThat(follower.interest().isTold()).isFalse();
    }

    @Test
    void told_fileSystemThatChangesWithoutTelling_isLeftToThePoll() throws Exception {
        DirectoryEvents events = new DirectoryEvents(FileSystems.getDefault().newWatchService());
        events.watch(Set.of(Path.of("/proc"), directory));

        assertThat(events.told()).doesNotContain(Path.of("/proc"));
        events.close();
    }

    @Test
    void register_directoryIsDeletedAndMadeAgain_readsOn() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        follow("inner/a.log", SOON);
        Logs.append(inner.resolve("a.log"), "one\n");
        awaitLines(1);
        Files.delete(inner.resolve("a.log"));
        Files.delete(inner);
        Files.createDirectory(inner);
        Logs.append(inner.resolve("a.log"), "two\n");
        awaitLines(2);

        assertThat(received.texts()).containsExactly("one", "two");
    }

    @Test
    void watch_anotherDirectoryHasTakenTheName_watchesThatOne() throws Exception {
        DirectoryEvents events = new DirectoryEvents(FileSystems.getDefault().newWatchService());
        Path inner = Files.createDirectory(directory.resolve("inner"));
        events.watch(Set.of(inner));
        Logs.rename(inner, directory.resolve("away"));
        Files.createDirectory(inner);
        events.watch(Set.of(inner));
        Logs.append(inner.resolve("a.log"), "one\n");

        assertThat(firstChange(events)).isEqualTo(inner.resolve("a.log"));
        events.close();
    }

    @Test
    void watch_twoNamesOfOneDirectory_tellsUnderBoth() throws Exception {
        DirectoryEvents events = new DirectoryEvents(FileSystems.getDefault().newWatchService());
        Path inner = Files.createDirectory(directory.resolve("inner"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), inner);
        events.watch(Set.of(inner, link));
        events.watch(Set.of(link));
        Logs.append(inner.resolve("a.log"), "one\n");

        assertThat(firstChange(events)).isEqualTo(link.resolve("a.log"));
        events.close();
    }

    @Test
    void register_noInotifyInstanceLeft_thePollWakes() throws Exception {
        DirectoryEvents events = new DirectoryEvents(new NoEvents());
        events.watch(Set.of(directory));

        assertThat(events.await(1)).isEmpty();
        assertThat(events.unwatched(Set.of(directory))).containsExactly(directory);
    }

    @Test
    void register_nothingChanges_thePollWakesAllTheSame() throws Exception {
        follow("a.log", SOON);

        assertThat(woken.tryAcquire(3, 30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void close_registration_leavesTheOthersWatched() throws Exception {
        Files.createFile(directory.resolve("a.log"));
        follow("a.log", NEVER);
        LogFollower other = new LogFollower(List.of(entry("b.log")), Map.of(), new ManualClock());
        Semaphore otherWoken = new Semaphore(0);
        ChangeWatcher.Registration registration = watcher.register(other.interest(), otherWoken::release);
        registration.close();
        registration.close();
        Logs.append(directory.resolve("b.log"), "not read\n");
        Logs.append(directory.resolve("a.log"), "one\n");
        awaitLines(1);

        assertThat(otherWoken.availablePermits()).isZero();
    }

    @Test
    void notice_moreChangesThanTheBound_everythingMayHaveChanged() throws IOException {
        follow("*.log", NEVER);
        follower.read(1, received);
        IntStream.range(0, 2_000).forEach(i -> follower.interest().notice(directory, i + ".log"));

        Interest.Changes changes = follower.interest().take();

        assertThat(changes.everything()).isTrue();
        assertThat(changes.paths()).hasSizeLessThan(1_025);
    }

    @Test
    void register_writerThatRotatesAllTheTime_everyLineIsReadOnceAndInOrder() throws Exception {
        Files.createFile(directory.resolve("a.log"));
        follow("a.log", SOON);
        List<String> written = new ArrayList<>();
        Thread writer = Thread.ofPlatform().start(() -> write(written));
        awaitLines(5_000);
        writer.join();

        assertThat(received.texts()).isEqualTo(written);
    }

    private void write(List<String> written) {
        try {
            Path log = directory.resolve("a.log");
            for (int i = 0; i < 5_000; i++) {
                written.add("line " + i);
                Logs.append(log, "line " + i + "\n");
                if (i % 100 == 99) {
                    rotate(log);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rotate(Path log) throws IOException {
        for (int i = 60; i > 0; i--) {
            Path old = log.resolveSibling("a.log." + i);
            if (Files.exists(old)) {
                Logs.rename(old, log.resolveSibling("a.log." + (i + 1)));
            }
        }
        Logs.rename(log, log.resolveSibling("a.log.1"));
    }

    private LogPath entry(String pattern) {
        return new LogPath(directory.resolve(pattern).toString(), LogPath.Start.HEAD);
    }

    private void follow(String pattern, Duration poll) throws IOException {
        watcher.close();
        watcher = ChangeWatcher.start(poll);
        follower = new LogFollower(List.of(entry(pattern)), Map.of(), new ManualClock());
        watcher.register(follower.interest(), woken::release);
        follower.read(1 << 20, received);
    }

    private void awaitLines(int count) throws InterruptedException {
        while (received.entries().size() < count) {
            assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).as("woken").isTrue();
            woken.drainPermits();
            while (follower.read(1 << 20, received)) {
                Thread.onSpinWait();
            }
        }
    }

    private void awaitWatched() throws InterruptedException {
        while (!watcher.unwatched().isEmpty()) {
            assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).as("woken").isTrue();
        }
    }

    private static Path firstChange(DirectoryEvents events) throws InterruptedException {
        List<Path> changed = new ArrayList<>();
        while (changed.isEmpty()) {
            events.await(TimeUnit.SECONDS.toNanos(30))
                    .ifPresent(key -> events.tell(key, new DirectoryEvents.Listener() {
                        @Override
                        public void changed(Path directory, String name) {
                            changed.add(directory.resolve(name));
                        }

                        @Override
                        public void overflown(Path directory) {
                            throw new IllegalStateException("Overflow in " + directory);
                        }
                    }));
        }
        return changed.getFirst();
    }
}
