package bailiff.ban;

import bailiff.filter.Sighting;
import bailiff.net.IpAddress;

/** Says of a failure whether it is to be ignored: as fail2ban's {@code ignorecommand} does, or what else is asked. */
@FunctionalInterface
public interface Excuse {

    /** What is known of that. */
    enum Answer {
        /** It counts. */
        NO,
        /** It is to be ignored. */
        YES,
        /** Nobody can say at present; then it does not count, for a wrong ban is worse than a missed one. */
        UNKNOWN,
        /** Who was asked keeps it, and has it blamed by {@link Jail#blame} when he knows. */
        LATER
    }

    /** Whether that failure of the address is to be ignored. Called on the jail's thread, which waits for it. */
    Answer of(Sighting sighting, IpAddress address);
}
