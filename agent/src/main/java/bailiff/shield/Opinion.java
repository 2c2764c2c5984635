package bailiff.shield;

import java.time.Instant;
import java.util.Optional;

/**
 * What else speaks for or against an attempt, besides bans. Asked by one thread at a time, while others wait for their
 * answers: it has to be quick, must not block and must not throw.
 */
public interface Opinion {

    /** Nothing is known of anybody. */
    Opinion NONE = new Opinion() {};

    /**
     * Why the attempt should be refused: a sentence for an administrator, with the numbers; nothing when it may be made.
     */
    default Optional<String> against(Question question, Instant now) {
        return Optional.empty();
    }

    /** Whether its source has logged in to that site before, so that it may hold several logins in one request. */
    default boolean hasSucceeded(Question question, Instant now) {
        return false;
    }
}
