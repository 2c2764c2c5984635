package bailiff.enforce;

import java.util.List;

/** The firewall did not do what it was told; the message is one line in its own words. */
public final class FirewallException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String why;
    private final transient List<Change> failed;

    /** A failure that concerns no change in particular. */
    public FirewallException(String message) {
        this(message, List.of());
    }

    /** A failure that these changes suffered; all others of the same batch are in force. */
    public FirewallException(String message, List<Change> failed) {
        super(message);
        this.why = message;
        this.failed = List.copyOf(failed);
    }

    /** The message, never null. */
    public String why() {
        return why;
    }

    /** The changes that are not in force. */
    public List<Change> failed() {
        return failed;
    }
}
