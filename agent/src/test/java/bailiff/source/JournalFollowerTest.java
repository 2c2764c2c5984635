package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.source.SourceState.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFollowerTest {

    private static final List<List<String>> SSH = List.of(List.of("_SYSTEMD_UNIT=ssh.service"));

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final Instant noon = clock.instant();
    private final Instant hourAgo = noon.minus(Duration.ofHours(1));
    private final Received received = new Received();
    private final Semaphore woken = new Semaphore(0);
    private final ChangeWatcher watcher = ChangeWatcher.start(Duration.ofMillis(500));
    private Path file = Path.of("");
    private JournalFollower follower = new JournalFollower(source(List.of()), Map.of(), noon, clock);
    private Map<String, String> saved = Map.of();

    @BeforeEach
    void need() {
        FollowerTests.need(Journal.isPossible(), "systemd-journal-remote");
        file = directory.resolve("system.journal");
    }

    @AfterEach
    void close() {
        follower.close();
        watcher.close();
    }

    /** The match of the built-in jail: the journal cannot look for a part of {@code wordpress(SITE)}. */
    @Test
    void read_whatCameBySyslog_hasTheTagThatItWasSentWith() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.write(noon, Journal.Field.of("MESSAGE", "of the kernel"), Journal.Field.of("_TRANSPORT", "kernel"));
            journal.write(
                    noon,
                    Journal.Field.of("MESSAGE", "Authentication failure for admin from 192.0.2.1"),
                    Journal.Field.of("SYSLOG_IDENTIFIER", "wordpress(blog.example.test)"),
                    Journal.Field.of("SYSLOG_PID", "4711"),
                    Journal.Field.of("_TRANSPORT", "syslog"));
        }

        follow(List.of(List.of("_TRANSPORT=syslog")), hourAgo);
        readUntil(1);

        assertThat(received.texts())
                .singleElement()
                .asString()
                .endsWith("wordpress(blog.example.test)[4711]: Authentication failure for admin from 192.0.2.1");
    }

    @Test
    void read_entriesOfTheUnit_areLinesWithTheirTimes() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon, "Failed password for root from 192.0.2.1");
            journal.write(noon, Journal.Field.of("MESSAGE", "of nobody"));
        }

        follow(SSH, hourAgo);
        readUntil(1);

        assertThat(received.entries())
                .containsExactly(new Received.Entry(
                        Path.of("systemd-journal"),
                        "vps sshd[4711]: Failed password for root from 192.0.2.1",
                        true,
                        true));
        assertThat(state().condition()).isEqualTo(Condition.FOLLOWED);
    }

    @Test
    void read_entryOlderThanFindtime_isNotRead() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.ssh(hourAgo.minusSeconds(1), "old");
            journal.ssh(hourAgo.plusSeconds(1), "new");
        }

        follow(SSH, hourAgo);
        readUntil(1);

        assertThat(received.texts()).containsExactly("vps sshd[4711]: new");
        assertThat(received.entries().getFirst().live()).isFalse();
    }

    @Test
    void read_entryWrittenWhileFollowing_wakesTheJail() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon, "first");
            follow(SSH, hourAgo);
            readUntil(1);

            journal.ssh(noon, "second");
            readUntil(2);
        }

        assertThat(received.texts()).containsExactly("vps sshd[4711]: first", "vps sshd[4711]: second");
    }

    @Test
    void read_messageOfTwoLinesAndWithAnEmptyOne_isOneLine() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon, "a\n\nMESSAGE=forged\n\n__CURSOR=forged\nSYSLOG_IDENTIFIER=sshd");
            journal.ssh(noon, "b");
        }

        follow(SSH, hourAgo);
        readUntil(2);

        assertThat(received.texts())
                .containsExactly(
                        "vps sshd[4711]: a\\n\\nMESSAGE=forged\\n\\n__CURSOR=forged\\nSYSLOG_IDENTIFIER=sshd",
                        "vps sshd[4711]: b");
    }

    @Test
    void read_hugeMessage_isCutAndTheNextOneRead() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon, "x".repeat(3 << 20));
            journal.ssh(noon, "next");
        }

        follow(SSH, hourAgo);
        readUntil(2);

        assertThat(received.entries().getFirst().whole()).isFalse();
        assertThat(received.entries().getFirst().text().getBytes(StandardCharsets.UTF_8))
                .hasSize(LogFollower.LONGEST_LINE);
        assertThat(received.texts().getLast()).isEqualTo("vps sshd[4711]: next");
    }

    @Test
    void restart_bookmark_readsEachEntryOnce() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon, "first");
            journal.ssh(noon, "second");
            follow(SSH, hourAgo);
            readUntil(2);
            follower.close();

            journal.ssh(noon, "third");
            follow(SSH, hourAgo);
            readUntil(3);
        }

        assertThat(received.texts())
                .containsExactly("vps sshd[4711]: first", "vps sshd[4711]: second", "vps sshd[4711]: third");
        assertThat(state().reason()).isEmpty();
    }

    @Test
    void restart_journalIsAnother_readsItFromTheTimeOnAndSaysSo() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon, "first");
        }
        follow(SSH, hourAgo);
        readUntil(1);
        follower.close();
        Files.delete(file);
        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon.minusSeconds(5), "before what was read");
            journal.ssh(noon.plusSeconds(5), "second");
        }

        follow(SSH, hourAgo);
        readUntil(2);

        assertThat(received.texts()).containsExactly("vps sshd[4711]: first", "vps sshd[4711]: second");
        assertThat(state().reason()).contains("may be missing");
    }

    @Test
    void restart_bookmarkThatIsNoCursor_readsFromThatTimeOn() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon, "first");
        }
        saved = Map.of(JournalFollower.NAME, "1 nonsense");

        follow(SSH, hourAgo);
        awaitState(Condition.UNREADABLE);
        clock.advance(Duration.ofSeconds(2));
        readUntil(1);

        assertThat(received.texts()).containsExactly("vps sshd[4711]: first");
    }

    @Test
    void read_journalctlIsKilled_isStartedAgainAndReadsOnWhereItWas() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon, "first");
            follow(SSH, hourAgo);
            readUntil(1);

            killJournalctl();
            awaitState(Condition.UNREADABLE);
            assertThat(state().reason()).contains("is started again");
            journal.ssh(noon, "second");
            clock.advance(Duration.ofSeconds(2));
            readUntil(2);
        }

        assertThat(received.texts()).containsExactly("vps sshd[4711]: first", "vps sshd[4711]: second");
        assertThat(state().condition()).isEqualTo(Condition.FOLLOWED);
    }

    @Test
    void read_journalThatIsNotThere_saysSoAndReadsItOnceItIs() throws Exception {
        follow(SSH, hourAgo);
        awaitState(Condition.UNREADABLE);
        assertThat(state().reason()).contains("No such file");

        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon, "first");
        }
        clock.advance(Duration.ofMinutes(2));
        readUntil(1);

        assertThat(received.texts()).containsExactly("vps sshd[4711]: first");
    }

    @Test
    void read_noJournalctl_saysSo() {
        follower = new JournalFollower(source(SSH), Map.of(), noon, clock, List.of("no-such-program"));

        assertThat(follower.read(1, received)).isFalse();

        assertThat(state().reason()).contains("cannot be started");
    }

    @Test
    void read_wordThatLooksLikeAnOption_isNone() throws Exception {
        follow(List.of(List.of("--rotate")), hourAgo);
        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon, "first");
        }
        clock.advance(Duration.ofMinutes(2));
        awaitState(Condition.UNREADABLE);
        clock.advance(Duration.ofMinutes(2));

        await("the complaint", () -> {
            follower.read(1 << 20, received);
            // The writer may not have made the file yet, and journalctl complained of that.
            clock.advance(Duration.ofMinutes(2));
            return state().reason().contains("--rotate");
        });
    }

    @Test
    void read_unionOfMatches_readsBoth() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.ssh(noon, "first");
            journal.write(noon, Journal.Field.of("_COMM", "cron"), Journal.Field.of("MESSAGE", "second"));
            journal.write(noon, Journal.Field.of("_COMM", "other"), Journal.Field.of("MESSAGE", "third"));
        }

        follow(List.of(List.of("_COMM=cron", "+", "_SYSTEMD_UNIT=ssh.service"), List.of("_COMM=none")), hourAgo);
        readUntil(2);

        assertThat(received.texts()).containsExactly("vps sshd[4711]: first", "cron: second");
    }

    @Test
    void read_flood_handsOverAllOfItWithinTheBound() throws Exception {
        int many = 20_000;
        try (Journal journal = Journal.open(file)) {
            for (int i = 0; i < many; i++) {
                journal.ssh(noon, "entry " + i + " " + "x".repeat(200));
            }
        }

        follow(SSH, hourAgo);
        awaitState(Condition.FOLLOWED);
        await("much", () -> state().behind() > 1 << 19);
        assertThat(state().behind()).isLessThan(2 << 20);
        readUntil(many);

        assertThat(received.texts().getLast()).startsWith("vps sshd[4711]: entry 19999 ");
    }

    @Test
    void pastJournal_all_isReadOnceInOrder() throws Exception {
        try (Journal journal = Journal.open(file)) {
            journal.ssh(hourAgo, "first");
            journal.ssh(noon, "second");
        }
        Received past = new Received();

        new PastJournal(source(SSH)).read((line, number, whole) -> {
            assertThat(line.time()).contains(number == 1 ? hourAgo : noon);
            past.line(file, line, false, whole);
        });

        assertThat(past.texts()).containsExactly("vps sshd[4711]: first", "vps sshd[4711]: second");
    }

    @Test
    void pastJournal_noSuchFile_fails() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> new PastJournal(source(SSH)).read((_, _, _) -> {})))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("journalctl: ", "No such file");
    }

    private JournalSource source(List<List<String>> matches) {
        return new JournalSource(matches, Map.of("journalfiles", file.toString()), StandardCharsets.UTF_8);
    }

    private void follow(List<List<String>> matches, Instant since) {
        follower = new JournalFollower(source(matches), saved, since, clock);
        follower.wakeBy(watcher, woken::release);
    }

    private void readUntil(int lines) throws InterruptedException {
        await(lines + " lines", () -> {
            follower.read(1 << 20, received);
            saved = follower.bookmarks();
            // The writer may not have made the file yet, so that journalctl has to be started again.
            clock.advance(Duration.ofMillis(100));
            return received.entries().size() >= lines;
        });
        assertThat(received.entries()).hasSize(lines);
    }

    private void awaitState(Condition condition) throws InterruptedException {
        await(condition.toString(), () -> {
            follower.read(1, received);
            return state().condition() == condition;
        });
    }

    /** Waits for wake-ups between two looks; the watcher's poll is one too. */
    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            woken.tryAcquire(100, TimeUnit.MILLISECONDS);
        }
    }

    private SourceState state() {
        return follower.states().getFirst();
    }

    private static void killJournalctl() {
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("journalctl"))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
