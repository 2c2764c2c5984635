package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.line.LogLine;
import bailiff.source.SourceState.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogFollowerTest extends FollowerTests {

    @Test
    void states_beforeTheFirstReading_saysWhatIsThere() throws IOException {
        Logs.append(file("there.log"), "a\n");
        LogPath missing = new LogPath(file("missing.log").toString(), LogPath.Start.HEAD);
        LogPath there = new LogPath(file("there.log").toString(), LogPath.Start.HEAD);

        try (LogFollower both = new LogFollower(List.of(missing, there), Map.of(), clock)) {
            assertThat(both.states().stream().map(SourceState::condition))
                    .containsExactly(Condition.MISSING, Condition.FOLLOWED);
            assertThat(both.isAnyThere()).isTrue();
        }
        try (LogFollower neither = new LogFollower(List.of(missing), Map.of(), clock)) {
            assertThat(neither.isAnyThere()).isFalse();
        }
    }

    @Test
    void read_fromTheHead_backlogIsNotLiveAndWhatFollowsIs() throws IOException {
        Logs.append(file("log"), "old\n");
        follow("log", LogPath.Start.HEAD);
        read();
        Logs.append(file("log"), "new\n");
        read();

        assertThat(received.entries())
                .containsExactly(
                        new Received.Entry(file("log"), "old", false, true),
                        new Received.Entry(file("log"), "new", true, true));
    }

    @Test
    void read_sinkThatHasEnough_stopsAfterThatLineAndGoesOnThereAlsoAfterAKill() throws IOException {
        Logs.append(file("log"), "one\ntwo\nthree\n");
        follow("log", LogPath.Start.HEAD);
        List<String> texts = new ArrayList<>();
        LineSink soonSated = new LineSink() {
            @Override
            public void line(Path file, LogLine line, boolean live, boolean whole) {
                texts.add(line.text());
            }

            @Override
            public boolean isEnough() {
                return texts.size() == 2;
            }
        };

        boolean more = follower.read(PLENTY, soonSated);
        follower = new LogFollower(List.of(log()), follower.bookmarks(), clock);
        read();

        assertThat(more).isTrue();
        assertThat(texts).containsExactly("one", "two");
        assertThat(received.texts()).containsExactly("three");
    }

    private LogPath log() {
        return new LogPath(file("log").toString(), LogPath.Start.HEAD);
    }

    @Test
    void read_fromTheTail_skipsWhatWasThereAndTheLineBeingWritten() throws IOException {
        Logs.append(file("log"), "old\nbeing wri");
        follow("log", LogPath.Start.TAIL);
        read();
        Logs.append(file("log"), "tten\nnew\n");
        read();

        assertThat(received.texts()).containsExactly("new");
    }

    @Test
    void read_tailOfAnEmptyFile_readsEveryLine() throws IOException {
        Files.createFile(file("log"));
        follow("log", LogPath.Start.TAIL);
        read();
        Logs.append(file("log"), "new\n");
        read();

        assertThat(received.texts()).containsExactly("new");
    }

    @Test
    void read_tailOfAFileThatAppearsLater_readsItWhole() throws IOException {
        follow("log", LogPath.Start.TAIL);
        read();
        assertThat(state().condition()).isEqualTo(Condition.MISSING);
        Logs.append(file("log"), "new\n");
        read();

        assertThat(received.texts()).containsExactly("new");
    }

    @Test
    void read_tailOfAFileThatAppearsWhileDown_readsItWhole() throws IOException {
        follow("log", LogPath.Start.TAIL);
        read();
        kill();
        Logs.append(file("log"), "new\n");
        startUp();
        read();

        assertThat(received.texts()).containsExactly("new");
    }

    @Test
    void read_partialLastLine_isKeptUntilItsEndComesAlsoOverARestart() throws IOException {
        Logs.append(file("log"), "one\ntw");
        follow("log", LogPath.Start.HEAD);
        read();
        assertThat(received.texts()).containsExactly("one");
        restart();
        read();
        Logs.append(file("log"), "o\n");
        read();

        assertThat(received.texts()).containsExactly("one", "two");
    }

    @Test
    void read_killedBeforeTheBookmarkWasSaved_handsOverAgainWhatCameAfterIt() throws IOException {
        Logs.append(file("log"), "one\n");
        follow("log", LogPath.Start.HEAD);
        read();
        Logs.append(file("log"), "two\n");
        follower.read(PLENTY, received);
        restart();
        read();

        assertThat(received.texts()).containsExactly("one", "two", "two");
    }

    @Test
    void read_overlongLine_isHandedOverOnceCutAlsoOverARestart() throws IOException {
        follow("log", LogPath.Start.HEAD);
        String chunk = "x".repeat(1_000_000);
        for (int i = 0; i < 20; i++) {
            Logs.append(file("log"), chunk);
            read();
            restart();
        }
        Logs.append(file("log"), "\nnext\n");
        read();

        assertThat(received.texts()).containsExactly("x".repeat(LogFollower.LONGEST_LINE), "next");
        assertThat(received.entries().getFirst().whole()).isFalse();
    }

    @Test
    void read_moreThanTheBudget_stopsAndSaysThatMoreIsWaiting() throws IOException {
        Logs.append(file("log"), ("x".repeat(99) + "\n").repeat(20_000));
        follow("log", LogPath.Start.HEAD);

        boolean more = readSome(1);

        assertThat(more).isTrue();
        assertThat(received.entries()).hasSizeBetween(1, LineCutter.BLOCK / 100);
        assertThat(state().behind()).isPositive();
        read();
        assertThat(received.entries()).hasSize(20_000);
        assertThat(state().behind()).isZero();
    }

    @Test
    void read_oneBusyLogAndOneQuiet_theQuietOneIsNotKeptWaiting() throws IOException {
        Logs.append(file("a.log"), ("x".repeat(99) + "\n").repeat(20_000));
        Logs.append(file("b.log"), "quiet\n");
        follow("*.log", LogPath.Start.HEAD);

        readSome(LineCutter.BLOCK + 1);

        assertThat(received.texts()).contains("quiet");
    }

    @Test
    void read_sinkThrows_theLineCountsAsReadAndTheNextComes() throws IOException {
        Logs.append(file("log"), "one\ntwo\n");
        follow("log", LogPath.Start.HEAD);

        assertThatThrownBy(() -> follower.read(PLENTY, (path, line, live, whole) -> {
                    throw new IllegalStateException(line.text());
                }))
                .hasMessage("one");
        read();

        assertThat(received.texts()).containsExactly("two");
    }

    @Test
    void states_beforeAndAfterReading_tellLagAndTime() throws IOException {
        Logs.append(file("log"), "one\n");
        follow("log", LogPath.Start.HEAD);
        assertThat(state().lastRead()).isEqualTo(Instant.EPOCH);
        read();
        Logs.append(file("log"), "two\nthree\n");

        assertThat(state().behind()).isEqualTo(10);
        assertThat(state().lastRead()).isEqualTo(clock.instant());
        assertThat(state().tally().lines()).isEqualTo(1);
    }

    @Test
    void read_entryTakenOutOfTheConfiguration_itsBookmarkIsDropped() throws IOException {
        Logs.append(file("log"), "one\n");
        follow("log", LogPath.Start.HEAD);
        read();
        Map<String, String> bookmarks = follower.bookmarks();
        kill();

        follower = new LogFollower(List.of(), bookmarks, clock);

        assertThat(follower.bookmarks()).isEmpty();
    }
}
