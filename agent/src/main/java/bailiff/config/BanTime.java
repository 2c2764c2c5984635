package bailiff.config;

import java.time.Duration;

/** How long a ban lasts. */
public sealed interface BanTime {

    /** Until its time is over; the length is longer than zero. */
    record Lasting(Duration length) implements BanTime {
        public Lasting {
            if (length.isNegative() || length.isZero()) {
                throw new IllegalArgumentException("a ban lasts longer than " + length);
            }
        }
    }

    /** Until somebody lifts it. */
    record Forever() implements BanTime {}

    /** The one value of {@link Forever}. */
    BanTime FOREVER = new Forever();
}
