package bailiff.ledger;

import bailiff.ban.Ban;
import java.util.List;

/**
 * A ban that another program decided, with what it knew of it.
 *
 * @param ban the ban; its {@code bancount} is how often that program had banned the subject
 * @param ending how it ended, if it has
 * @param evidence the failures behind it, oldest first; the ledger keeps the last ones, see {@link Bounds#evidence}
 */
public record ForeignBan(Ban ban, Ending ending, List<Failure> evidence) {

    public ForeignBan {
        evidence = List.copyOf(evidence);
    }
}
