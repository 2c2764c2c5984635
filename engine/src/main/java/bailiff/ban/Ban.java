package bailiff.ban;

import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;

/**
 * One ban: who, in which jail, how long, and why.
 *
 * @param jail the jail whose ports are closed to the subject
 * @param subject the banned address or network
 * @param since when it began
 * @param until when it ends, exclusive; {@link Instant#MAX} for one that never does
 * @param bancount how often the subject has been banned in this jail, with this one: at least 1
 * @param failures the failures that led to it; 0 for a ban by hand
 * @param evidence the kind of evidence: {@code address}, or {@code user}, {@code site}, {@code prefix} or {@code
 *     fingerprint} where it is that of a whole site; {@code manual} for a ban by hand, or {@code import} for one that
 *     another program decided
 * @param reason the evidence in plain words
 */
public record Ban(
        String jail,
        Cidr subject,
        Instant since,
        Instant until,
        int bancount,
        int failures,
        String evidence,
        String reason) {

    /** {@link #evidence} of a ban by the failures of one address. */
    public static final String BY_ADDRESS = "address";

    /** {@link #evidence} of a ban that a person ordered. */
    public static final String BY_HAND = "manual";

    /** {@link #evidence} of a ban that another program decided, before this one took over. */
    public static final String TAKEN_OVER = "import";

    /** Whether it was decided here by what was seen, rather than by a person or another program. */
    public boolean isByEvidence() {
        return !evidence.equals(BY_HAND) && !evidence.equals(TAKEN_OVER);
    }

    /** Whether it ends only when somebody ends it. */
    public boolean isForEver() {
        return until.equals(Instant.MAX);
    }

    /** The same ban, as long as this one, beginning then. */
    public Ban from(Instant start) {
        Instant end = isForEver() ? until : start.plus(Duration.between(since, until));
        return new Ban(jail, subject, start, end, bancount, failures, evidence, reason);
    }

    /** The same ban with another end. */
    public Ban endingAt(Instant end) {
        return new Ban(jail, subject, since, end, bancount, failures, evidence, reason);
    }

    /** Whether it is over at that moment. */
    public boolean isOver(Instant now) {
        return !until.isAfter(now);
    }
}
