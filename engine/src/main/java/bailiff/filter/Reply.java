package bailiff.filter;

/** How a door answered an attempt. */
public enum Reply {
    /** Let in. */
    SUCCESS,
    /** WordPress looked at the password, and it was wrong; or at the pingback, and it was none. */
    FAILURE,
    /** Turned away without a look at the password, by the web server, a plugin or WordPress. */
    REFUSED,
    /** The log does not tell. */
    UNKNOWN
}
