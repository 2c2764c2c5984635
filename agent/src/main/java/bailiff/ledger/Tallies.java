package bailiff.ledger;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * What each jail has seen, counted while a transaction goes on and written once at its end. Not thread-safe: the
 * ledger's lock guards it.
 */
final class Tallies {

    private static final String ADD = """
            INSERT INTO jail (name, failures, bans, open) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET failures = failures + excluded.failures, bans = bans + excluded.bans,
                open = open + excluded.open""";

    private final Map<String, Tally> byJail = new HashMap<>();

    private static final class Tally {
        private long failures;
        private long bans;
        private long open;
    }

    private Tally of(String jail) {
        return byJail.computeIfAbsent(jail, _ -> new Tally());
    }

    void seen(String jail) {
        of(jail).failures++;
    }

    void decided(String jail) {
        of(jail).bans++;
    }

    /** So many failures more are open; fewer where it is negative. */
    void open(String jail, long more) {
        if (more != 0) {
            of(jail).open += more;
        }
    }

    /** Writes what was counted since the last time. */
    void write(Session session) throws SQLException {
        for (Map.Entry<String, Tally> jail : byJail.entrySet()) {
            Tally tally = jail.getValue();
            session.update(ADD, jail.getKey(), tally.failures, tally.bans, tally.open);
        }
        byJail.clear();
    }

    /** Forgets what was counted: the transaction was undone. */
    void forget() {
        byJail.clear();
    }
}
