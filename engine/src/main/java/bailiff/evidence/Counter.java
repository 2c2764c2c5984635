package bailiff.evidence;

import bailiff.net.Cidr;
import java.time.Instant;
import java.util.Optional;

/** Counts the failures of each source. Not thread-safe: one {@link AddressEvidence} owns it. */
sealed interface Counter permits WindowCounter, RateCounter {

    /**
     * Takes in a failure that stands for so many attempts, and says what the source's failures come to.
     *
     * @param limit how many are a ban, at least {@code maxretry}; only where failures are counted exactly
     */
    Verdict record(Cidr source, Instant time, int attempts, int limit);

    /** How many failures of the source count at that time. */
    int count(Cidr source, Instant time);

    /** Takes in a failure of an earlier run, without a verdict. */
    void restore(Cidr source, Instant time, int attempts);

    /** Takes in what an earlier run had counted, in place of what is known; only for counting by rate. */
    void restore(Cidr source, RateCount count);

    /** What to keep of the source besides its failures; nothing where the failures say it all. */
    Optional<RateCount> countOf(Cidr source);

    /** Forgets the sources that cannot matter any more when {@code findtime} before now is that time. */
    void forgetBefore(Instant time);

    /** What is kept of each source. */
    Sources sources();
}
