package bailiff.evidence.site;

/** How many events in a day are too many for chance. */
final class Tails {

    /** Beyond every threshold of use; it ends the search whatever the arguments. */
    private static final int MOST = 1_000;

    private Tails() {}

    /** The least number that a Poisson variable of that mean reaches with at most {@code alpha}. */
    static int poisson(double mean, double alpha) {
        double each = Math.exp(-mean);
        double below = 0;
        for (int k = 0; k < MOST; k++) {
            if (1 - below <= alpha) {
                return k;
            }
            below += each;
            each *= mean / (k + 1);
        }
        return MOST;
    }

    /** The same for a negative binomial variable whose variance is twice its mean: people fail in clusters. */
    static int clustered(double mean, double alpha) {
        double each = Math.pow(0.5, mean);
        double below = 0;
        for (int k = 0; k < MOST; k++) {
            if (1 - below <= alpha) {
                return k;
            }
            below += each;
            each *= (k + mean) / (k + 1) * 0.5;
        }
        return MOST;
    }
}
