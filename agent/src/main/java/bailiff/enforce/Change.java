package bailiff.enforce;

import bailiff.net.Cidr;
import java.time.Instant;

/** One thing to do to the bans that the firewall holds. Of several for one jail and network, the last one counts. */
public sealed interface Change {

    /** The jail whose ban it is. */
    String jail();

    /** The address or network that is banned. */
    Cidr subject();

    /**
     * Ban, prolong or shorten: afterwards the ban ends at {@code until}, whether or not there was one before.
     *
     * @param until the end of the ban, rounded up to a second; one in the past removes the ban; {@link Instant#MAX}, or
     *     anything more than a hundred years away, is for ever
     */
    record Add(String jail, Cidr subject, Instant until) implements Change {}

    /** End the ban, if there is one. */
    record Remove(String jail, Cidr subject) implements Change {}
}
