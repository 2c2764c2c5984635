package bailiff.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** Brings a database of an earlier version up to this one. Each step is kept whole or not at all. */
final class Migrations {

    /** Marks a database as a ledger of ours ("Bail"), so that no other program's tables are ever touched. */
    private static final long APPLICATION = 0x4261696cL;

    private static final List<String> SCRIPTS =
            List.of(
                    "001-ledger.sql",
                    "002-counting.sql",
                    "003-tallies.sql",
                    "004-floods.sql",
                    "005-successes.sql",
                    "006-campaigns.sql");

    private Migrations() {}

    static void apply(Session session) throws SQLException, LedgerException {
        long version = session.number("PRAGMA user_version");
        if (version > SCRIPTS.size()) {
            throw new LedgerException("it was written by a newer Bailiff (version " + version
                    + " of the database, known: " + SCRIPTS.size() + "); update Bailiff, or move the file away");
        }
        boolean isOurs = session.number("PRAGMA application_id") == APPLICATION;
        if (!isOurs && (version > 0 || session.number("SELECT count(*) FROM sqlite_schema") > 0)) {
            throw new LedgerException("it is a database of another program");
        }
        for (int step = (int) version; step < SCRIPTS.size(); step++) {
            String script = script(SCRIPTS.get(step));
            int reached = step + 1;
            session.transact(transaction -> {
                transaction.run(script);
                transaction.run("PRAGMA application_id = " + APPLICATION + "; PRAGMA user_version = " + reached);
                return reached;
            });
        }
    }

    private static String script(String name) {
        try (InputStream script = Migrations.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("The program is incomplete: " + name + " is missing.");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
