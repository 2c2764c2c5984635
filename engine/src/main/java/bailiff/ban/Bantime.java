package bailiff.ban;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a ban lasts: fail2ban's {@code bantime}.
 *
 * @param length positive, or {@link #FOR_EVER}'s
 */
public record Bantime(Duration length) {

    /** The ban that only a person ends, {@code bantime = -1}. */
    public static final Bantime FOR_EVER = new Bantime(Duration.ofSeconds(Long.MAX_VALUE));

    public Bantime {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("bantime " + length + " is not positive");
        }
    }

    /** Whether the ban never ends. */
    public boolean isForEver() {
        return equals(FOR_EVER);
    }

    /** The end of a ban that begins then; {@link Instant#MAX} for one without an end. */
    public Instant endOf(Instant since) {
        return length.compareTo(Duration.between(since, Instant.MAX)) < 0 ? since.plus(length) : Instant.MAX;
    }

    /** Whole seconds as the JSON contract has them; -1 for ever. */
    public long seconds() {
        return isForEver() ? -1 : length.toSeconds();
    }
}
