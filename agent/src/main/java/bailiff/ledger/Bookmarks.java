package bailiff.ledger;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Writes the read positions that have moved since the last time. Not thread-safe: the ledger's lock guards it. */
final class Bookmarks {

    /* What the database holds, by jail, so that a jail with a thousand files pays for the one that grew. */
    private final Map<String, Map<String, String>> written = new HashMap<>();

    static Map<String, String> read(Session session, String jail) throws SQLException {
        Map<String, String> positions = new HashMap<>();
        session.each(
                "SELECT file, position FROM bookmark WHERE jail = ?",
                row -> positions.put(row.getString(1), row.getString(2)),
                jail);
        return positions;
    }

    void write(Session session, String jail, Map<String, String> positions) throws SQLException {
        Map<String, String> before = written.get(jail);
        if (before == null) {
            before = read(session, jail);
        }
        for (String file : before.keySet()) {
            if (!positions.containsKey(file)) {
                session.update("DELETE FROM bookmark WHERE jail = ? AND file = ?", jail, file);
            }
        }
        for (Map.Entry<String, String> entry : positions.entrySet()) {
            if (!entry.getValue().equals(before.get(entry.getKey()))) {
                session.update(
                        "INSERT OR REPLACE INTO bookmark (jail, file, position) VALUES (?, ?, ?)",
                        jail,
                        entry.getKey(),
                        entry.getValue());
            }
        }
        written.put(jail, positions);
    }

    /** Believes nothing of what it wrote: the transaction was undone. */
    void forget() {
        written.clear();
    }
}
