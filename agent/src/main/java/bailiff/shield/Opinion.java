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

    /** Why the attempt should be refused; nothing when it may be made. */
    default Optional<Objection> against(Question question, Instant now) {
        return Optional.empty();
    }

    /** Whether its source has logged in to that site before, so that it may hold several logins in one request. */
    default boolean hasSucceeded(Question question, Instant now) {
        return false;
    }

    /**
     * Is told what was answered to whoever may be refused at all, so that what comes of the attempt is understood.
     *
     * @param refused whether the attempt is refused; not where the guard only observes
     */
    default void answered(Question question, boolean refused, Instant now) {}

    /** Both: what either has against the attempt, the first one first. */
    default Opinion and(Opinion other) {
        Opinion first = this;
        return new Opinion() {
            @Override
            public Optional<Objection> against(Question question, Instant now) {
                return first.against(question, now).or(() -> other.against(question, now));
            }

            @Override
            public boolean hasSucceeded(Question question, Instant now) {
                return first.hasSucceeded(question, now) || other.hasSucceeded(question, now);
            }

            @Override
            public void answered(Question question, boolean refused, Instant now) {
                first.answered(question, refused, now);
                other.answered(question, refused, now);
            }
        };
    }
}
