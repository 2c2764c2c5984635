package bailiff.evidence.site;

/** What came of an attempt. */
public enum Outcome {
    /** The login was accepted. */
    SUCCESS,
    /** The login was tested, and was wrong. */
    FAILURE,
    /** The web server or a firewall before it turned the attempt away, whoever made it (401, 403, 404, 405, 406, 407, 410, 444). */
    REFUSED,
    /** This guard refused it: whether the password was right is not known. */
    SHIELDED,
    /** The server could not answer (429, 5xx), or sent it elsewhere (301, 307, 308): no word on the password, but people do not go on for long then. */
    BROKEN,
    /** The answer does not tell. */
    UNKNOWN
}
