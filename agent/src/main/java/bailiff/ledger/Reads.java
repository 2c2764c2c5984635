package bailiff.ledger;

import bailiff.ban.Ban;
import bailiff.ban.PastBan;
import bailiff.evidence.RateCount;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The questions that the ledger answers. */
final class Reads {

    /** The columns of a failure, as {@link #failure(ResultSet)} wants them. */
    static final String FAILURE =
            "jail, subject, address, time, attempts, user, line, retry, counted, rate_since, rate_last";

    private static final String BAN =
            "id, jail, subject, first, last, since, until, bancount, failures, evidence, reason,"
                    + " enforcement, obstacle, ending, ended, ended_by, ended_why";

    private Reads() {}

    static void openFailures(Session session, String jail, Instant since, Consumer<Failure> visitor)
            throws SQLException {
        // In the order in which they were seen, without sorting: a million of them must not go through a temporary
        // file.
        session.each(
                "SELECT " + FAILURE + " FROM failure NOT INDEXED WHERE jail = ? AND time >= ? ORDER BY id",
                row -> visitor.accept(failure(row)),
                jail,
                Millis.of(since));
    }

    static List<Failure> openFailures(Session session, Cidr asked, int most) throws SQLException {
        List<Failure> failures = new ArrayList<>();
        for (String jail : totals(session).keySet()) {
            Overlap overlap = Overlap.inJail(jail, asked);
            failures.addAll(session.list(
                    "SELECT " + FAILURE + " FROM failure WHERE " + overlap.sql() + " ORDER BY id DESC LIMIT ?",
                    Reads::failure,
                    overlap.valuesBetween(List.of(), List.of(most))));
        }
        failures.sort(Comparator.comparing(Failure::time).reversed());
        return List.copyOf(failures.subList(0, Math.min(most, failures.size())));
    }

    static List<Failure> evidence(Session session, long ban) throws SQLException {
        return session.list("""
                SELECT jail, subject, address, time, attempts, user, line, NULL, NULL, NULL, NULL
                FROM evidence WHERE ban = ? ORDER BY place""", Reads::failure, ban);
    }

    static List<BanRecord> active(Session session, Instant now) throws SQLException {
        return session.list(
                "SELECT " + BAN + " FROM ban WHERE ending = 'running' AND until > ? ORDER BY until, id",
                Reads::ban,
                Millis.of(now));
    }

    static List<BanRecord> active(Session session, String jail, Instant now) throws SQLException {
        return session.list(
                "SELECT " + BAN + " FROM ban WHERE ending = 'running' AND until > ? AND jail = ? ORDER BY until, id",
                Reads::ban,
                Millis.of(now),
                jail);
    }

    static List<BanRecord> activeElsewhere(Session session, Instant now, Collection<String> jails) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(Millis.of(now)));
        values.addAll(jails);
        String known = String.join(", ", Collections.nCopies(jails.size(), "?"));
        return session.list(
                "SELECT " + BAN + " FROM ban WHERE ending = 'running' AND until > ? AND jail NOT IN (" + known
                        + ") ORDER BY until, id",
                Reads::ban,
                values.toArray());
    }

    static List<BanRecord> activeOtherThan(Session session, Instant now, Enforcement known) throws SQLException {
        return session.list(
                "SELECT " + BAN
                        + " FROM ban WHERE ending = 'running' AND until > ? AND (enforcement <> ? OR obstacle <> ?)",
                Reads::ban,
                Millis.of(now),
                Writes.word(known),
                Writes.obstacle(known));
    }

    static List<BanRecord> activeLike(Session session, Instant now, Enforcement mark) throws SQLException {
        return session.list(
                "SELECT " + BAN
                        + " FROM ban WHERE ending = 'running' AND until > ? AND enforcement = ? AND obstacle = ?",
                Reads::ban,
                Millis.of(now),
                Writes.word(mark),
                Writes.obstacle(mark));
    }

    static List<BanRecord> over(Session session, Instant now, int most) throws SQLException {
        return session.list(
                "SELECT " + BAN + " FROM ban WHERE ending = 'running' AND until <= ? ORDER BY until, id LIMIT ?",
                Reads::ban,
                Millis.of(now),
                most);
    }

    static List<BanRecord> history(Session session, Cidr asked, int most) throws SQLException {
        Overlap overlap = Overlap.anywhere(asked);
        return session.list(
                "SELECT " + BAN + " FROM ban WHERE " + overlap.sql() + " ORDER BY since DESC, id DESC LIMIT ?",
                Reads::ban,
                overlap.valuesBetween(List.of(), List.of(most)));
    }

    static int banCount(Session session, String jail, Cidr subject) throws SQLException {
        return (int) session.number(
                "SELECT max(count(*), coalesce(max(bancount), 0)) FROM ban"
                        + " WHERE first = ? AND ending IN ('running', 'expired') AND subject = ? AND jail = ?",
                Overlap.first(subject),
                subject.toString(),
                jail);
    }

    static Optional<PastBan> lastBan(Session session, String jail, Cidr subject) throws SQLException {
        return session
                .list(
                        """
                        SELECT bancount, since, ending FROM ban
                        WHERE first = ? AND subject = ? AND jail = ? ORDER BY +id DESC LIMIT 1""",
                        row -> row.getString("ending").equals("lifted") ? Optional.<PastBan>empty() : pastBan(row),
                        Overlap.first(subject),
                        subject.toString(),
                        jail)
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    static Optional<PastBan> lastBans(Session session, Cidr subject) throws SQLException {
        return session
                .list("""
                        SELECT min(total(bancount), 2147483646) AS bancount, max(since) AS since FROM (
                            SELECT bancount, since, ending, row_number() OVER (PARTITION BY jail ORDER BY id DESC) AS age
                            FROM ban WHERE first = ? AND last = ? AND subject = ?)
                        WHERE age = 1 AND ending <> 'lifted' HAVING count(*) > 0""", Reads::pastBan, Overlap.first(subject), Overlap.last(subject), subject.toString())
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<PastBan> pastBan(ResultSet row) throws SQLException {
        return Optional.of(new PastBan(row.getInt("bancount"), Millis.instant(row.getLong("since"))));
    }

    static Map<String, Totals> totals(Session session) throws SQLException {
        Map<String, Totals> totals = new TreeMap<>();
        session.each(
                "SELECT name, failures, bans, open FROM jail",
                row -> totals.put(row.getString(1), new Totals(row.getLong(2), row.getLong(3), row.getLong(4))));
        return totals;
    }

    /** A failure of which the row has the columns {@link #FAILURE}. By place, as below. */
    static Failure failure(ResultSet row) throws SQLException {
        return new Failure(
                row.getString(1).intern(),
                Cidr.parse(row.getString(2)).orElseThrow(() -> damaged("a network")),
                IpAddress.parse(row.getString(3)).orElseThrow(() -> damaged("an address")),
                Millis.instant(row.getLong(4)),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                count(row));
    }

    private static @Nullable RateCount count(ResultSet row) throws SQLException {
        int retry = row.getInt(8);
        return row.wasNull() ? null : new RateCount(retry, row.getInt(9), row.getDouble(10), row.getDouble(11));
    }

    /* By place and not by name, which takes the driver longer than to read the value: a start reads all bans. */
    private static BanRecord ban(ResultSet row) throws SQLException {
        Ban ban = new Ban(
                row.getString(2).intern(),
                Cidr.parse(row.getString(3)).orElseThrow(() -> damaged("a network")),
                Millis.instant(row.getLong(6)),
                Millis.instant(row.getLong(7)),
                row.getInt(8),
                row.getInt(9),
                row.getString(10).intern(),
                row.getString(11));
        return new BanRecord(row.getLong(1), ban, enforcement(row), ending(row));
    }

    private static Enforcement enforcement(ResultSet row) throws SQLException {
        return switch (row.getString(12)) {
            case "pending" -> Enforcement.PENDING;
            case "in force" -> Enforcement.IN_FORCE;
            default -> new Enforcement.NotEnforced(row.getString(13));
        };
    }

    private static Ending ending(ResultSet row) throws SQLException {
        Instant at = Millis.instant(row.getLong(15));
        return switch (row.getString(14)) {
            case "running" -> Ending.RUNNING;
            case "expired" -> new Ending.Expired(at);
            case "lifted" -> new Ending.Lifted(at, row.getString(16), row.getString(17));
            default -> new Ending.Replaced(at);
        };
    }

    static SQLException damaged(String what) {
        return new SQLException("a row that should name " + what + " does not");
    }
}
