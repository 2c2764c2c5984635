package bailiff.evidence.site;

/**
 * How many wrongful verdicts the owner of a site accepts, and how far each kind of evidence may go for its share.
 *
 * <p>A kind may be wrong {@code perYear * share} times a year. It is asked once for each honest source that comes new to
 * the site in a year, so each time it may err with that, divided by their number: Bonferroni's bound, which needs no
 * independence. Immutable.
 *
 * @param perYear wrongful verdicts a site and year, above 0
 */
public record Allowance(double perYear) {

    /** One a site and year. */
    public static final Allowance USUAL = new Allowance(1);

    /**
     * Honest sources that fail at a small site in a year, until it has shown its own number: some twenty people whose
     * addresses change every three weeks.
     */
    static final double DESIGN_SOURCES = 400;

    /** A ban takes ten times the evidence of a refusal: a refused person may come in by another way, a banned one not. */
    private static final double BAN = Math.log(10);

    /** And a hundred times where the site has not shown enough successes to tell what is usual there. */
    private static final double BAN_UNCALIBRATED = Math.log(100);

    public Allowance {
        if (!(perYear > 0)) {
            throw new IllegalArgumentException("A budget of " + perYear + " wrongful verdicts allows none at all.");
        }
    }

    /**
     * The logarithm of the likelihood ratio from which on a source is refused.
     *
     * @param opportunities how often a year this kind looks at somebody honest
     */
    double refusal(Kind kind, double opportunities) {
        return Math.log(opportunities / (perYear * kind.share()));
    }

    /** The same, from which on it is banned. */
    double ban(Kind kind, double opportunities, boolean calibrated) {
        return refusal(kind, opportunities) + (calibrated ? BAN : BAN_UNCALIBRATED);
    }
}
