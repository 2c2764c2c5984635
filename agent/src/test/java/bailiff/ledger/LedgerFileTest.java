package bailiff.ledger;

import static bailiff.ledger.Samples.JAIL;
import static bailiff.ledger.Samples.NOW;
import static bailiff.ledger.Samples.ban;
import static bailiff.ledger.Samples.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFileTest {

    @TempDir
    private Path directory;

    @Test
    void open_missingDirectory_isCreatedForItsOwnerAlone() throws IOException {
        Path state = directory.resolve("lib/bailiff");
        Path file = state.resolve("ledger.sqlite3");

        try (Ledger ledger = Samples.open(file)) {
            ledger.commit(new Batch().failure(failure("203.0.113.9", NOW)));

            assertThat(permissions(state)).isEqualTo("rwx------");
            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(permissions(file.resolveSibling("ledger.sqlite3-wal"))).isEqualTo("rw-------");
        }
    }

    @Test
    void open_nameThatMeansSomethingInAUri_isTakenLiterally() throws IOException {
        Path file = directory.resolve("a b?mode=memory#%41ü.sqlite3");

        try (Ledger ledger = Samples.open(file)) {
            ledger.commit(new Batch().bookmarks(JAIL, Map.of("file", "1")));
        }

        assertThat(file).isNotEmptyFile();
        try (Ledger ledger = Samples.open(file)) {
            assertThat(ledger.bookmarks(JAIL)).containsEntry("file", "1");
        }
    }

    @Test
    void settle_afterACommit_bringsItIntoTheFileItself() throws IOException {
        Path file = directory.resolve("ledger.sqlite3");
        Path copy = directory.resolve("copy.sqlite3");

        try (Ledger ledger = Samples.open(file)) {
            ledger.commit(new Batch().ban(ban("203.0.113.9", NOW)));
            ledger.settle();
            Files.copy(file, copy);
            ledger.commit(new Batch().ban(ban("203.0.113.10", NOW)));

            assertThat(ledger.active(NOW)).hasSize(2);
        }

        try (Ledger ledger = Samples.open(copy)) {
            assertThat(ledger.active(NOW)).hasSize(1);
        }
    }

    @Test
    void open_fileThatIsNoDatabase_isMovedAsideAndBegunAnew() throws IOException {
        Path file = directory.resolve("ledger.sqlite3");
        Files.writeString(file, "This is not a database, whatever its name says. ".repeat(100));

        try (Ledger ledger = Samples.open(file)) {
            ledger.commit(new Batch().ban(ban("203.0.113.9", NOW)));

            Recovery recovery = ledger.recovery().orElseThrow();
            assertThat(recovery.cause()).contains("not a database");
            assertThat(recovery.aside()).hasFileName("ledger.sqlite3.corrupt-20261120T100000.123Z");
            assertThat(recovery.aside()).content().startsWith("This is not a database");
            assertThat(ledger.active(NOW)).hasSize(1);
        }
    }

    @Test
    void open_databaseWithOverwrittenPages_isMovedAsideAndBegunAnew() throws IOException {
        Path file = directory.resolve("ledger.sqlite3");
        writeManyBans(file);
        overwriteFrom(file, 3 * 4_096);

        try (Ledger ledger = Samples.open(file)) {
            assertThat(ledger.recovery()).isPresent();
            assertThat(ledger.recovery().orElseThrow().aside()).exists();
            assertThat(ledger.active(NOW)).isEmpty();
        }
    }

    @Test
    void call_databaseDamagedWhileInUse_failsOnceAndThenGoesOnInANewOne() throws IOException {
        Path file = directory.resolve("ledger.sqlite3");
        writeMoreThanIsCached(file);

        try (Ledger ledger = Samples.open(file)) {
            overwriteFrom(file, 3 * 4_096);

            assertThatThrownBy(() -> Samples.openFailures(ledger, JAIL))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("damaged");
            ledger.commit(new Batch().ban(ban("203.0.113.9", NOW)));

            assertThat(ledger.recovery()).isPresent();
            assertThat(ledger.active(NOW)).hasSize(1);
        }
    }

    @Test
    void open_damagedAgainAndAgain_keepsTheLastThreeAside() throws IOException {
        Path file = directory.resolve("ledger.sqlite3");

        for (int day = 0; day < 5; day++) {
            Files.writeString(file, "Damage of day " + day + ". ".repeat(1_000));
            Instant now = NOW.plus(Duration.ofDays(day));
            Ledger.open(file, InstantSource.fixed(now)).close();
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()).filter(name -> name.contains("corrupt")))
                    .containsExactlyInAnyOrder(
                            "ledger.sqlite3.corrupt-20261122T100000.123Z",
                            "ledger.sqlite3.corrupt-20261123T100000.123Z",
                            "ledger.sqlite3.corrupt-20261124T100000.123Z");
        }
    }

    @Test
    void open_newerVersion_isRefusedAndLeftAlone() throws IOException, SQLException {
        Path file = directory.resolve("ledger.sqlite3");
        writeManyBans(file);
        alter(file, "PRAGMA user_version = 1000");

        assertThatThrownBy(() -> Samples.open(file))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("newer Bailiff")
                .hasMessageContaining("1000");

        alter(file, "PRAGMA user_version = 2");
        try (Ledger ledger = Samples.open(file)) {
            assertThat(ledger.active(NOW)).hasSize(1_000);
        }
    }

    @Test
    void open_databaseOfAnotherProgram_isRefusedAndLeftAlone() throws IOException, SQLException {
        Path file = directory.resolve("ledger.sqlite3");
        Samples.open(directory.resolve("other.sqlite3")).close();
        alter(file, "CREATE TABLE bips (ip TEXT)");

        assertThatThrownBy(() -> Samples.open(file))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("another program");

        alter(file, "INSERT INTO bips VALUES ('203.0.113.9')");
    }

    @Test
    void open_directoryInItsPlace_saysThatItIsNotWritable() throws IOException {
        Path file = Files.createDirectory(directory.resolve("ledger.sqlite3"));

        assertThatThrownBy(() -> Samples.open(file))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not writable");
    }

    @Test
    void open_fileWhereADirectoryShouldBe_namesIt() throws IOException {
        Path obstacle = Files.writeString(directory.resolve("bailiff"), "");

        assertThatThrownBy(() -> Samples.open(obstacle.resolve("ledger.sqlite3")))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining(obstacle.toString());
    }

    @Test
    void open_leftoversOfAKilledProcess_areRemoved() throws IOException {
        Path leftover = Files.writeString(directory.resolve("sqlite-3.54.1.0-0-libsqlitejdbc.so"), "");
        Path lock = Files.writeString(directory.resolve("sqlite-3.54.1.0-0-libsqlitejdbc.so.lck"), "");

        Samples.open(directory.resolve("ledger.sqlite3")).close();

        assertThat(List.of(leftover, lock)).noneMatch(Files::exists);
    }

    private static void writeManyBans(Path file) throws IOException {
        try (Ledger ledger = Samples.open(file)) {
            Batch batch = new Batch();
            for (int i = 0; i < 1_000; i++) {
                batch.ban(ban("10.0." + i / 250 + "." + i % 250, NOW));
            }
            ledger.commit(batch);
        }
    }

    private static void writeMoreThanIsCached(Path file) throws IOException {
        try (Ledger ledger = Samples.open(file)) {
            Batch batch = new Batch();
            for (int i = 0; i < 10_000; i++) {
                batch.failure(failure("203.0.113.9", NOW, "x".repeat(Failure.LONGEST_LINE)));
            }
            ledger.commit(batch);
        }
    }

    private static void overwriteFrom(Path file, int position) throws IOException {
        byte[] noise = new byte[(int) Files.size(file) - position];
        new SplittableRandom(1).nextBytes(noise);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise), position);
        }
    }

    private static void alter(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
