package bailiff.ledger;

import static bailiff.ledger.Samples.JAIL;
import static bailiff.ledger.Samples.NOW;
import static bailiff.ledger.Samples.address;
import static bailiff.ledger.Samples.ban;
import static bailiff.ledger.Samples.lifted;
import static bailiff.ledger.Samples.network;
import static bailiff.ledger.Samples.success;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.PastBan;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that an earlier version of this program has left. */
class MigrationsTest {

    private static final String A = "203.0.113.9";
    private static final String B = "2001:db8:1:2::/64";
    private static final List<String> SCRIPTS =
            List.of(
                    "001-ledger.sql", "002-counting.sql", "003-tallies.sql", "004-floods.sql", "005-successes.sql");
    private static final Instant BEFORE = NOW.minusSeconds(86_400);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void open_ofAnEarlierVersion_knowsItsBansAndGoesOn(int version) throws Exception {
        Path file = directory.resolve("ledger.sqlite3");
        leave(file, version);

        try (Ledger ledger = Samples.open(file)) {
            assertThat(subjects(ledger)).containsExactly(A, B);
            assertThat(ledger.banCount(JAIL, network(A))).isEqualTo(2);
            assertThat(ledger.lastBan(JAIL, network(A))).contains(new PastBan(2, NOW));
            assertThat(ledger.lastBans(network(B))).contains(new PastBan(1, NOW));
            assertThat(ledger.history(network("203.0.113.0/24"), 10)).hasSize(2);

            ledger.commit(new Batch()
                    .ban(ban(A, NOW.plusSeconds(5)))
                    .lifted(JAIL, network(B), lifted(NOW))
                    .bookmarks(JAIL, Map.of("log", "1")));

            ledger.commit(new Batch().success(success(A, "anna", NOW)));
            assertThat(ledger.successes(address(A), 10)).containsExactly(success(A, "anna", NOW));
            ledger.keep(List.of(CampaignsTest.campaign("login-20260409-1", NOW)));
            assertThat(ledger.openCampaigns()).hasSize(1);
            assertThat(subjects(ledger)).containsExactly(A);
            assertThat(ledger.history(network(A), 10))
                    .extracting(BanRecord::ending)
                    .containsExactly(
                            Ending.RUNNING,
                            new Ending.Replaced(NOW.plusSeconds(5)),
                            new Ending.Expired(BEFORE.plusSeconds(3_600)));
            assertThat(ledger.recovery()).isEmpty();
        }
        assertThat(integrity(file)).isEqualTo("ok");
    }

    private static List<String> subjects(Ledger ledger) throws LedgerException {
        return ledger.active(JAIL, NOW).stream()
                .map(record -> record.ban().subject().toString())
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** A ban of A that is over, and one of A and of B that run. */
    private static void leave(Path file, int version) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String script : SCRIPTS.subList(0, version)) {
                statement.executeUpdate(text(script));
            }
            insert(connection, A, 1, BEFORE, "expired");
            insert(connection, A, 2, NOW, "running");
            insert(connection, B, 1, NOW, "running");
            statement.executeUpdate("PRAGMA application_id = " + 0x4261696c);
            statement.executeUpdate("PRAGMA user_version = " + version);
        }
    }

    private static void insert(Connection connection, String subject, int bancount, Instant since, String ending)
            throws SQLException {
        String row = "INSERT INTO ban (jail, subject, first, last, since, until, bancount, failures, evidence, reason,"
                + " ending, ended) VALUES (?, ?, ?, ?, ?, ?, ?, 3, 'address', 'reason', ?, ?)";
        long until = since.plusSeconds(3_600).toEpochMilli();
        List<Object> values = List.of(
                JAIL,
                network(subject).toString(),
                Overlap.first(network(subject)),
                Overlap.last(network(subject)),
                since.toEpochMilli(),
                until,
                bancount,
                ending,
                ending.equals("running") ? 0 : until);
        try (PreparedStatement statement = connection.prepareStatement(row)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            statement.executeUpdate();
        }
    }

    private static String text(String script) throws Exception {
        try (InputStream stream = Objects.requireNonNull(Migrations.class.getResourceAsStream(script), script)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String integrity(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
