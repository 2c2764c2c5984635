package bailiff.ledger;

import bailiff.ban.Ban;
import java.time.Instant;

/**
 * A ban and what has become of it.
 *
 * @param id names the ban within the ledger, for {@link Ledger#evidence}
 * @param ban the ban as it was decided, its times in whole milliseconds
 * @param enforcement whether the firewall has it
 * @param ending how it ended, if it has
 */
public record BanRecord(long id, Ban ban, Enforcement enforcement, Ending ending) {

    /** Whether the subject is banned by it at that moment. */
    public boolean isActive(Instant now) {
        return ending instanceof Ending.Running && !ban.isOver(now);
    }
}
