package bailiff.ledger;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests with an open {@link Ledger} share. */
abstract class LedgerTests {

    /** Whose failures and bans it holds. */
    static final String A = "203.0.113.9";

    /** Bounds that a test can reach. */
    static final Bounds SMALL = new Bounds(5, 3, 2, 1L << 30, Duration.ofSeconds(1));

    @TempDir
    Path directory;

    Ledger ledger;

    @BeforeEach
    void openLedger() throws LedgerException {
        ledger = opened();
    }

    /** The ledger of that file, opened; a test may want other bounds. */
    Ledger opened() throws LedgerException {
        return Samples.open(file());
    }

    Path file() {
        return directory.resolve("ledger.sqlite3");
    }

    @AfterEach
    void closeLedger() throws LedgerException {
        ledger.close();
    }
}
