package bailiff.ledger;

import bailiff.evidence.RateCount;
import bailiff.net.Cidr;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the failures that may yet lead to a ban, and takes them out again. Not thread-safe: the ledger's lock guards it. */
final class OpenFailures {

    private static final String SEE = """
            INSERT INTO failure (jail, subject, first, last, address, time, attempts, user, line,
                retry, counted, rate_since, rate_last)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String LENGTHS = """
            SELECT DISTINCT substr(subject, 1, instr(subject, '/')) LIKE '%:%' AS v6,
                substr(subject, instr(subject, '/') + 1) AS length
            FROM failure WHERE first <> last""";

    private static final String DROP_OLDEST = """
            DELETE FROM failure WHERE id IN (SELECT id FROM failure WHERE jail = ? ORDER BY time LIMIT ?)""";

    private static final int AT_ONCE = 1_000;

    private final int most;
    private final Tallies tallies;

    /* What the table is known to hold: of each jail how many rows, and the lengths of all subjects. A superset does. */
    private final Map<String, Long> open = new HashMap<>();
    private @Nullable Lengths lengths;

    /**
     * The open failures of each jail, at most so many of one.
     *
     * @param tallies is told how many more are open
     */
    OpenFailures(int most, Tallies tallies) {
        this.most = most;
        this.tallies = tallies;
    }

    /** Writes failures, in this order. */
    void add(Session session, List<Failure> failures) throws SQLException {
        int queued = 0;
        for (Failure failure : failures) {
            queue(session, failure);
            lengths(session).add(failure.subject());
            change(session, failure.jail(), 1);
            queued++;
            if (queued % AT_ONCE == 0) {
                session.flush(SEE);
            }
        }
        if (queued % AT_ONCE != 0) {
            session.flush(SEE);
        }
    }

    private static void queue(Session session, Failure failure) throws SQLException {
        RateCount count = failure.count();
        session.queue(
                SEE,
                failure.jail(),
                failure.subject().toString(),
                Overlap.first(failure.subject()),
                Overlap.last(failure.subject()),
                failure.address().toString(),
                Millis.of(failure.time()),
                failure.attempts(),
                failure.user(),
                failure.line(),
                count == null ? null : (Integer) count.retry(),
                count == null ? null : (Integer) count.failures(),
                count == null ? null : (Double) count.since(),
                count == null ? null : (Double) count.last());
    }

    /** Takes out the jail's failures whose subject overlaps this one; gives the last so many, in their order. */
    List<Failure> take(Session session, String jail, Cidr subject, int kept) throws SQLException {
        if (count(session, jail) == 0) {
            return List.of();
        }
        Overlap overlap = Overlap.inJail(jail, subject, lengths(session).around(subject));
        List<Failure> last = kept == 0
                ? List.of()
                : session.list(
                        "SELECT " + Reads.FAILURE + " FROM failure WHERE " + overlap.sql()
                                + " ORDER BY id DESC LIMIT ?",
                        Reads::failure,
                        overlap.valuesBetween(List.of(), List.of(kept)));
        if (kept == 0 || !last.isEmpty()) {
            int gone = session.update(
                    "DELETE FROM failure WHERE " + overlap.sql(),
                    overlap.values().toArray());
            change(session, jail, -gone);
        }
        return last.reversed();
    }

    /** Drops those with the oldest times where the jail has too many. */
    void bound(Session session, String jail) throws SQLException {
        long surplus = count(session, jail) - most;
        if (surplus > 0) {
            change(session, jail, -session.update(DROP_OLDEST, jail, surplus));
        }
    }

    /** Notes that rows were deleted by other means. */
    void deleted(Session session, String jail, int rows) throws SQLException {
        change(session, jail, -rows);
    }

    private void change(Session session, String jail, int more) throws SQLException {
        open.put(jail, count(session, jail) + more);
        tallies.open(jail, more);
    }

    private long count(Session session, String jail) throws SQLException {
        Long known = open.get(jail);
        if (known == null) {
            known = session.number("SELECT open FROM jail WHERE name = ?", jail);
            open.put(jail, known);
        }
        return known;
    }

    private Lengths lengths(Session session) throws SQLException {
        Lengths known = lengths;
        if (known == null) {
            Lengths found = new Lengths();
            session.each(LENGTHS, row -> found.add(row.getBoolean("v6"), row.getInt("length")));
            known = found;
            lengths = known;
        }
        return known;
    }

    /** Believes nothing of what it knows: the transaction was undone, or the database is another. */
    void forget() {
        open.clear();
        lengths = null;
    }
}
