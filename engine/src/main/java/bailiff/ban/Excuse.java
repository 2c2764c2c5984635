package bailiff.ban;

import bailiff.filter.Sighting;
import bailiff.net.IpAddress;

/** Says of a failure whether it is to be ignored: fail2ban's {@code ignorecommand}. */
@FunctionalInterface
public interface Excuse {

    /** What is known of that. */
    enum Answer {
        /** It counts. */
        NO,
        /** It is to be ignored. */
        YES,
        /** Nobody can say at present; then it does not count, for a wrong ban is worse than a missed one. */
        UNKNOWN
    }

    /** Whether that failure of the address is to be ignored. Called on the jail's thread, which waits for it. */
    Answer of(Sighting sighting, IpAddress address);
}
