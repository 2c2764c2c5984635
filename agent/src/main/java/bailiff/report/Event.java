package bailiff.report;

import bailiff.filter.Door;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, as all logs together tell of it.
 *
 * @param access what the access log says; null when it says nothing
 * @param auth what WordPress says; null when it says nothing
 * @param error what the server's error log says; null when it says nothing
 */
record Event(
        @Nullable Attempt access,
        @Nullable Attempt auth,
        @Nullable Attempt error) {

    private Attempt told() {
        Attempt first = access != null ? access : auth != null ? auth : error;
        if (first == null) {
            throw new IllegalStateException("an event that no log tells of");
        }
        return first;
    }

    long millis() {
        return told().millis();
    }

    int source() {
        return told().source();
    }

    Door door() {
        return told().door();
    }

    /** Whether WordPress had the work of it. */
    boolean isServed() {
        return access != null ? access.isServed() : auth != null;
    }

    boolean isRefused() {
        return access != null ? access.isRefused() : auth == null;
    }

    /** How many logs tell of it. */
    int logs() {
        return (access == null ? 0 : 1) + (auth == null ? 0 : 1) + (error == null ? 0 : 1);
    }
}
