package bailiff.config;

import java.util.Locale;
import java.util.Optional;

/**
 * What becomes of what a jail's lines tell of a site.
 *
 * @param use whether they are weighed as the evidence of the site
 * @param wrongbans wrongful verdicts a site and year that the owner accepts, above 0
 */
public record EvidenceOptions(Use use, double wrongbans) {

    /** What lines are to the evidence of a site. */
    public enum Use {
        /** Those that name a site are weighed. */
        AUTO,
        /** Nothing. */
        NO
    }

    /** What holds where no file says otherwise. */
    public static final EvidenceOptions USUAL = new EvidenceOptions(Use.AUTO, 1);

    /** Nothing is weighed. */
    public static final EvidenceOptions OFF = new EvidenceOptions(Use.NO, 1);

    /* Whoever accepts more has no use for evidence: every honest visitor of a small site would be wronged. */
    private static final double MOST = 100;

    /** Reads them; what is wrong goes to the problems. */
    static EvidenceOptions read(JailOptions options) {
        return new EvidenceOptions(use(options), options.positive("wrongbans", MOST, USUAL.wrongbans()));
    }

    private static Use use(JailOptions options) {
        Optional<Passage> value = options.text("evidence");
        String read = value.map(Passage::text).orElse("auto").strip().toLowerCase(Locale.ROOT);
        if (JailOptions.NO.contains(read)) {
            return Use.NO;
        }
        if (!read.equals("auto")) {
            options.wrong(value.orElseThrow(), "auto or no");
        }
        return Use.AUTO;
    }
}
