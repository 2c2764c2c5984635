package bailiff.ledger;

import java.util.List;

/**
 * A ban as fail2ban's database has it. Nothing of it is checked: who wrote into the logs wrote into the database.
 *
 * @param jail the jail's name
 * @param id who was banned: an address mostly, but a filter may name anything
 * @param timeOfBan when, in seconds since 1970
 * @param bantime seconds; {@link #FOR_EVER}, or {@link #UNKNOWN}
 * @param bancount how often the subject was banned, with this one; 0 when not known
 * @param current whether it is the one of its subject that fail2ban would let stand again after a restart, if its time
 *     is not up
 * @param failures how many failures led to it; 0 when not known
 * @param matches the lines that were kept of them, oldest first
 */
public record Fail2banRow(
        String jail,
        String id,
        long timeOfBan,
        long bantime,
        int bancount,
        boolean current,
        int failures,
        List<String> matches) {

    /** The bantime of a ban without an end. */
    public static final long FOR_EVER = -1;

    /** The bantime of a ban of which old databases did not note one: it is its jail's. */
    public static final long UNKNOWN = -2;

    public Fail2banRow {
        matches = List.copyOf(matches);
    }
}
