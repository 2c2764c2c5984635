package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.time.Instant;
import java.util.Optional;

/**
 * How a source stands at a site: what speaks against it and for it, whether or not that is enough for anything. Immutable.
 *
 * @param site the key of the site's evidence
 * @param source what the address counts as
 * @param tried what it did itself; nothing when it never tried to log in
 * @param campaign the open campaign that it is of
 * @param neighbours why its neighbourhood is that of an attack, with the numbers
 * @param succeeded whether a login from there was accepted in the last 90 days, which excuses much
 * @param calibrated whether the site has seen logins enough that what others did may ban somebody
 */
public record Standing(
        String site,
        Cidr source,
        Optional<Tried> tried,
        Optional<CampaignNews> campaign,
        Optional<String> neighbours,
        boolean succeeded,
        boolean calibrated) {

    /**
     * What a source did itself.
     *
     * @param first when it came first
     * @param last when it came last
     * @param attempts how often it tried
     * @param failures logins that failed since the last that was accepted
     * @param evidence the logarithm of the likelihood ratio now
     * @param toRefusal further failures at accounts that exist after which it is refused; 0 when it is
     * @param toBan the same for a ban
     * @param refused when it was refused last; nothing when it never was
     * @param chance from when on it may try once although it is refused; nothing while it is not, and for programs
     */
    public record Tried(
            Instant first,
            Instant last,
            int attempts,
            int failures,
            double evidence,
            int toRefusal,
            int toBan,
            Optional<Instant> refused,
            Optional<Instant> chance) {}
}
