package bailiff.evidence.site;

/** What the Referer of an attempt says. Its text is never kept: it names what the client likes. */
public enum Origin {
    /** The sensor does not tell. */
    UNTOLD,
    /** There was none. */
    NONE,
    /** The door itself, as a browser says that sends the login form. */
    DOOR,
    /** Some other page. */
    ELSEWHERE
}
