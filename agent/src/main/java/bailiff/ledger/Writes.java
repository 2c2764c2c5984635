package bailiff.ledger;

import bailiff.ban.Ban;
import bailiff.net.Cidr;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Carries out a batch within a transaction. Not thread-safe: the ledger's lock guards it. */
final class Writes {

    private static final String REPLACE = """
            UPDATE ban SET ending = CASE WHEN until > ? THEN 'replaced' ELSE 'expired' END, ended = min(until, ?)
            WHERE first = ? AND ending = 'running' AND subject = ? AND jail = ?""";

    private static final String DECIDE = """
            INSERT INTO ban (jail, subject, first, last, since, until, bancount, failures, evidence, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""";

    private static final String PROLONG = """
            UPDATE ban SET until = ?, enforcement = 'pending', obstacle = ''
            WHERE first = ? AND ending = 'running' AND subject = ? AND jail = ?""";

    private static final String EXPIRE = """
            UPDATE ban SET ending = 'expired', ended = until
            WHERE first = ? AND ending = 'running' AND subject = ? AND jail = ? AND until <= ?""";

    private static final String LIFT = """
            UPDATE ban SET ending = 'lifted', ended = ?, ended_by = ?, ended_why = ?
            WHERE first = ? AND ending = 'running' AND subject = ? AND jail = ?""";

    private static final String ENFORCE = """
            UPDATE ban SET enforcement = ?, obstacle = ?
            WHERE first = ? AND ending = 'running' AND subject = ? AND jail = ?""";

    private static final String TAKE = """
            INSERT INTO ban (jail, subject, first, last, since, until, bancount, failures, evidence, reason,
                enforcement, ending, ended)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""";

    private static final String PROVE = """
            INSERT INTO evidence (ban, place, jail, subject, address, time, attempts, user, line)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final int LONGEST_TEXT = 1_000;

    private final Bounds bounds;
    private final Bookmarks bookmarks = new Bookmarks();
    private final Tallies tallies = new Tallies();
    private final OpenFailures open;
    private Unsaved unsaved = new Unsaved();

    Writes(Bounds bounds) {
        this.bounds = bounds;
        this.open = new OpenFailures(bounds.openFailures(), tallies);
    }

    void apply(Session session, Batch batch) throws SQLException {
        unsaved = new Unsaved();
        for (Batch.Entry entry : batch.entries()) {
            apply(session, entry);
        }
        open.add(session, unsaved.rest());
        for (String jail : unsaved.names()) {
            open.bound(session, jail);
        }
        tallies.write(session);
        for (Map.Entry<String, Map<String, String>> jail : batch.bookmarks().entrySet()) {
            bookmarks.write(session, jail.getKey(), jail.getValue());
        }
    }

    /** The transaction was undone: nothing that was written counts. */
    void forget() {
        bookmarks.forget();
        tallies.forget();
        open.forget();
    }

    /** Deletes open failures of the jail, and says how many. */
    int delete(Session session, String jail, String deletion, Object... values) throws SQLException {
        int rows = session.update(deletion, values);
        open.deleted(session, jail, rows);
        tallies.write(session);
        return rows;
    }

    private void apply(Session session, Batch.Entry entry) throws SQLException {
        switch (entry) {
            case Batch.Entry.Seen(Failure failure) -> {
                unsaved.add(failure);
                tallies.seen(failure.jail());
            }
            case Batch.Entry.Decided(Ban ban, int evidence) -> decide(session, ban, evidence);
            case Batch.Entry.Prolonged(Ban ban) -> prolong(session, ban);
            case Batch.Entry.Expired expired ->
                session.update(
                        EXPIRE,
                        Overlap.first(expired.subject()),
                        expired.subject().toString(),
                        expired.jail(),
                        Millis.of(expired.now()));
            case Batch.Entry.Lifted lifted -> lift(session, lifted);
            case Batch.Entry.Enforced enforced -> enforce(session, enforced);
            case Batch.Entry.Forgiven(String jail, Cidr subject) -> forgive(session, jail, subject);
            case Batch.Entry.Succeeded(Success success) -> Successes.see(session, success);
        }
    }

    private void decide(Session session, Ban ban, int evidence) throws SQLException {
        long since = Millis.of(ban.since());
        String subject = ban.subject().toString();
        session.update(REPLACE, since, since, Overlap.first(ban.subject()), subject, ban.jail());
        long id = session.number(
                DECIDE,
                ban.jail(),
                subject,
                Overlap.first(ban.subject()),
                Overlap.last(ban.subject()),
                since,
                Millis.of(ban.until()),
                ban.bancount(),
                ban.failures(),
                Failure.cut(ban.evidence(), LONGEST_TEXT),
                Failure.cut(ban.reason(), LONGEST_TEXT));
        tallies.decided(ban.jail());
        keepEvidence(session, id, ban, Math.min(evidence, bounds.evidence()));
    }

    /** The last failures before a ban: those of this transaction, and of what was written before as many as are lacking. */
    private void keepEvidence(Session session, long id, Ban ban, int most) throws SQLException {
        List<Failure> fresh = unsaved.take(ban.jail(), ban.subject());
        List<Failure> kept = fresh.subList(Math.max(0, fresh.size() - most), fresh.size());
        List<Failure> all = new ArrayList<>(open.take(session, ban.jail(), ban.subject(), most - kept.size()));
        all.addAll(kept);
        prove(session, id, all);
    }

    private void prolong(Session session, Ban ban) throws SQLException {
        session.update(
                PROLONG,
                Millis.of(ban.until()),
                Overlap.first(ban.subject()),
                ban.subject().toString(),
                ban.jail());
        forgive(session, ban.jail(), ban.subject());
    }

    /** Writes a ban of another program; false when it is known, or a later one that is in force stands in its place. */
    boolean take(Session session, ForeignBan past) throws SQLException {
        Ban ban = past.ban();
        String subject = ban.subject().toString();
        long since = Millis.of(ban.since());
        boolean runs = past.ending() instanceof Ending.Running;
        boolean known = session.number(
                        "SELECT count(*) FROM ban WHERE first = ? AND subject = ? AND jail = ? AND since = ?",
                        Overlap.first(ban.subject()),
                        subject,
                        ban.jail(),
                        since)
                > 0;
        if (known || (runs && isLasting(session, ban))) {
            return false;
        }
        if (runs) {
            session.update(REPLACE, since, since, Overlap.first(ban.subject()), subject, ban.jail());
        }
        List<Failure> all = past.evidence();
        prove(session, insert(session, past), all.subList(Math.max(0, all.size() - bounds.evidence()), all.size()));
        tallies.decided(ban.jail());
        tallies.write(session);
        return true;
    }

    /** Whether the ledger has a ban of the subject that ends no sooner, and is not one that was only observed. */
    private static boolean isLasting(Session session, Ban ban) throws SQLException {
        return session.number(
                        "SELECT count(*) FROM ban WHERE first = ? AND ending = 'running' AND subject = ? AND jail = ?"
                                + " AND until >= ? AND enforcement <> 'not enforced'",
                        Overlap.first(ban.subject()),
                        ban.subject().toString(),
                        ban.jail(),
                        Millis.of(ban.until()))
                > 0;
    }

    private static long insert(Session session, ForeignBan past) throws SQLException {
        Ban ban = past.ban();
        String[] ending = switch (past.ending()) {
            case Ending.Running _ -> new String[] {"pending", "running", "0"};
            case Ending.Expired(Instant at) -> new String[] {"in force", "expired", String.valueOf(Millis.of(at))};
            case Ending.Lifted lifted -> new String[] {"in force", "lifted", String.valueOf(Millis.of(lifted.at()))};
            case Ending.Replaced(Instant at) -> new String[] {"in force", "replaced", String.valueOf(Millis.of(at))};
        };
        return session.number(
                TAKE,
                ban.jail(),
                ban.subject().toString(),
                Overlap.first(ban.subject()),
                Overlap.last(ban.subject()),
                Millis.of(ban.since()),
                Millis.of(ban.until()),
                ban.bancount(),
                ban.failures(),
                Failure.cut(ban.evidence(), LONGEST_TEXT),
                Failure.cut(ban.reason(), LONGEST_TEXT),
                ending[0],
                ending[1],
                Long.parseLong(ending[2]));
    }

    private static void prove(Session session, long id, List<Failure> kept) throws SQLException {
        for (int place = 0; place < kept.size(); place++) {
            Failure failure = kept.get(place);
            session.update(
                    PROVE,
                    id,
                    place,
                    failure.jail(),
                    failure.subject().toString(),
                    failure.address().toString(),
                    Millis.of(failure.time()),
                    failure.attempts(),
                    failure.user(),
                    failure.line());
        }
    }

    private void forgive(Session session, String jail, Cidr subject) throws SQLException {
        unsaved.take(jail, subject);
        open.take(session, jail, subject, 0);
    }

    private static void lift(Session session, Batch.Entry.Lifted lifted) throws SQLException {
        session.update(
                LIFT,
                Millis.of(lifted.ending().at()),
                Failure.cut(lifted.ending().by(), LONGEST_TEXT),
                Failure.cut(lifted.ending().why(), LONGEST_TEXT),
                Overlap.first(lifted.subject()),
                lifted.subject().toString(),
                lifted.jail());
    }

    private static void enforce(Session session, Batch.Entry.Enforced enforced) throws SQLException {
        Enforcement enforcement = enforced.enforcement();
        session.update(
                ENFORCE,
                word(enforcement),
                obstacle(enforcement),
                Overlap.first(enforced.subject()),
                enforced.subject().toString(),
                enforced.jail());
    }

    /** What stands in the database for it. */
    static String word(Enforcement enforcement) {
        return switch (enforcement) {
            case Enforcement.Pending _ -> "pending";
            case Enforcement.InForce _ -> "in force";
            case Enforcement.NotEnforced _ -> "not enforced";
        };
    }

    /** Why it is not enforced, as it stands in the database; empty where there is no such reason. */
    static String obstacle(Enforcement enforcement) {
        return enforcement instanceof Enforcement.NotEnforced(String reason) ? Failure.cut(reason, LONGEST_TEXT) : "";
    }
}
