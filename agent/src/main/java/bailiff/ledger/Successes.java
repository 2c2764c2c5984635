package bailiff.ledger;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Who has logged in from where, as the ledger holds it: of each account and source the last time. Stateless. */
final class Successes {

    /** Rows of one jail; beyond, the oldest go. As many as the engine remembers sources, with three accounts each. */
    static final int MOST = 200_000;

    private static final String COLUMNS = "SELECT jail, subject, site, account, time, forgave FROM success ";

    private static final String SEE = """
            INSERT INTO success (jail, subject, first, last, site, account, time, forgave)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET time = max(time, excluded.time), forgave = max(forgave, excluded.forgave)""";

    private static final String PURGE = """
            DELETE FROM success WHERE (jail, subject, site, account) IN (
                SELECT jail, subject, site, account FROM success WHERE jail = ? AND time < ? LIMIT ?)""";

    private static final String SURPLUS =
            "SELECT time FROM success WHERE jail = ? ORDER BY time DESC LIMIT 1 OFFSET " + (MOST - 1);

    private Successes() {}

    static void see(Session session, Success success) throws SQLException {
        Cidr subject = success.subject();
        session.update(
                SEE,
                success.jail(),
                subject.toString(),
                Overlap.first(subject),
                Overlap.last(subject),
                success.site(),
                success.account(),
                Millis.of(success.time()),
                success.forgave().map(Millis::of).orElse(0L));
    }

    /** Shows those of the jail, the earliest first. */
    static void each(Session session, String jail, Consumer<Success> visitor) throws SQLException {
        session.each(COLUMNS + "WHERE jail = ? ORDER BY time", row -> visitor.accept(success(row)), jail);
    }

    /** Those of the address, in all jails, the latest first. */
    static List<Success> of(Session session, IpAddress address, int most) throws SQLException {
        byte[] place = Overlap.first(address.alone());
        return session.list(
                COLUMNS + "WHERE first <= ? AND last >= ? ORDER BY time DESC LIMIT ?",
                Successes::success,
                place,
                place,
                most);
    }

    /** Deletes some of those before the time, or beyond the most; says how many. */
    static int purge(Session session, String jail, Instant before, int some) throws SQLException {
        long limit = Math.max(Millis.of(before), session.number(SURPLUS, jail));
        return session.update(PURGE, jail, limit, some);
    }

    private static Success success(ResultSet row) throws SQLException {
        long forgave = row.getLong("forgave");
        return new Success(
                row.getString("jail"),
                Cidr.parse(row.getString("subject")).orElseThrow(() -> Reads.damaged("a network")),
                row.getString("site"),
                row.getString("account"),
                Millis.instant(row.getLong("time")),
                forgave == 0 ? Optional.empty() : Optional.of(Millis.instant(forgave)));
    }
}
