package bailiff.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Fail2banDatabaseTest {

    private static final Path SAMPLES = Path.of("/usr/lib/python3/dist-packages/fail2ban/tests/files");

    @TempDir
    Path directory;

    /** The files that fail2ban's own tests bring up to date: old tables, without bantimes and without current bans. */
    @ParameterizedTest
    @CsvSource({"database_v1.db, 1, 1, 127.0.0.1, 1", "database_v2.db, 2, 2, 1.2.3.8, 3"})
    void bans_oldTables_areReadWithUnknownBantimes(String file, int version, int bans, String latest, int lines)
            throws Exception {
        Path sample = SAMPLES.resolve(file);
        Needs.orSkip(
                Files.exists(sample), "Needs fail2ban's test files (package fail2ban): there is no " + sample + ".");

        try (Fail2banDatabase database = Fail2banDatabase.open(sample, directory)) {
            List<Fail2banRow> rows = rows(database);

            assertThat(database.version()).isEqualTo(version);
            assertThat(rows)
                    .hasSize(2 * bans)
                    .allSatisfy(row -> assertThat(row.bantime()).isEqualTo(Fail2banRow.UNKNOWN));
            assertThat(rows.getFirst().id()).isEqualTo(latest);
            assertThat(rows.getFirst().current()).isTrue();
            assertThat(rows.getFirst().matches()).hasSize(lines);
            assertThat(database.positions()).isNotEmpty();
        }
    }

    @Test
    void close_afterReading_leavesNothingBehind() throws Exception {
        Path file = tables("CREATE TABLE bans(jail, ip, timeofban, bantime, bancount, data)", 4);

        Fail2banDatabase.open(file, directory).close();

        try (var files = Files.list(directory)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.startsWith("import-"));
        }
    }

    @Test
    void open_viewInPlaceOfATable_isRefused() throws Exception {
        Path file = tables(
                "CREATE VIEW bans AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
                4);

        assertThatThrownBy(() -> Fail2banDatabase.open(file, directory))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("it is no database of fail2ban");
    }

    @Test
    void open_newerVersion_isRefused() throws Exception {
        Path file = tables("CREATE TABLE bans(jail, ip, timeofban, bantime, bancount, data)", 5);

        assertThatThrownBy(() -> Fail2banDatabase.open(file, directory))
                .hasMessageContaining("it has version 5, expected 1 to 4");
    }

    @Test
    void bans_hugeOrBrokenNotes_areReadAsNothing() throws Exception {
        Path file = tables("CREATE TABLE bans(jail, ip, timeofban, bantime, bancount, data)", 4);
        run(file, "CREATE TABLE bips(jail, ip, timeofban, bantime, bancount, data)");
        run(file, "INSERT INTO bips VALUES ('j', '192.0.2.1', 5, 6, 7, zeroblob(300000000))");
        run(
                file,
                "INSERT INTO bips VALUES ('j', '192.0.2.2', 4, 6, 7, '{\"matches\": {\"a\": 1}, \"failures\": \"x\"}')");
        run(file, "INSERT INTO bips VALUES (NULL, NULL, NULL, NULL, NULL, NULL)");

        try (Fail2banDatabase database = Fail2banDatabase.open(file, directory)) {
            assertThat(rows(database))
                    .containsExactly(
                            new Fail2banRow("j", "192.0.2.1", 5, 6, 7, true, 0, List.of()),
                            new Fail2banRow("j", "192.0.2.2", 4, 6, 7, true, 0, List.of()),
                            new Fail2banRow("", "", 0, 0, 0, true, 0, List.of()));
        }
    }

    private static List<Fail2banRow> rows(Fail2banDatabase database) throws LedgerException {
        List<Fail2banRow> rows = new ArrayList<>();
        database.bans(rows::add);
        return rows;
    }

    private Path tables(String bans, int version) throws SQLException {
        Path file = directory.resolve("fail2ban.sqlite3");
        run(file, "CREATE TABLE fail2banDb(version INTEGER)");
        run(file, "INSERT INTO fail2banDb VALUES (" + version + ")");
        run(file, bans);
        return file;
    }

    private static void run(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
