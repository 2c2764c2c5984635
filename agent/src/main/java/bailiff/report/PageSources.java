package bailiff.report;

import bailiff.report.Findings.SourceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of a page that tells who attacks. Not thread-safe. */
final class PageSources {

    private static final int MOST_SOURCES = 200;
    private static final int MOST_ATTACKS = 8;
    private static final int MOST_BACK = 50;

    private final Findings findings;
    private final Whereabouts places;
    private final Wording words;
    private final Html html;

    PageSources(Findings findings, Whereabouts places, Wording words, Html html) {
        this.findings = findings;
        this.places = places;
        this.words = words;
        this.html = html;
    }

    void write() {
        if (!findings.attacks().isEmpty()) {
            attacks();
        }
        if (!findings.isEmpty()) {
            sources();
        }
        Returns told = findings.returns();
        if (told != null) {
            back(told);
        }
    }

    private void attacks() {
        html.heading("What is one attack");
        html.paragraph("These attempts are alike in more than chance explains, whatever their addresses are.");
        html.table(
                List.of("attack", "addresses", "attempts", "sure", "all alike", "since", "latest"),
                Set.of(1, 2, 3),
                Set.of(4),
                findings.attacks().stream()
                        .limit(MOST_ATTACKS)
                        .map(row -> List.of(
                                row.name(),
                                Wording.number(row.sources()),
                                Wording.number(row.attempts()),
                                Wording.sure(row),
                                Wording.likeness(row.likeness()),
                                words.moment(row.since()).substring(0, 16),
                                words.moment(row.last()).substring(0, 16)))
                        .toList());
        int more = findings.attacks().size() - MOST_ATTACKS;
        if (more > 0) {
            html.soft("and " + Wording.number(more) + " smaller ones; --json has all of them");
        }
    }

    private void sources() {
        html.heading("Who: attempts per address");
        boolean known = !places.origins().isEmpty();
        List<String> names = new ArrayList<>(List.of("address", "attempts", "served", "days", "gap", "first", "last"));
        if (known) {
            names.addAll(1, List.of("country", "registry", "network", "AS"));
        }
        html.table(
                names,
                known ? Set.of(5, 6, 7, 8) : Set.of(1, 2, 3, 4),
                known ? Set.of(3) : Set.of(),
                findings.sources().stream()
                        .limit(MOST_SOURCES)
                        .map(row -> source(row, known))
                        .toList());
        int more = findings.sourceCount() - MOST_SOURCES;
        if (more > 0) {
            html.soft("and " + Wording.number(more) + " more addresses; --json has all of them");
        }
        html.soft(
                known
                        ? "Whose an address is: "
                                + places.origins().stream()
                                        .map(origin -> origin.file() + " of "
                                                + origin.date().toString().substring(0, 10))
                                        .collect(Collectors.joining(", "))
                                + "; --geo names another file."
                        : "Whose these addresses are is not known here: no database was found, and none was named with --geo.");
    }

    private List<String> source(SourceRow row, boolean known) {
        List<String> cells = new ArrayList<>(List.of(
                words.source(row.network()),
                Wording.number(row.attempts()),
                Wording.number(row.served()),
                String.valueOf(row.days()),
                Wording.span(row.gapMillis()),
                words.moment(row.first()),
                words.moment(row.last())));
        if (known) {
            Whereabouts.Place place = places.of(row.network().first());
            cells.addAll(1, List.of(place.country(), place.registry(), place.network(), place.asn()));
        }
        return cells;
    }

    private void back(Returns told) {
        html.heading("Who came back as a ban ended");
        html.paragraph(Wording.capital(words.returns(told)) + ". Most often " + told.limit()
                + " attempts come in a row: " + told.usual() + " of " + told.rows() + " times.");
        html.table(
                List.of("address", "times", "soonest after"),
                Set.of(1, 2),
                Set.of(),
                told.who().stream()
                        .limit(MOST_BACK)
                        .map(one -> List.of(
                                words.source(one.source()), Wording.number(one.times()), Wording.span(one.soonest())))
                        .toList());
    }
}
