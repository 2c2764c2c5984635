package bailiff.guard;

import bailiff.ban.Event;
import bailiff.evidence.site.Judgement;
import java.time.Instant;
import java.util.Optional;

/** Hears what a jail's lines tell of attempts to log in at a site. */
@FunctionalInterface
interface Witness {

    /** Where nothing is weighed. */
    Witness NOBODY = (_, _, _) -> Optional.empty();

    /**
     * Takes in an event; says whether its source is to be banned for all that is known of it by now.
     *
     * @param live whether its line was written just now
     * @param now the time at which it was read
     */
    Optional<Judgement.Ban> hear(Event event, boolean live, Instant now);
}
