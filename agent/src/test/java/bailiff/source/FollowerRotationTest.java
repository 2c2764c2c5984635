package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rotation does while we follow, and while we do not. */
class FollowerRotationTest extends FollowerTests {

    private Path log;

    @BeforeEach
    void followALogOfOneLine() throws IOException {
        log = file("auth.log");
        Logs.append(log, "first\n");
        follow("auth.log", LogPath.Start.HEAD);
        read();
    }

    @Test
    void read_renamed_readsTheRestOfTheOldFileBeforeTheNewOne() throws IOException {
        Logs.append(log, "rest\n");
        Logs.rename(log, file("auth.log.1"));
        Logs.append(log, "new\n");
        read();

        assertThat(received.texts()).containsExactly("first", "rest", "new");
        assertThat(received.entries()).allMatch(entry -> entry.file().equals(log));
        assertThat(received.entries().getLast().live()).isTrue();
        assertThat(state().tally().renewals()).isEqualTo(1);
    }

    @Test
    void read_writerGoesOnInTheRenamedFile_readsThatToo() throws IOException {
        Logs.rename(log, file("auth.log.1"));
        Logs.append(log, "new\n");
        read();
        Logs.append(file("auth.log.1"), "late\n");
        read();

        assertThat(received.texts()).containsExactly("first", "new", "late");
    }

    @Test
    void read_restartWhileTheWriterGoesOnInTheRenamedFile_readsBothOnce() throws IOException {
        Logs.rename(log, file("auth.log.1"));
        Logs.append(log, "new\n");
        read();
        kill();
        Logs.append(file("auth.log.1"), "late\n");
        Logs.append(log, "newer\n");
        startUp();
        read();

        assertThat(received.texts()).containsExactly("first", "new", "late", "newer");
    }

    @Test
    void read_renamedFileQuietForLong_isLetGoOf() throws IOException {
        Logs.rename(log, file("auth.log.1"));
        Logs.append(log, "new\n");
        read();
        clock.advance(Generations.LINGER.plus(Duration.ofSeconds(1)));
        read();
        Logs.append(file("auth.log.1"), "much too late\n");
        read();

        assertThat(received.texts()).containsExactly("first", "new");
    }

    @Test
    void read_renamedFileEndsInAPartOfALine_countsItAndDoesNotHandItOver() throws IOException {
        Logs.append(log, "Authentication failure for admin from 192.0.2.1");
        Logs.rename(log, file("auth.log.1"));
        Logs.append(log, "new\n");
        read();
        clock.advance(Generations.LINGER.plus(Duration.ofSeconds(1)));
        read();

        assertThat(received.texts()).containsExactly("first", "new");
        assertThat(state().tally().unfinished()).isEqualTo(1);
    }

    @Test
    void read_compressedBeforeTheRestWasRead_readsItFromTheOpenFile() throws IOException {
        Logs.append(log, "rest\n");
        Logs.rename(log, file("auth.log.1"));
        Logs.gzip(file("auth.log.1"));
        Logs.append(log, "new\n");
        read();

        assertThat(received.texts()).containsExactly("first", "rest", "new");
    }

    @Test
    void read_copiedAndTruncated_readsTheRestFromTheCopyAndThenTheFile() throws IOException {
        Logs.append(log, "rest\n");
        Logs.copyTruncate(log, file("auth.log.1"));
        Logs.append(log, "new\n");
        read();

        assertThat(received.texts()).containsExactly("first", "rest", "new");
    }

    @Test
    void read_truncatedAndFilledToTheSameSize_noticesTheOtherContent() throws IOException {
        Logs.truncate(log);
        Logs.append(log, "other\n");
        read();

        assertThat(Files.size(log)).isEqualTo("first\n".length());
        assertThat(received.texts()).containsExactly("first", "other");
    }

    @Test
    void read_truncatedAndFilledBeyondThePosition_readsFromTheBeginning() throws IOException {
        Logs.truncate(log);
        Logs.append(log, "a longer line than the first\nand one more\n");
        read();

        assertThat(received.texts()).containsExactly("first", "a longer line than the first", "and one more");
    }

    @Test
    void read_truncatedUnderAWriterThatKeepsItsPosition_dropsTheHole() throws IOException {
        Logs.truncate(log);
        try (RandomAccessFile writer = new RandomAccessFile(log.toFile(), "rw")) {
            writer.seek(10_000_000);
            writer.writeBytes("after the hole\n");
        }
        read();

        assertThat(received.texts()).containsExactly("first", "after the hole");
        assertThat(state().tally().overlong()).isZero();
    }

    @Test
    void read_deletedAndCreated_readsTheNewFile() throws IOException {
        Files.delete(log);
        read();
        assertThat(state().condition()).isEqualTo(SourceState.Condition.MISSING);
        Logs.append(log, "new\n");
        read();

        assertThat(received.texts()).containsExactly("first", "new");
        assertThat(state().condition()).isEqualTo(SourceState.Condition.FOLLOWED);
    }

    @Test
    void read_renamedAwayAndBack_readsNothingTwice() throws IOException {
        Logs.rename(log, file("auth.log.1"));
        Logs.append(log, "new\n");
        read();
        Logs.rename(file("auth.log.1"), log);
        Logs.append(log, "back\n");
        read();

        assertThat(received.texts()).containsExactly("first", "new", "back");
    }

    @Test
    void read_rotatedTwiceWhileDown_readsTheFilesInBetween() throws IOException {
        kill();
        Logs.append(log, "rest\n");
        Logs.rename(log, file("auth.log.1"));
        Logs.append(log, "between\n");
        Logs.rename(file("auth.log.1"), file("auth.log.2"));
        Logs.rename(log, file("auth.log.1"));
        Logs.gzip(file("auth.log.2"));
        Logs.append(log, "new\n");
        startUp();
        read();

        assertThat(received.texts()).containsExactly("first", "rest", "between", "new");
        assertThat(received.entries()).noneMatch(entry -> !entry.text().equals("first") && entry.live());
    }

    @Test
    void read_rotatedByDateWhileDown_findsTheOldFile() throws IOException {
        kill();
        Logs.append(log, "rest\n");
        Logs.rename(log, file("auth.log-20261119"));
        Logs.append(log, "between\n");
        Logs.rename(log, file("auth.log-20261120"));
        Logs.append(log, "new\n");
        startUp();
        read();

        assertThat(received.texts()).containsExactly("first", "rest", "between", "new");
    }

    @Test
    void read_copiedTruncatedAndCompressedWhileDown_readsTheRestFromTheCompressedFile() throws IOException {
        kill();
        Logs.append(log, "rest\n");
        Logs.copyTruncate(log, file("auth.log.1"));
        Logs.gzip(file("auth.log.1"));
        Logs.append(log, "new\n");
        startUp();
        read();

        assertThat(received.texts()).containsExactly("first", "rest", "new");
    }

    @Test
    void read_restartInTheMiddleOfACompressedFile_continuesThere() throws IOException {
        kill();
        String line = "x".repeat(100) + "\n";
        Logs.append(log, line.repeat(10_000) + "last\n");
        Logs.rename(log, file("auth.log.1"));
        Logs.gzip(file("auth.log.1"));
        Logs.append(log, "new\n");
        startUp();
        readSome(10_000);
        int before = received.entries().size();
        restart();
        read();

        assertThat(before).isBetween(2, 9_999);
        assertThat(received.entries()).hasSize(10_003);
        assertThat(received.texts()).endsWith("last", "new");
    }

    @Test
    void read_compressedFileIsDamaged_readsWhatItCanAndGoesOn() throws IOException {
        kill();
        Logs.append(log, "rest\n");
        Logs.rename(log, file("auth.log.1"));
        Logs.gzip(file("auth.log.1"));
        Path compressed = file("auth.log.1.gz");
        byte[] bytes = Files.readAllBytes(compressed);
        Files.write(compressed, Arrays.copyOf(bytes, bytes.length - 9));
        Logs.append(log, "new\n");
        startUp();
        read();

        assertThat(received.texts()).startsWith("first").endsWith("new");
    }

    @Test
    void read_oldFileIsGone_readsTheNewOneAndSaysSo() throws IOException {
        kill();
        Files.delete(log);
        Logs.append(file("other"), "keeps the inode of the deleted file from being used again\n");
        Logs.append(log, "new\n");
        startUp();
        read();

        assertThat(received.texts()).containsExactly("first", "new");
        assertThat(state().reason()).contains("after byte 6");
    }

    @Test
    void read_restoredFromABackup_continuesByContent() throws IOException {
        kill();
        Files.copy(log, file("backup"));
        Files.delete(log);
        Files.copy(file("backup"), log);
        Logs.append(log, "more\n");
        startUp();
        read();

        assertThat(received.texts()).containsExactly("first", "more");
    }

    @Test
    void read_bookmarkThatIsNone_beginsAsIfThereWereNone() throws IOException {
        follower = new LogFollower(
                List.of(new LogPath(log.toString(), LogPath.Start.HEAD)),
                Map.of(log.toString(), "1 5:-7:0:zz:1", "\0", "1"),
                clock);
        read();

        assertThat(received.texts()).containsExactly("first", "first");
    }
}
