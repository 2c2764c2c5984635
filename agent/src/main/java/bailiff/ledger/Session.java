package bailiff.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One open database connection with the statements prepared on it. Not thread-safe: the ledger's lock guards it. */
final class Session implements AutoCloseable {

    /** What is done on a session. */
    interface Work<T> {
        T with(Session session) throws SQLException;
    }

    /** Turns the row that a result stands on into a value. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes in one row of a result. */
    interface RowVisitor {
        void visit(ResultSet row) throws SQLException;
    }

    /* SQL is only ever a constant of this package, so the statements kept are few. Values travel as parameters. */
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Runs a script of several statements, without parameters. */
    void run(String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(script);
        }
    }

    /** Runs one change and says how many rows it touched. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /** Puts off a change until {@link #flush}. */
    void queue(String sql, @Nullable Object... values) throws SQLException {
        bound(sql, values).addBatch();
    }

    /** Runs the changes that were put off. */
    void flush(String sql) throws SQLException {
        bound(sql).executeBatch();
    }

    /** Visits every row of a question's answer; the answer is not held in memory. */
    void each(String sql, RowVisitor visitor, Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            while (rows.next()) {
                visitor.visit(rows);
            }
        }
    }

    /** All rows of a question's answer. */
    <T> List<T> list(String sql, RowReader<T> reader, Object... values) throws SQLException {
        List<T> list = new ArrayList<>();
        each(sql, row -> list.add(reader.read(row)), values);
        return list;
    }

    /** The first column of the first row as a number; 0 when there is no row. */
    long number(String sql, Object... values) throws SQLException {
        List<Long> numbers = list(sql, row -> row.getLong(1), values);
        return numbers.isEmpty() ? 0 : numbers.getFirst();
    }

    /** Does the work whole, or not at all when it throws. */
    <T> T transact(Work<T> work) throws SQLException {
        update("BEGIN IMMEDIATE");
        boolean kept = false;
        try {
            T result = work.with(this);
            update("COMMIT");
            kept = true;
            return result;
        } finally {
            if (!kept) {
                rollBack();
            }
        }
    }

    /** Lets go of every prepared statement: the driver leaves those that failed unusable. */
    void discardStatements() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException _) {
                // It is gone either way.
            }
        }
        prepared.clear();
    }

    private void rollBack() {
        discardStatements();
        try {
            update("ROLLBACK");
        } catch (SQLException _) {
            // SQLite rolls back by itself when it could not write, and then refuses to do so again. Were a transaction
            // left open for another reason, the next one could not begin and the session would be given up.
            discardStatements();
        }
    }

    /** Closes a session that is of no use any more, whatever that says. */
    void abort() {
        try {
            close();
        } catch (SQLException _) {
            // Its files are closed even so.
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
