package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.source.SourceState.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a log is that its name leads to: globs, links, directories, and what is no log. */
class LogNamesTest extends FollowerTests {

    @Test
    void read_globGainsMembers_readsThemFromTheirBeginning() throws IOException {
        Logs.append(file("a.log"), "a\n");
        follow("*.log", LogPath.Start.TAIL);
        read();
        Logs.append(file("b.log"), "b\n");
        Logs.append(file("c.txt"), "c\n");
        read();

        assertThat(received.texts()).containsExactly("b");
    }

    @Test
    void read_directoryThatAppearsLater_isReadAndWatched() throws IOException {
        follow("sites/*/log/access.log", LogPath.Start.HEAD);
        read();
        assertThat(follower.interest().directories()).containsExactly(directory);
        Files.createDirectories(file("sites/one/log"));
        Logs.append(file("sites/one/log/access.log"), "one\n");
        read();

        assertThat(received.texts()).containsExactly("one");
        assertThat(follower.interest().directories()).containsExactlyInAnyOrder(file("sites"), file("sites/one/log"));
    }

    @Test
    void read_globThatAlsoMeansOldFiles_readsThemAsPartsOfTheLogOnly() throws IOException {
        Logs.append(file("auth.log"), "one\n");
        Logs.append(file("auth.log.1"), "before\n");
        follow("auth.log*", LogPath.Start.HEAD);
        read();
        Logs.copyTruncate(file("auth.log"), file("auth.log.1"));
        Logs.append(file("auth.log"), "two\n");
        read();

        assertThat(received.texts()).containsExactly("one", "two");
    }

    @Test
    void read_memberOfAGlobGoesForGood_isForgotten() throws IOException {
        Logs.append(file("a.log"), "a\n");
        follow("*.log", LogPath.Start.HEAD);
        read();
        Files.delete(file("a.log"));
        read();
        assertThat(follower.bookmarks()).isNotEmpty();
        clock.advance(Generations.LINGER.plusSeconds(1));
        read();
        read();

        assertThat(follower.bookmarks()).isEmpty();
        assertThat(state().reason()).isEqualTo("No file matches.");
    }

    @Test
    void read_symbolicLinkToAnotherFile_readsTheOneAfterTheOther() throws IOException {
        Logs.append(file("day-1"), "one\n");
        Files.createSymbolicLink(file("log"), file("day-1"));
        follow("log", LogPath.Start.HEAD);
        read();
        Logs.append(file("day-1"), "rest\n");
        Logs.append(file("day-2"), "two\n");
        Files.delete(file("log"));
        Files.createSymbolicLink(file("log"), file("day-2"));
        read();

        assertThat(received.texts()).containsExactly("one", "rest", "two");
    }

    @Test
    void read_symbolicLinkToAnotherFileWhileDown_findsTheRestOfTheFirst() throws IOException {
        Logs.append(file("day-1"), "one\n");
        Files.createSymbolicLink(file("log"), file("day-1"));
        follow("log", LogPath.Start.HEAD);
        read();
        kill();
        Logs.append(file("day-1"), "rest\n");
        Logs.append(file("day-2"), "two\n");
        Files.delete(file("log"));
        Files.createSymbolicLink(file("log"), file("day-2"));
        startUp();
        read();

        assertThat(received.texts()).containsExactly("one", "rest", "two");
    }

    @Test
    void read_symbolicLinkIntoAnotherDirectory_watchesThatToo() throws IOException {
        Files.createDirectory(file("elsewhere"));
        Logs.append(file("elsewhere/real.log"), "one\n");
        Files.createSymbolicLink(file("log"), file("elsewhere/real.log"));
        follow("log", LogPath.Start.HEAD);
        read();

        assertThat(follower.interest().directories()).containsExactlyInAnyOrder(directory, file("elsewhere"));
        assertThat(follower.interest().notice(file("elsewhere"), "real.log")).isTrue();
    }

    @Test
    void read_oneFileUnderTwoNames_isReadOnce() throws IOException {
        Logs.append(file("a.log"), "one\n");
        Files.createSymbolicLink(file("b.log"), file("a.log"));
        Files.createLink(file("c.log"), file("a.log"));
        follow("*.log", LogPath.Start.HEAD);
        read();
        Logs.append(file("b.log"), "two\n");
        read();

        assertThat(received.texts()).containsExactly("one", "two");
        assertThat(follower.states())
                .extracting(SourceState::condition)
                .containsExactly(Condition.FOLLOWED, Condition.DUPLICATE, Condition.DUPLICATE);
    }

    @Test
    void read_bookmarkedNameAmongTwoOfOneFile_isTheOneThatContinues() throws IOException {
        Logs.append(file("z.log"), "one\n");
        follow("*.log", LogPath.Start.HEAD);
        read();
        kill();
        Files.createSymbolicLink(file("a.log"), file("z.log"));
        startUp();
        read();

        assertThat(received.texts()).containsExactly("one");
    }

    @Test
    @Timeout(20)
    void read_pipeOrDirectory_isRefusedWithoutBlocking() throws IOException, InterruptedException {
        Files.createDirectory(file("a.log"));
        need(new ProcessBuilder("mkfifo", file("b.log").toString()).start().waitFor() == 0, "mkfifo");
        Logs.append(file("c.log"), "one\n");
        follow("*.log", LogPath.Start.HEAD);
        read();

        assertThat(received.texts()).containsExactly("one");
        assertThat(follower.states())
                .extracting(SourceState::reason)
                .containsExactly("It is a directory.", "It is a pipe, a socket or a device.", "");
    }

    @Test
    void read_fileThatMustNotBeRead_isReportedAndTriedAgain() throws IOException {
        Path forbidden = Path.of("/proc/sys/vm/compact_memory");
        need(Files.exists(forbidden), forbidden + ", which nobody may read,");
        Files.createSymbolicLink(file("log"), forbidden);
        follow("log", LogPath.Start.HEAD);
        read();
        assertThat(state().condition()).isEqualTo(Condition.UNREADABLE);
        assertThat(state().reason()).isEqualTo("Permission denied.");
        Files.delete(file("log"));
        Logs.append(file("log"), "one\n");
        read();

        assertThat(received.texts()).containsExactly("one");
        assertThat(state().condition()).isEqualTo(Condition.FOLLOWED);
    }

    @Test
    void read_moreLogsThanTheBound_namesThoseLeftOut() throws IOException {
        for (int i = 0; i < LogFollower.MOST_LOGS + 2; i++) {
            Logs.append(file("%04d.log".formatted(i)), "line\n");
        }
        follow("*.log", LogPath.Start.HEAD);
        read();

        assertThat(received.entries()).hasSize(LogFollower.MOST_LOGS);
        assertThat(follower.states().getLast().path()).isEqualTo(file("1000.log"));
        assertThat(follower.states().getLast().reason()).startsWith("2 logs are not followed");
    }
}
