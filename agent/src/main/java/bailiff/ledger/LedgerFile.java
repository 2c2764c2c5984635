package bailiff.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The database file: creates it, opens it, and puts an empty one in its place when it is damaged. */
final class LedgerFile {

    /*
     * Write-ahead log with synchronous NORMAL: whatever kills the process, each transaction is there or not; a loss of
     * power may take the last ones, never the file. Readers in other processes do not hold up a commit.
     */
    private static final String SETTINGS = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            PRAGMA foreign_keys = ON;
            PRAGMA trusted_schema = OFF;
            PRAGMA journal_size_limit = 16777216;
            PRAGMA wal_autocheckpoint = 4096;
            """;

    private static final Logger LOG = LoggerFactory.getLogger(LedgerFile.class);
    private static final int PAGE = 4_096;

    /*
     * What a flood works on, beyond which each row costs a page that is read again. Filled under load only: the check of
     * the whole file goes before, and Ledger.settle gives it back after a pause.
     */
    private static final int CACHE_KIB = 16_384;
    private static final int MOST_ASIDE = 3;
    private static final List<String> COMPANIONS = List.of("", "-wal", "-shm");
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path path;
    private final InstantSource clock;
    private final Bounds bounds;
    private @Nullable Recovery recovery;
    private boolean isSuspect;

    LedgerFile(Path path, InstantSource clock, Bounds bounds) {
        this.path = path.toAbsolutePath();
        this.clock = clock;
        this.bounds = bounds;
    }

    /** The last time that a damaged file was replaced, if one was. */
    Optional<Recovery> recovery() {
        return Optional.ofNullable(recovery);
    }

    Session open() throws LedgerException {
        try {
            create();
            NativeLibrary.load(directory());
            try {
                return connect();
            } catch (SQLException e) {
                if (!isDamage(e)) {
                    throw e;
                }
                moveAside(cause(e));
                create();
                return connect();
            }
        } catch (SQLException e) {
            throw failure("cannot be opened", e);
        } catch (IOException e) {
            throw new LedgerException("Ledger " + path + " cannot be opened: " + reason(e) + ".", e);
        }
    }

    /** Moves the write-ahead log into the file, on a connection of its own: then neither readers nor writers wait. */
    void settle() throws LedgerException {
        try (Session session = session()) {
            session.run("PRAGMA wal_checkpoint(PASSIVE)");
        } catch (SQLException e) {
            throw failure("cannot be settled", e);
        }
    }

    /** The exception that tells the owner what went wrong with the database. */
    LedgerException failure(String what, SQLException e) {
        isSuspect |= isDamage(e);
        return new LedgerException("Ledger " + path + " " + what + ": " + cause(e) + ".", e);
    }

    private Path directory() {
        return Optional.ofNullable(path.getParent()).orElse(path);
    }

    private void create() throws IOException {
        Files.createDirectories(
                directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
            // Its permissions are the owner's choice. SQLite gives them to the files that it adds.
        }
    }

    private Session connect() throws SQLException, LedgerException {
        Session session = session();
        boolean usable = false;
        try {
            session.run("PRAGMA busy_timeout = " + bounds.patience().toMillis());
            session.run(SETTINGS);
            session.run("PRAGMA max_page_count = " + bounds.bytes() / PAGE);
            Migrations.apply(session);
            check(session);
            session.run("PRAGMA cache_size = -" + CACHE_KIB);
            usable = true;
            return session;
        } finally {
            if (!usable) {
                session.abort();
            }
        }
    }

    private Session session() throws SQLException {
        // As a URI, since the driver would cut a plain name at a question mark.
        return new Session(JDBC.createConnection(JDBC.PREFIX + path.toUri(), driver()));
    }

    /** Without this the driver asks for the row's number after each change, which takes as long as the change. */
    private static Properties driver() {
        Properties driver = new Properties();
        driver.setProperty("jdbc.get_generated_keys", "false");
        return driver;
    }

    /** The quick check leaves out the indexes, so it may clear a database on which damage has been met already. */
    private void check(Session session) throws SQLException {
        String check = isSuspect ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)";
        String verdict = session.list(check, row -> row.getString(1)).getFirst();
        if (!verdict.equals("ok")) {
            throw new SQLiteException(verdict, SQLiteErrorCode.SQLITE_CORRUPT);
        }
        isSuspect = false;
    }

    private void moveAside(String cause) throws IOException {
        Instant now = clock.instant();
        Path aside = path.resolveSibling(path.getFileName() + ".corrupt-" + MOMENT.format(now));
        for (String companion : COMPANIONS) {
            Path from = path.resolveSibling(path.getFileName() + companion);
            if (Files.exists(from)) {
                Files.move(from, path.resolveSibling(aside.getFileName() + companion));
            }
        }
        dropOldest();
        recovery = new Recovery(aside, cause);
        LOG.error("Ledger {} was damaged ({}). It was moved to {} and an empty one begun.", path, cause, aside);
    }

    /** A disk that damages every new ledger must not fill up with old ones. */
    private void dropOldest() throws IOException {
        String prefix = path.getFileName() + ".corrupt-";
        List<Path> aside;
        try (Stream<Path> siblings = Files.list(directory())) {
            aside = siblings.filter(sibling -> sibling.getFileName().toString().startsWith(prefix))
                    .filter(sibling -> sibling.toString().endsWith("Z"))
                    .sorted()
                    .toList();
        }
        for (Path old : aside.subList(0, Math.max(0, aside.size() - MOST_ASIDE))) {
            for (String companion : COMPANIONS) {
                Files.deleteIfExists(old.resolveSibling(old.getFileName() + companion));
            }
        }
    }

    /** Whether the session it happened on may be used on: the database was merely full, or held by another program. */
    static boolean isPassing(SQLException e) {
        return switch (code(e)) {
            case SQLITE_FULL, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CONSTRAINT, SQLITE_TOOBIG -> true;
            default -> false;
        };
    }

    private static boolean isDamage(SQLException e) {
        return code(e) == SQLiteErrorCode.SQLITE_CORRUPT || code(e) == SQLiteErrorCode.SQLITE_NOTADB;
    }

    private static String cause(SQLException e) {
        return switch (code(e)) {
            case SQLITE_FULL -> "the disk is full, or the file has reached its largest size";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another program holds it locked";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> "it is not writable (" + e.getMessage() + ")";
            case SQLITE_CORRUPT -> "it is damaged (" + e.getMessage() + ")";
            case SQLITE_NOTADB -> "it is not a database";
            case SQLITE_IOERR -> "the disk reports an error (" + e.getMessage() + ")";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String reason(IOException e) {
        return e instanceof LedgerException ? String.valueOf(e.getMessage()) : e.toString();
    }

    private static SQLiteErrorCode code(SQLException e) {
        if (e instanceof BatchUpdateException && e.getCause() instanceof SQLException cause) {
            return code(cause);
        }
        return SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
    }
}
