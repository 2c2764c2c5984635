package bailiff.config;

import java.io.Serial;

/** A value that cannot be understood; carries the place and the words for its {@link Problem}. */
final class BadValue extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    BadValue(Place place, String message) {
        super(message, null, false, false);
        this.place = place;
    }

    Problem problem() {
        return Problem.error(place, String.valueOf(getMessage()));
    }
}
