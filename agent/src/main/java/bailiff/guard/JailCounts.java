package bailiff.guard;

import bailiff.net.Cidr;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a jail has counted since the guard began. Not thread-safe: the jail's thread owns it. */
final class JailCounts {

    /** Failures that counted. */
    long found;
    /** Successes: lines that speak for their address. */
    long credited;
    /** Lines that may have been failures, with nobody to blame for certain. */
    long doubted;
    /** Failures of addresses that are never banned. */
    long spared;
    /** Lines longer than the reader's limit, left unread. */
    long overlong;
    /** Failures of an address whose ban should have kept it out. */
    long leaked;
    /** Whose the last of {@link #leaked} was. */
    @Nullable
    Cidr leakedBy;
    /**
     * How far the log's clock was behind ours at the last failure: a wrong time zone, or how old the backlog is. Old
     * failures are forgotten by the log's clock. Not negative.
     */
    Duration behind = Duration.ZERO;
}
