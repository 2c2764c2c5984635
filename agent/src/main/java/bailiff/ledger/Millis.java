package bailiff.ledger;

import java.time.Instant;

/** Moments as the ledger stores them: milliseconds since 1970, with {@link Long#MAX_VALUE} for {@link Instant#MAX}. */
final class Millis {

    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE - 1);
    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);

    private Millis() {}

    /** Moments too far away for milliseconds become the last or first that are not. */
    static long of(Instant moment) {
        if (moment.equals(Instant.MAX)) {
            return Long.MAX_VALUE;
        }
        if (moment.isAfter(LAST)) {
            return Long.MAX_VALUE - 1;
        }
        return moment.isBefore(FIRST) ? Long.MIN_VALUE : moment.toEpochMilli();
    }

    static Instant instant(long millis) {
        return millis == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochMilli(millis);
    }
}
