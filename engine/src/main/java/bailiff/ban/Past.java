package bailiff.ban;

import bailiff.net.Cidr;
import java.util.Optional;

/** What a jail can find out of earlier bans: from the ledger, or from what a replay saw. Asked by the jail's thread. */
public interface Past {

    /** How often exactly that subject was banned in this jail, lifted bans without. */
    int bans(Cidr subject);

    /** Its last ban in this jail; nothing when it was lifted, since that forgives all before it. */
    Optional<PastBan> last(Cidr subject);

    /** The last bans of all jails taken together: the sum of their numbers, and when the latest began. */
    Optional<PastBan> everywhere(Cidr subject);
}
