package bailiff.enforce;

import java.time.Instant;

/**
 * How long bans still last.
 *
 * @param now the time that is counted from
 */
record BanEnd(Instant now) {

    /** The ban is over, or to be ended. */
    static final long PAST = 0;

    /** The ban has no end. */
    static final long NEVER = -1;

    /** A hundred years, beyond which a ban is for ever; nft reads no more than eight digits of one unit. */
    private static final long LONGEST = 36_500L * 86_400;

    /** The seconds that the change has a ban last, rounded up; or {@link #PAST} or {@link #NEVER}. */
    long of(Change change) {
        if (!(change instanceof Change.Add add)) {
            return PAST;
        }
        Instant until = add.until();
        // The difference of the seconds of any two instants fits a long.
        long seconds = until.getEpochSecond() - now.getEpochSecond() + (until.getNano() > now.getNano() ? 1 : 0);
        if (seconds <= 0) {
            return PAST;
        }
        return seconds > LONGEST ? NEVER : seconds;
    }
}
