package bailiff.ledger;

import bailiff.net.Cidr;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody has logged in, or otherwise proved who he is.
 *
 * @param jail whose filter saw it
 * @param subject from where: what the address counts as
 * @param site the site, as it calls itself; cut at {@value #LONGEST} characters, like the account
 * @param account the user's name
 * @param time when, by the log's clock
 * @param forgave when a success of the account last forgave the subject's failures; nothing for never
 */
public record Success(
        String jail, Cidr subject, String site, String account, Instant time, Optional<Instant> forgave) {

    /** More than any site's or user's name has. */
    private static final int LONGEST = 200;

    public Success {
        site = Failure.cut(site, LONGEST);
        account = Failure.cut(account, LONGEST);
    }
}
