package bailiff.bench.compare;

import java.util.Locale;

/**
 * What was aimed at.
 *
 * @param text in words
 * @param measured the figure; NaN where something that it needs was not measured
 * @param least what the figure must at least be
 */
record Target(String text, double measured, double least) {

    /** One line of the last table. */
    String row() {
        String verdict = Double.isNaN(measured) ? "not measured" : measured >= least ? "met" : "MISSED";
        return String.format(Locale.ROOT, "%-13s %-72s %12.2f  (target %.2f)", verdict, text, measured, least);
    }
}
