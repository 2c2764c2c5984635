package bailiff.ledger;

import bailiff.evidence.site.CampaignNews;
import java.time.Instant;
import java.util.Optional;

/**
 * A campaign as the ledger keeps it.
 *
 * @param news what it had come to when it was looked at last; texts that clients chose are cut, line breaks in names are
 *     blanks
 * @param over when it was found to be over; nothing while it goes on
 */
public record CampaignRecord(CampaignNews news, Optional<Instant> over) {}
