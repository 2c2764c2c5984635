package bailiff.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** A database as fail2ban would leave it, version 4, made row by row. */
final class Fail2banTables implements AutoCloseable {

    private final Connection connection;

    Fail2banTables(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        run("CREATE TABLE fail2banDb(version INTEGER)");
        run("INSERT INTO fail2banDb VALUES (4)");
        run("CREATE TABLE logs(jail TEXT, path TEXT, firstlinemd5 TEXT, lastfilepos INTEGER)");
        for (String table : new String[] {"bans", "bips"}) {
            run("CREATE TABLE " + table
                    + "(jail TEXT, ip TEXT, timeofban INTEGER, bantime INTEGER, bancount INTEGER, data JSON)");
        }
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A ban that stands or stood last, which is also the history's newest. */
    void current(String jail, String ip, Instant since, long bantime, int count, String data) throws SQLException {
        row("bips", jail, ip, since, bantime, count, data);
        row("bans", jail, ip, since, bantime, count, data);
    }

    /** A ban of which only the history is left. */
    void past(String jail, String ip, Instant since, long bantime, int count) throws SQLException {
        row("bans", jail, ip, since, bantime, count, "{}");
    }

    void log(String jail, Path path, String firstLine, long offset) throws SQLException {
        insert("INSERT INTO logs VALUES (?, ?, ?, ?)", jail, path.toString(), firstLine, offset);
    }

    private void row(String table, String jail, String ip, Instant since, long bantime, int count, String data)
            throws SQLException {
        insert(
                "INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, CAST(? AS BLOB))",
                jail,
                ip,
                since.getEpochSecond(),
                bantime,
                count,
                data);
    }

    private void insert(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
