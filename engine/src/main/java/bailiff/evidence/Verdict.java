package bailiff.evidence;

import bailiff.net.Cidr;
import java.time.Instant;

/** What the evidence on a source comes to. */
public sealed interface Verdict {

    /** The source: one address, or the IPv6 network that counts as one. */
    Cidr subject();

    /** Its failures that count, at least 1. */
    int failures();

    /** Not enough yet. */
    record Nothing(Cidr subject, int failures) implements Verdict {}

    /**
     * Enough: ban it. The source's failures are spent with this verdict, and counting begins anew.
     *
     * @param time the latest of its failures, by the log's clock
     * @param reason the evidence in plain words, for the owner
     */
    record Ban(Cidr subject, Instant time, int failures, String reason) implements Verdict {}
}
