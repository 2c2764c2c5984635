package bailiff.ledger;

import bailiff.ban.Ban;
import bailiff.evidence.RateCount;
import bailiff.net.Cidr;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Carries out a batch within a transaction. Not thread-safe: the ledger's lock guards it. */
final class Writes {

    private static final String SEE = """
            INSERT INTO failure (jail, subject, first, last, address, time, attempts, user, line,
                retry, counted, rate_since, rate_last)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String REPLACE = """
            UPDATE ban SET ending = CASE WHEN until > ? THEN 'replaced' ELSE 'expired' END, ended = min(until, ?)
            WHERE jail = ? AND subject = ? AND ending = 'running'""";

    private static final String DECIDE = """
            INSERT INTO ban (jail, subject, first, last, since, until, bancount, failures, evidence, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""";

    private static final String PROLONG = """
            UPDATE ban SET until = ?, enforcement = 'pending', obstacle = ''
            WHERE jail = ? AND subject = ? AND ending = 'running'""";

    private static final String EXPIRE = """
            UPDATE ban SET ending = 'expired', ended = until
            WHERE jail = ? AND subject = ? AND ending = 'running' AND until <= ?""";

    private static final String LIFT = """
            UPDATE ban SET ending = 'lifted', ended = ?, ended_by = ?, ended_why = ?
            WHERE jail = ? AND subject = ? AND ending = 'running'""";

    private static final String ENFORCE = """
            UPDATE ban SET enforcement = ?, obstacle = ?
            WHERE jail = ? AND subject = ? AND ending = 'running'""";

    private static final String DROP_OLDEST = """
            DELETE FROM failure WHERE id IN (SELECT id FROM failure WHERE jail = ? ORDER BY time LIMIT ?)""";

    private static final String TAKE = """
            INSERT INTO ban (jail, subject, first, last, since, until, bancount, failures, evidence, reason,
                enforcement, ending, ended)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""";

    private static final String PROVE = """
            INSERT INTO evidence (ban, place, jail, subject, address, time, attempts, user, line)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final int LONGEST_TEXT = 1_000;
    private static final int MOST_QUEUED = 1_000;

    private final Bounds bounds;
    private final Bookmarks bookmarks = new Bookmarks();
    private int queued;

    Writes(Bounds bounds) {
        this.bounds = bounds;
    }

    void apply(Session session, Batch batch) throws SQLException {
        for (Batch.Entry entry : batch.entries()) {
            if (!(entry instanceof Batch.Entry.Seen)) {
                flush(session);
            }
            apply(session, entry);
        }
        flush(session);
        for (String jail : batch.jailsOfFailures()) {
            dropOldest(session, jail);
        }
        for (Map.Entry<String, Map<String, String>> jail : batch.bookmarks().entrySet()) {
            bookmarks.write(session, jail.getKey(), jail.getValue());
        }
    }

    /** The transaction was undone: nothing that was written counts. */
    void forget() {
        bookmarks.forget();
        queued = 0;
    }

    private void see(Session session, Failure failure) throws SQLException {
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
        queued++;
        if (queued == MOST_QUEUED) {
            flush(session);
        }
    }

    private void flush(Session session) throws SQLException {
        if (queued > 0) {
            session.flush(SEE);
            queued = 0;
        }
    }

    private void apply(Session session, Batch.Entry entry) throws SQLException {
        switch (entry) {
            case Batch.Entry.Seen(Failure failure) -> see(session, failure);
            case Batch.Entry.Decided(Ban ban, int evidence) -> decide(session, ban, evidence);
            case Batch.Entry.Prolonged(Ban ban) -> prolong(session, ban);
            case Batch.Entry.Expired expired ->
                session.update(EXPIRE, expired.jail(), expired.subject().toString(), Millis.of(expired.now()));
            case Batch.Entry.Lifted lifted -> lift(session, lifted);
            case Batch.Entry.Enforced enforced -> enforce(session, enforced);
            case Batch.Entry.Forgiven(String jail, Cidr subject) -> forgive(session, jail, subject);
        }
    }

    private void decide(Session session, Ban ban, int evidence) throws SQLException {
        long since = Millis.of(ban.since());
        String subject = ban.subject().toString();
        session.update(REPLACE, since, since, ban.jail(), subject);
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
        keepEvidence(session, id, Overlap.inJail(ban.jail(), ban.subject()), Math.min(evidence, bounds.evidence()));
        forgive(session, ban.jail(), ban.subject());
    }

    private static void prolong(Session session, Ban ban) throws SQLException {
        session.update(
                PROLONG, Millis.of(ban.until()), ban.jail(), ban.subject().toString());
        forgive(session, ban.jail(), ban.subject());
    }

    /** Writes a ban of another program; false when it is known, or a later one that is in force stands in its place. */
    boolean take(Session session, ForeignBan past) throws SQLException {
        Ban ban = past.ban();
        String subject = ban.subject().toString();
        long since = Millis.of(ban.since());
        boolean runs = past.ending() instanceof Ending.Running;
        boolean known = session.number(
                        "SELECT count(*) FROM ban WHERE jail = ? AND subject = ? AND since = ?",
                        ban.jail(),
                        subject,
                        since)
                > 0;
        if (known || (runs && isLasting(session, ban))) {
            return false;
        }
        if (runs) {
            session.update(REPLACE, since, since, ban.jail(), subject);
        }
        prove(session, insert(session, past), past);
        return true;
    }

    /** Whether the ledger has a ban of the subject that ends no sooner, and is not one that was only observed. */
    private static boolean isLasting(Session session, Ban ban) throws SQLException {
        return session.number(
                        "SELECT count(*) FROM ban WHERE jail = ? AND subject = ? AND ending = 'running'"
                                + " AND until >= ? AND enforcement <> 'not enforced'",
                        ban.jail(),
                        ban.subject().toString(),
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

    private void prove(Session session, long id, ForeignBan past) throws SQLException {
        List<Failure> all = past.evidence();
        List<Failure> kept = all.subList(Math.max(0, all.size() - bounds.evidence()), all.size());
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

    private static void keepEvidence(Session session, long ban, Overlap failures, int most) throws SQLException {
        String keep = """
                INSERT INTO evidence (ban, place, jail, subject, address, time, attempts, user, line)
                SELECT ?, id, jail, subject, address, time, attempts, user, line
                FROM failure WHERE %s ORDER BY id DESC LIMIT ?""".formatted(failures.sql());
        session.update(keep, failures.valuesBetween(List.of(ban), List.of(most)));
    }

    private static void forgive(Session session, String jail, Cidr subject) throws SQLException {
        Overlap failures = Overlap.inJail(jail, subject);
        session.update(
                "DELETE FROM failure WHERE " + failures.sql(), failures.values().toArray());
    }

    private static void lift(Session session, Batch.Entry.Lifted lifted) throws SQLException {
        session.update(
                LIFT,
                Millis.of(lifted.ending().at()),
                Failure.cut(lifted.ending().by(), LONGEST_TEXT),
                Failure.cut(lifted.ending().why(), LONGEST_TEXT),
                lifted.jail(),
                lifted.subject().toString());
    }

    private static void enforce(Session session, Batch.Entry.Enforced enforced) throws SQLException {
        String subject = enforced.subject().toString();
        switch (enforced.enforcement()) {
            case Enforcement.Pending _ -> session.update(ENFORCE, "pending", "", enforced.jail(), subject);
            case Enforcement.InForce _ -> session.update(ENFORCE, "in force", "", enforced.jail(), subject);
            case Enforcement.NotEnforced(String reason) ->
                session.update(ENFORCE, "not enforced", Failure.cut(reason, LONGEST_TEXT), enforced.jail(), subject);
        }
    }

    private void dropOldest(Session session, String jail) throws SQLException {
        long open = session.number("SELECT open FROM jail WHERE name = ?", jail);
        if (open > bounds.openFailures()) {
            session.update(DROP_OLDEST, jail, open - bounds.openFailures());
        }
    }
}
