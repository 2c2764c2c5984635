package bailiff.report;

import bailiff.line.Printable;
import bailiff.report.Findings.DoorRow;
import bailiff.report.Findings.RuleRow;
import bailiff.report.Findings.SourceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Findings as one page that needs no other file, no script and no network: to be read on a telephone, sent, or printed. Not
 * thread-safe.
 */
public final class Page {

    private static final int MOST_SOURCES = 200;
    private static final int MOST_USERS = 100;
    private static final int MOST_DAYS = 400;
    private static final int MOST_EVENTS = 200;

    private final Findings findings;
    private final Whereabouts places;
    private final Wording words;
    private final Disguise disguise;
    private final StringBuilder page = new StringBuilder(64_000);

    /** For these findings, with addresses shown as {@code disguise} says. */
    public Page(Findings findings, Whereabouts places, Disguise disguise) {
        this.findings = findings;
        this.places = places;
        this.disguise = disguise;
        this.words = new Wording(findings, disguise);
    }

    /** The whole page. */
    public String html() {
        page.setLength(0);
        head();
        chart();
        openDoors();
        advice();
        sources();
        limits();
        days();
        users();
        events("One event, as all logs tell of it", findings.joined());
        events("Answered while others were refused in the same second", findings.culprits());
        logs();
        return page.append("</main></body></html>\n").toString();
    }

    private void head() {
        page.append("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <title>What happened</title>
                <style>
                :root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#c9d1d9;--soft:#57606a;--bad:#c0392b;--good:#2c7a4b;--held:#b7791f}
                @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--line:#30363d;--soft:#9da7b1;--bad:#ff7b72;--good:#56d364;--held:#e3b341}}
                body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
                main{max-width:60rem;margin:auto;padding:1rem}
                h1{font-size:1.5rem;line-height:1.3}h2{font-size:1.1rem;margin-top:2rem}
                .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
                th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);white-space:nowrap}
                td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}td.t{white-space:normal;overflow-wrap:anywhere}
                pre{background:color-mix(in srgb,var(--ink) 7%,transparent);padding:.75rem;white-space:pre-wrap;overflow-wrap:anywhere}
                .soft{color:var(--soft)}svg{width:100%;min-width:40rem;height:auto;display:block}
                .pages{fill:var(--good)}.xmlrpc{fill:var(--bad)}.login{fill:var(--bad);opacity:.6}.refused{fill:var(--held)}
                svg text{fill:var(--soft);font:12px system-ui,sans-serif}
                @media print{main{max-width:none}svg{min-width:0}h2,tr,svg{break-inside:avoid}}
                </style></head><body><main>
                """);
        List<String> verdict = words.verdict();
        page.append("<h1>").append(escaped(verdict.getFirst())).append("</h1>\n");
        verdict.stream().skip(1).forEach(this::paragraph);
        if (findings.from() <= findings.to()) {
            soft(Wording.count(findings.requests(), "request", "requests") + " from " + words.moment(findings.from())
                    + " to " + words.moment(findings.to()) + " (" + words.zone() + "). "
                    + Wording.addresses(findings.letIn()) + " with a login that worked, and "
                    + Wording.count(findings.chronicle().verifiedAttempts(), "request", "requests")
                    + " of Jetpack's, are not counted as attack.");
        }
    }

    private void chart() {
        Timeline timeline = findings.chronicle().timeline();
        if (!timeline.isEmpty()) {
            heading("What WordPress served, and what the server refused");
            page.append("<div class=\"wide\">")
                    .append(TimelineChart.svg(timeline, words))
                    .append("</div>\n");
        }
    }

    private void openDoors() {
        if (findings.doors().isEmpty()) {
            return;
        }
        heading("Which doors answered what");
        paragraph("Open: " + words.open() + ".");
        table(
                List.of("door", "answers", "latest"),
                0,
                findings.doors().stream().map(this::door).toList());
    }

    private List<String> door(DoorRow row) {
        String latest = row.since() == 0 ? "" : (row.open() ? "answered " : "refused ") + words.moment(row.since());
        return List.of(Wording.door(row.door()), Wording.answers(row), latest);
    }

    private void advice() {
        heading("What to do now");
        page.append("<pre>");
        words.advice().forEach(line -> page.append(escaped(line)).append('\n'));
        page.append("</pre>\n");
    }

    private void sources() {
        if (findings.isEmpty()) {
            return;
        }
        heading("Who: attempts per address");
        boolean known = !places.origins().isEmpty();
        List<String> names = new ArrayList<>(List.of("address", "attempts", "served", "days", "gap", "first", "last"));
        if (known) {
            names.addAll(List.of("country", "registry", "network", "AS"));
        }
        table(
                names,
                4,
                findings.sources().stream()
                        .limit(MOST_SOURCES)
                        .map(row -> source(row, known))
                        .toList());
        more(findings.sourceCount() - MOST_SOURCES, "addresses");
        soft(
                known
                        ? "Whose an address is: "
                                + places.origins().stream()
                                        .map(origin -> origin.file() + " of "
                                                + origin.date().toString().substring(0, 10))
                                        .collect(Collectors.joining(", "))
                                + "."
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
            cells.addAll(List.of(place.country(), place.registry(), place.network(), place.asn()));
        }
        return cells;
    }

    private void limits() {
        if (findings.isEmpty()) {
            return;
        }
        heading("Why a limit per address sees it, or does not");
        paragraph(capital(words.spacing()) + ".");
        table(
                List.of("limit", "addresses that reach it", "of"),
                0,
                findings.rules().stream().map(this::limit).toList());
        Returns told = findings.returns();
        if (told != null) {
            paragraph(capital(words.returns(told)) + ". Most often " + told.limit() + " attempts come in a row: "
                    + told.usual() + " of " + told.rows() + " times.");
        }
    }

    private List<String> limit(RuleRow row) {
        return List.of(row.rule().named(), Wording.number(row.sources()), Wording.number(findings.sourceCount()));
    }

    private void days() {
        if (findings.days().size() > 1) {
            heading("Addresses a day");
            table(
                    List.of("day", "addresses", "attempts"),
                    2,
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
            heading("User names under attack");
            table(
                    List.of("user", "attempts", "addresses"),
                    2,
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
        heading(title);
        Texts texts = findings.chronicle().texts();
        table(
                List.of("time", "address", "request", "status", "WordPress", "error log"),
                0,
                events.stream()
                        .limit(MOST_EVENTS)
                        .map(event -> event(event, texts))
                        .toList());
        more(events.size() - MOST_EVENTS, "events");
    }

    private List<String> event(Event event, Texts texts) {
        Attempt access = event.access();
        Attempt auth = event.auth();
        Attempt error = event.error();
        return List.of(
                words.moment(event.millis()),
                words.source(event.source()),
                access == null ? "" : texts.text(access.text()),
                access == null ? "" : String.valueOf(access.status()),
                auth == null ? "" : auth.text() < 0 ? "failure" : "failed as " + words.user(texts.text(auth.text())),
                error == null ? "" : texts.text(error.text()));
    }

    private void logs() {
        heading("What was read");
        table(
                List.of("log", "lines", "requests", "errors", "failures"),
                0,
                findings.logs().stream()
                        .map(log -> List.of(
                                disguise.hides() ? "log" : log.name(),
                                Wording.number(log.lines()),
                                Wording.number(log.access()),
                                Wording.number(log.errors()),
                                Wording.number(log.auth())))
                        .toList());
        ClockShift auth = findings.events().auth();
        ClockShift errors = findings.events().errors();
        if (!auth.isNone() || !errors.isNone()) {
            soft("Logs without a zone or a year were put right by the events that they share with the access log: "
                    + shift("WordPress's", auth) + shift("the error log", errors) + "see --timezone and --now.");
        }
        if (findings.chronicle().beyond() > 0) {
            soft(Wording.number(findings.chronicle().beyond()) + " attempts beyond the first "
                    + Wording.number(Chronicle.MOST_ATTEMPTS) + " are counted, but not laid out one by one.");
        }
    }

    private static String shift(String name, ClockShift shift) {
        return shift.isNone()
                ? ""
                : name + " by " + shift.years() + " years and " + shift.quarters() * 15 + " minutes, "
                        + Wording.count(shift.agreeing(), "line agrees", "lines agree") + "; ";
    }

    private void heading(String text) {
        page.append("<h2>").append(escaped(text)).append("</h2>\n");
    }

    private void paragraph(String text) {
        page.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private void soft(String text) {
        page.append("<p class=\"soft\">").append(escaped(text)).append("</p>\n");
    }

    private void more(int more, String what) {
        if (more > 0) {
            soft("and " + Wording.number(more) + " more " + what + "; --json has all of them");
        }
    }

    /** A table in which the columns from the second on, up to that number of them, are numbers. */
    private void table(List<String> names, int numbers, List<List<String>> rows) {
        page.append("<div class=\"wide\"><table><tr>");
        cells(names, "th", numbers);
        page.append("</tr>\n");
        for (List<String> row : rows) {
            page.append("<tr>");
            cells(row, "td", numbers);
            page.append("</tr>\n");
        }
        page.append("</table></div>\n");
    }

    private void cells(List<String> texts, String tag, int numbers) {
        for (int i = 0; i < texts.size(); i++) {
            boolean number = i >= 1 && i <= numbers;
            page.append('<').append(tag).append(number ? " class=\"n\">" : ">");
            page.append(escaped(texts.get(i))).append("</").append(tag).append('>');
        }
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Hostile text as text of a page: nothing in it begins a tag, ends an attribute, or turns the writing around. */
    static String escaped(String hostile) {
        return Printable.text(hostile)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
