package bailiff.config;

/** How much a {@link Problem} matters. */
public enum Severity {
    /** What was written cannot be done: the jail that needs it is left out. */
    ERROR,
    /** The jail runs, but not quite as written. */
    WARNING
}
