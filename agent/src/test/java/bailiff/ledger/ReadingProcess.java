package bailiff.ledger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A program that keeps a reading transaction open on a ledger until it is written to. */
final class ReadingProcess {

    private ReadingProcess() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Children.say(count(statement));
            int ignored = System.in.read();
            Children.say(count(statement));
        }
    }

    private static String count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM failure")) {
            return rows.getString(1);
        }
    }
}
