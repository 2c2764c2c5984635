package bailiff.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * fail2ban's own database, in any of its versions 1 to 4: whom it has banned, and how far it has read its logs.
 *
 * <p>What is read is a copy, taken at a moment when nobody writes, so that fail2ban may run on and its file stays as it
 * is. Not thread-safe.
 */
public final class Fail2banDatabase implements Closeable {

    /*
     * The file belongs to root, but what stands in it comes from logs. So every text is cut in the query, before it
     * reaches the Java heap, rows are limited, and only plain tables are read: a view could be made to run for ever.
     */

    /** Bans that are read of one table, the latest: as many as a jail holds at once. */
    public static final int MOST_BANS = 500_000;

    /** Read positions that are read. */
    static final int MOST_POSITIONS = 10_000;

    /** The largest file that is copied. */
    static final long LARGEST = 4L << 30;

    /** Bytes of what a ban carries along, beyond which it is left out: ten lines are a few kilobytes. */
    static final int LARGEST_NOTE = 1 << 20;

    private static final int NEWEST_VERSION = 4;
    private static final int LONGEST_NAME = 1_000;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final List<String> COMPANIONS = List.of("", "-journal", "-wal");

    private static final String NOTE =
            "CASE WHEN octet_length(data) <= " + LARGEST_NOTE + " THEN CAST(data AS TEXT) ELSE '' END";

    private static final String NAMES = "substr(jail, 1, " + LONGEST_NAME + "), substr(ip, 1, " + LONGEST_NAME + ")";

    /** A read position: see fail2ban's table {@code logs}. */
    public record Position(String jail, String path, String firstLine, long offset) {}

    private final Session session;
    private final Path copy;
    private final int version;
    private final boolean knowsBantimes;
    private final boolean knowsCurrent;

    private Fail2banDatabase(Session session, Path copy) throws SQLException, LedgerException {
        this.session = session;
        this.copy = copy;
        if (!hasTable("fail2banDb") || !hasTable("bans")) {
            throw new LedgerException("it is no database of fail2ban");
        }
        this.version = (int) session.number("SELECT version FROM fail2banDb LIMIT 1");
        if (version < 1 || version > NEWEST_VERSION) {
            throw new LedgerException("it has version " + version + ", expected 1 to " + NEWEST_VERSION);
        }
        this.knowsBantimes =
                session.number("SELECT count(*) FROM pragma_table_info('bans') WHERE name = 'bantime'") > 0;
        this.knowsCurrent = hasTable("bips");
    }

    /**
     * The database in that file.
     *
     * @param directory where the copy is put, which may be as large as the file; it goes with {@link #close}
     * @throws LedgerException when there is none, it is of a newer version, damaged, or too large
     */
    public static Fail2banDatabase open(Path file, Path directory) throws LedgerException {
        try {
            NativeLibrary.load(directory);
            Path copy = Files.createTempDirectory(directory, "import-");
            boolean usable = false;
            try {
                Path copied = copy(file, copy.resolve("fail2ban.sqlite3"));
                Fail2banDatabase database = new Fail2banDatabase(session(copied), copy);
                usable = true;
                return database;
            } finally {
                if (!usable) {
                    delete(copy);
                }
            }
        } catch (NoSuchFileException e) {
            throw new LedgerException("There is no database of fail2ban in " + file + ".", e);
        } catch (SQLException e) {
            throw new LedgerException("fail2ban's database " + file + " cannot be read: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            String why = e instanceof LedgerException ? String.valueOf(e.getMessage()) : e.toString();
            throw new LedgerException("fail2ban's database " + file + " cannot be read: " + why + ".", e);
        }
    }

    private static Path copy(Path file, Path to) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.size(file) > LARGEST) {
            throw new LedgerException("it is larger than " + LARGEST + " bytes");
        }
        SQLiteConfig reading = new SQLiteConfig();
        reading.setReadOnly(true);
        reading.setBusyTimeout(PATIENCE_MILLIS);
        try (Session lock = new Session(JDBC.createConnection(JDBC.PREFIX + file.toUri(), reading.toProperties()))) {
            lock.update("BEGIN");
            lock.number("SELECT count(*) FROM sqlite_schema");
            copyAll(file, to);
        } catch (SQLException _) {
            // Left by a crash with a journal that only a writer may undo: SQLite does so in the copy.
            copyAll(file, to);
        }
        return to;
    }

    private static void copyAll(Path file, Path to) throws IOException {
        for (String companion : COMPANIONS) {
            Path from = file.resolveSibling(file.getFileName() + companion);
            if (companion.isEmpty() || Files.isRegularFile(from)) {
                Files.deleteIfExists(to.resolveSibling(to.getFileName() + companion));
                Files.copy(from, to.resolveSibling(to.getFileName() + companion));
            }
        }
    }

    private static Session session(Path copied) throws SQLException {
        Session session = new Session(JDBC.createConnection(JDBC.PREFIX + copied.toUri(), new Properties()));
        session.run("PRAGMA trusted_schema = OFF");
        return session;
    }

    private boolean hasTable(String name) throws SQLException {
        return session.number(
                        "SELECT count(*) FROM sqlite_schema WHERE name = ? AND type = 'table'"
                                + " AND sql NOT LIKE 'CREATE VIRTUAL%'",
                        name)
                > 0;
    }

    /** The version of its tables, 1 to 4. */
    public int version() {
        return version;
    }

    /**
     * Shows every ban, the current ones first, then the history, each from the latest on. A ban may be shown twice: as
     * current, and as part of the history.
     */
    public void bans(Consumer<Fail2banRow> visitor) throws LedgerException {
        String times = knowsBantimes ? "bantime, bancount" : Fail2banRow.UNKNOWN + ", 0";
        String history = "SELECT " + NAMES + ", timeofban, " + times + ", " + NOTE
                + " FROM bans ORDER BY timeofban DESC LIMIT " + MOST_BANS;
        String current = knowsCurrent
                ? "SELECT " + NAMES + ", timeofban, bantime, bancount, " + NOTE
                        + " FROM bips ORDER BY timeofban DESC LIMIT " + MOST_BANS
                // The latest of each, as fail2ban itself makes the table when it brings the database up to date.
                : "SELECT " + NAMES + ", max(timeofban), " + times + ", " + NOTE
                        + " FROM bans GROUP BY jail, ip ORDER BY timeofban DESC LIMIT " + MOST_BANS;
        try {
            session.each(current, row -> visitor.accept(row(row, true)));
            session.each(history, row -> visitor.accept(row(row, false)));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static Fail2banRow row(ResultSet row, boolean current) throws SQLException {
        Fail2banNote note = Fail2banNote.of(text(row, 6));
        return new Fail2banRow(
                text(row, 1),
                text(row, 2),
                row.getLong(3),
                row.getLong(4),
                (int) Math.clamp(row.getLong(5), 0L, Integer.MAX_VALUE),
                current,
                note.failures(),
                note.matches());
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    /** How far each log had been read; the journal has no such position. */
    public List<Position> positions() throws LedgerException {
        List<Position> positions = new ArrayList<>();
        try {
            if (hasTable("logs")) {
                session.each(
                        "SELECT substr(jail, 1, 1000), substr(path, 1, 4096), substr(firstlinemd5, 1, 100), lastfilepos"
                                + " FROM logs LIMIT " + MOST_POSITIONS,
                        row -> positions.add(new Position(text(row, 1), text(row, 2), text(row, 3), row.getLong(4))));
            }
            return positions;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static LedgerException failure(SQLException e) {
        return new LedgerException("fail2ban's database cannot be read: " + e.getMessage() + ".", e);
    }

    /** Deletes the copy. */
    @Override
    public void close() throws LedgerException {
        session.abort();
        try {
            delete(copy);
        } catch (IOException e) {
            throw new LedgerException("The copy of fail2ban's database in " + copy + " cannot be deleted: " + e, e);
        }
    }

    private static void delete(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(copy)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(copy);
    }
}
