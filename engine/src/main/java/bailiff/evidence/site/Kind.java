package bailiff.evidence.site;

/** A kind of evidence, with its share of the budget of wrongful verdicts. */
public enum Kind {
    /** What one source did itself. */
    ADDRESS(0.40),
    /** How many sources try one account. */
    USER(0.20),
    /** What the neighbours of a source did. */
    PREFIX(0.15),
    /** How many sources make the same request in the same way. */
    FINGERPRINT(0.15),
    /** How many new sources fail at the site at all. */
    SITE(0.10);

    private final double share;

    Kind(double share) {
        this.share = share;
    }

    /** The share of this kind; all shares are 1 together. */
    public double share() {
        return share;
    }
}
