package bailiff.evidence.site;

/** Whether the account that was tried exists. */
public enum Account {
    KNOWN,
    UNKNOWN,
    /** Whoever reported the attempt could not tell, as an access log cannot. */
    UNTOLD
}
