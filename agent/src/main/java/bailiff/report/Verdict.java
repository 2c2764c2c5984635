package bailiff.report;

import bailiff.report.Findings.RuleRow;
import bailiff.report.Findings.SourceRow;
import java.util.ArrayList;
import java.util.List;

/** Says in a few sentences what is happening; who got in before all else. Not thread-safe. */
final class Verdict {

    /** So many of those who got in are named, on a screen. */
    private static final int MOST_NAMED = 3;

    private final Findings findings;
    private final Wording words;

    Verdict(Findings findings, Wording words) {
        this.findings = findings;
        this.words = words;
    }

    /** Who got in after having guessed; empty where nobody seems to. */
    List<String> alarm() {
        List<String> sentences = new ArrayList<>();
        findings.breakIns().stream().limit(MOST_NAMED).map(this::alarm).forEach(sentences::add);
        int more = findings.breakIns().size() - MOST_NAMED;
        if (more > 0) {
            sentences.add("And " + Wording.addresses(more) + " more.");
        }
        return sentences;
    }

    private String alarm(BreakIn one) {
        String who = words.source(one.source());
        String when = words.moment(one.millis());
        if (!one.certain()) {
            return "Perhaps somebody got in: " + who + " had another answer from " + Wording.door(one.door()) + " at "
                    + when + ", after " + Wording.count(one.guesses(), "failure", "failures") + ".";
        }
        String as = one.user().isEmpty() ? "" : " as " + words.user(one.user());
        String how = one.guesses() > 0
                ? "after " + Wording.count(one.guesses(), "failure", "failures")
                : "in the manner of attack " + one.campaign();
        return "SOMEBODY GOT IN: " + who + as + " at " + when + ", " + how + ".";
    }

    /** What is happening, in two sentences. */
    List<String> sentences() {
        return switch (findings.shape()) {
            case QUIET -> quiet();
            case DISTRIBUTED -> distributed();
            case RETURNING -> returning();
            case CONCENTRATED -> concentrated();
        };
    }

    private List<String> quiet() {
        String first = findings.isEmpty()
                ? "Nobody tried a door of WordPress in " + Wording.span(findings.to() - findings.from()) + "."
                : "Nothing that looks like an attack: " + Wording.count(findings.attempts(), "attempt", "attempts")
                        + " by " + Wording.addresses(findings.sourceCount()) + " in "
                        + Wording.span(findings.to() - findings.from()) + ".";
        return List.of(
                first,
                findings.isEmpty()
                        ? Wording.count(findings.chronicle().timeline().total(Timeline.Line.PAGES), "page", "pages")
                                + " were read meanwhile."
                        : "Failed attempts in such numbers are what people and stray robots make.");
    }

    private String attack() {
        long refused = findings.attempts() - findings.served();
        return Wording.addresses(findings.reaching()) + " sent "
                + Wording.count(reached(), "attempt", "attempts") + " to " + Wording.door(findings.door())
                + (reached() < findings.attempts() ? " (and " + Wording.number(refused) + " were refused)" : "");
    }

    /** The attempts that the findings are about: those that reached WordPress, where some did. */
    private long reached() {
        return findings.served() >= Examiner.FEWEST_ATTEMPTS ? findings.served() : findings.attempts();
    }

    private List<String> distributed() {
        String pace = findings.paceMillis() < 1_000 ? "" : ", one every " + Wording.span(findings.paceMillis());
        // One, where nearly all that reached WordPress is alike; else there may be several.
        boolean one = findings.attacks().stream().anyMatch(row -> row.sources() * 5 >= findings.reaching() * 4L);
        String first = (one ? "One" : "A") + " distributed attack: " + attack() + pace + ".";
        boolean blind = findings.rules().stream().allMatch(row -> row.sources() * 10 <= findings.reaching());
        return List.of(
                first,
                (blind ? "No limit per address sees it: " : "Limits per address see little of it: ") + words.rules()
                        + ".");
    }

    private List<String> returning() {
        Returns told = findings.returns();
        if (told == null) {
            return concentrated();
        }
        String first = attack() + " in " + Wording.span(findings.to() - findings.from()) + ", " + told.usual() + " of "
                + told.rows() + " sets of exactly " + told.limit() + ".";
        return List.of(first, Wording.capital(words.returns(told)) + ".");
    }

    private List<String> concentrated() {
        SourceRow top = findings.sources().getFirst();
        long share = top.attempts() * 100 / Math.max(1, findings.attempts());
        String first = attack() + " in " + Wording.span(findings.to() - findings.from()) + "; " + share
                + " % came from " + words.source(top.network()) + ".";
        RuleRow usual = findings.rules().getFirst();
        String second = "A limit of " + usual.rule().named() + " shuts out " + Wording.number(usual.sources())
                + " of them, who made " + findings.seenPercent() + " % of the attempts.";
        return List.of(first, second);
    }
}
