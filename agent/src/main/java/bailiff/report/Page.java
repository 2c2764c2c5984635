package bailiff.report;

import bailiff.report.Findings.DoorRow;
import bailiff.report.Findings.RuleRow;
import bailiff.report.Html.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Findings as one page that needs no other file, no script and no network: to be read on a telephone, sent, or printed. Not
 * thread-safe: for one use.
 */
public final class Page {

    private static final int MOST_USERS = 100;
    private static final int MOST_DAYS = 400;
    private static final int MOST_EVENTS = 200;

    private final Findings findings;
    private final Whereabouts places;
    private final Wording words;
    private final Verdict verdict;
    private final Html html;

    /** For these findings, with addresses shown as {@code disguise} says. */
    public Page(Findings findings, Whereabouts places, Disguise disguise) {
        this.findings = findings;
        this.places = places;
        this.words = new Wording(findings, disguise);
        this.verdict = new Verdict(findings, words);
        this.html = new Html(verdict.sentences().getFirst());
    }

    /** The whole page. */
    public String html() {
        head();
        chart();
        advice();
        new PageSources(findings, places, words, html).write();
        limits();
        openDoors();
        days();
        users();
        events("Answered while others were refused in the same second", findings.culprits());
        events("One event, as all logs tell of it", findings.joined());
        logs();
        return html.end();
    }

    private void head() {
        verdict.sentences().stream().skip(1).forEach(html::paragraph);
        if (!findings.breakIns().isEmpty()) {
            html.alarm(verdict.alarm());
        }
        if (!findings.isEmpty()) {
            html.figures(figures());
        }
        if (findings.from() <= findings.to()) {
            html.soft(Wording.count(findings.requests(), "request", "requests") + " from "
                    + words.moment(findings.from()) + " to " + words.moment(findings.to()) + " (" + words.zone() + "). "
                    + Wording.addresses(findings.letIn()) + " with a login that worked, and "
                    + Wording.count(findings.chronicle().verifiedAttempts(), "request", "requests")
                    + " of Jetpack's, are not counted as attack.");
        }
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("attacking addresses", Wording.number(findings.sourceCount())));
        figures.add(new Figure("attempts", Wording.number(findings.attempts())));
        if (findings.requests() > 0) {
            figures.add(new Figure("answered by WordPress", Wording.number(findings.served())));
        }
        if (!findings.users().isEmpty()) {
            figures.add(new Figure(
                    "users guessed at", Wording.number(findings.users().size())));
        }
        figures.add(new Figure("from the first to the last", Wording.span(findings.to() - findings.from())));
        if (findings.gapMillis() >= 0) {
            figures.add(new Figure("pause of an address", Wording.span(findings.gapMillis())));
        }
        return figures;
    }

    private void chart() {
        Timeline timeline = findings.chronicle().timeline();
        if (!timeline.isEmpty()) {
            html.heading("What WordPress served, and what the server refused");
            html.drawing(TimelineChart.svg(timeline, words));
        }
    }

    private void openDoors() {
        if (findings.doors().isEmpty()) {
            return;
        }
        html.heading("Which doors answered what");
        html.paragraph("Open: " + words.open() + ".");
        html.table(
                List.of("door", "answers", "latest"),
                Set.of(),
                Set.of(),
                findings.doors().stream().map(this::door).toList());
    }

    private List<String> door(DoorRow row) {
        String latest =
                row.since() == 0 ? "" : (row.open() ? "answered at " : "refused since ") + words.moment(row.since());
        return List.of(Wording.door(row.door()), Wording.answers(row), latest);
    }

    private void advice() {
        html.heading("What to do now");
        html.commands(new Advice(findings, words).lines());
    }

    private void limits() {
        if (findings.isEmpty()) {
            return;
        }
        html.heading("Why a limit per address sees it, or does not");
        html.paragraph(Wording.capital(words.spacing()) + ".");
        html.table(
                List.of("limit", "addresses that reach it", "of"),
                Set.of(1, 2),
                Set.of(),
                findings.rules().stream().map(this::limit).toList());
    }

    private List<String> limit(RuleRow row) {
        return List.of(row.rule().named(), Wording.number(row.sources()), Wording.number(findings.reaching()));
    }

    private void days() {
        if (findings.days().size() > 1) {
            html.heading("Addresses a day");
            html.table(
                    List.of("day", "addresses", "attempts"),
                    Set.of(1, 2),
                    Set.of(),
                    findings.days().stream()
                            .limit(MOST_DAYS)
                            .map(day -> List.of(
                                    day.day().toString(),
                                    Wording.number(day.sources()),
                                    Wording.number(day.attempts())))
                            .toList());
        }
    }

    private void users() {
        if (!findings.users().isEmpty()) {
            html.heading("User names under attack");
            html.table(
                    List.of("user", "attempts", "addresses"),
                    Set.of(1, 2),
                    Set.of(),
                    findings.users().stream()
                            .limit(MOST_USERS)
                            .map(user -> List.of(
                                    words.user(user.user()),
                                    Wording.number(user.attempts()),
                                    Wording.number(user.sources())))
                            .toList());
            more(findings.users().size() - MOST_USERS, "names");
        }
    }

    private void events(String title, List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        html.heading(title);
        html.table(
                List.of("time", "address", "request", "status", "WordPress", "error log"),
                Set.of(),
                Set.of(2, 5),
                events.stream().limit(MOST_EVENTS).map(this::event).toList());
        more(events.size() - MOST_EVENTS, "events");
    }

    private List<String> event(Event event) {
        Texts texts = findings.chronicle().texts();
        Attempt access = event.access();
        Attempt auth = event.auth();
        Attempt error = event.error();
        return List.of(
                words.moment(event.millis()),
                words.source(event.source()),
                access == null ? "" : texts.text(access.text()),
                access == null ? "" : String.valueOf(access.status()),
                auth == null ? "" : words.word(auth),
                error == null ? "" : texts.text(error.text()));
    }

    private void logs() {
        html.heading("What was read");
        html.table(
                List.of("log", "lines", "requests", "errors", "logins"),
                Set.of(1, 2, 3, 4),
                Set.of(0),
                findings.logs().stream()
                        .map(log -> List.of(
                                words.hides() ? "log" : log.name(),
                                Wording.number(log.lines()),
                                Wording.number(log.access()),
                                Wording.number(log.errors()),
                                Wording.number(log.auth())))
                        .toList());
        ClockShift auth = findings.events().auth();
        ClockShift errors = findings.events().errors();
        if (!auth.isNone() || !errors.isNone()) {
            html.soft("Logs without a zone or a year were put right by the events that they share with the access log: "
                    + shift("WordPress's", auth) + shift("the error log", errors) + "see --timezone and --now.");
        }
        if (findings.chronicle().beyond() > 0) {
            html.soft(Wording.number(findings.chronicle().beyond()) + " attempts beyond the first "
                    + Wording.number(Chronicle.MOST_ATTEMPTS) + " are counted, but not laid out one by one.");
        }
    }

    private static String shift(String name, ClockShift shift) {
        return shift.isNone()
                ? ""
                : name + " by " + shift.years() + " years and " + shift.quarters() * 15 + " minutes, "
                        + Wording.count(shift.agreeing(), "line agrees", "lines agree") + "; ";
    }

    private void more(int more, String what) {
        if (more > 0) {
            html.soft("and " + Wording.number(more) + " more " + what + "; --json has more of them");
        }
    }
}
