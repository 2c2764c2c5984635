package bailiff.ledger;

import java.time.Instant;

/** How a ban ended, if it has. */
public sealed interface Ending {

    /** It has not; or its time is up and nobody has told the ledger yet. */
    record Running() implements Ending {}

    /** Its time was up. */
    record Expired(Instant at) implements Ending {}

    /**
     * A person ended it early. Such a ban was a mistake, so it does not count as a ban before.
     *
     * @param by who did it, for instance a command and the user who ran it
     * @param why their reason, empty when they gave none
     */
    record Lifted(Instant at, String by, String why) implements Ending {}

    /** Another ban of the same subject took its place before its time was up. */
    record Replaced(Instant at) implements Ending {}

    /** The one value of {@link Running}. */
    Ending RUNNING = new Running();
}
