package bailiff.ban;

import java.time.Instant;

/**
 * The last ban of a subject, as far as the next one depends on it.
 *
 * @param bancount its number, at least 1; of all jails together, the sum of theirs
 * @param since when it began; of all jails together, the latest
 */
public record PastBan(int bancount, Instant since) {}
