package bailiff.evidence;

/** How failures are counted. */
public enum Counting {

    /** Exactly: the failures that lie within {@code findtime}. */
    WINDOW,

    /**
     * As a running fail2ban does, {@code compat = fail2ban}: by rate, and whoever is silent for {@code findtime} is
     * forgotten. Its clean-up runs every five seconds or more; here it is as if it ran before every failure.
     */
    RATE,

    /** The same as {@link #RATE} without that clean-up: how fail2ban's counter counts when it reads old lines at once. */
    RATE_OF_BACKLOG;

    /** Whether this is one of fail2ban's. */
    public boolean isByRate() {
        return this != WINDOW;
    }
}
