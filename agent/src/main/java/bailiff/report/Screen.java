package bailiff.report;

import bailiff.line.Printable;
import bailiff.net.Cidr;
import bailiff.report.Findings.DayRow;
import bailiff.report.Findings.SourceRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Findings on one screen of a terminal: 24 lines of 80 characters or more, when nobody asks for more. Not thread-safe. */
public final class Screen {

    /** Of the narrowest terminal. */
    public static final int NARROW = 80;

    /** Longer lines nobody can read. */
    public static final int WIDE = 132;

    /** What stands beside the bars of the chart. */
    private static final int CHART_MARGIN = 22;

    private static final int MOST_COLUMNS = 80;
    private static final int HEIGHT = 24;
    private static final int USUAL_TOP = 5;
    private static final int FEWEST_TOP = 3;
    private static final int ADDRESS = 16;
    private static final int FEWEST_ALIKE = 8;
    private static final int DAYS = 5;
    private static final int USERS = 4;
    private static final int LABEL = 8;
    private static final int MOST_ROWS = 2;

    private final Findings findings;
    private final Wording words;
    private final Whereabouts places;
    private final boolean colours;
    private final int width;
    private int addresses = ADDRESS;
    private final List<String> lines = new ArrayList<>();

    /**
     * For these findings.
     *
     * @param places whose addresses are
     * @param disguise how they are shown
     * @param colours whether whoever reads it takes colours
     * @param width characters in a line, {@link #NARROW} to {@link #WIDE}; others are taken for the nearest of these
     */
    public Screen(Findings findings, Whereabouts places, Disguise disguise, boolean colours, int width) {
        this.findings = findings;
        this.words = new Wording(findings, disguise);
        this.places = places;
        this.colours = colours;
        this.width = Math.clamp(width, NARROW, WIDE);
    }

    /** The lines, with as many sources as leave room for all else on one screen; at least three of them. */
    public List<String> lines() {
        int much = lines(USUAL_TOP).size() - HEIGHT;
        return lines(Math.clamp(USUAL_TOP - (long) much, FEWEST_TOP, USUAL_TOP));
    }

    /**
     * The lines.
     *
     * @param top how many sources are listed
     */
    public List<String> lines(int top) {
        lines.clear();
        Verdict verdict = new Verdict(findings, words);
        verdict.alarm().forEach(sentence -> wrap(sentence, "1;31"));
        verdict.sentences().forEach(sentence -> wrap(sentence, "1"));
        chart();
        if (!findings.isEmpty()) {
            sources(top);
            days();
            users();
            alike();
            add("Spacing", words.spacing() + ".");
            rules();
        }
        doors();
        joined();
        Returns told = findings.returns();
        if (told != null && findings.shape() != Findings.Shape.RETURNING) {
            add("Back", words.returns(told) + ".");
        }
        if (!findings.doors().isEmpty()) {
            add("Open", words.open() + ".");
        }
        advice();
        return lines.stream().map(String::stripTrailing).toList();
    }

    /** What the most addresses have in common; not two or three that may be one person's. */
    private void alike() {
        findings.attacks().stream()
                .filter(row -> row.sources() >= FEWEST_ALIKE)
                .limit(1)
                .forEach(row -> add("Alike", words.attack(row) + "."));
    }

    private int columns() {
        return Math.min(MOST_COLUMNS, width - CHART_MARGIN);
    }

    private void rules() {
        if (findings.shape() != Findings.Shape.DISTRIBUTED) {
            add("Limits", words.rules() + ".");
        }
    }

    private void chart() {
        Timeline timeline = findings.chronicle().timeline();
        if (timeline.isEmpty()) {
            return;
        }
        long hours = timeline.stepHours(columns());
        String step =
                hours % 24 == 0 ? Wording.count(hours / 24, "day", "days") : Wording.count(hours, "hour", "hours");
        lines.add(coloured(
                "2",
                cut("Served and refused, " + step + " a column, " + chartMoment(timeline.first()) + " to "
                        + chartMoment(timeline.end()) + " (" + words.zone() + ")")));
        row(timeline, Timeline.Line.PAGES, "pages", "32");
        row(timeline, Timeline.Line.XMLRPC, "xmlrpc", "31");
        row(timeline, Timeline.Line.LOGIN, "login", "31");
        row(timeline, Timeline.Line.FAILED, "failed", "31");
        row(timeline, Timeline.Line.REFUSED, "refused", "33");
    }

    /** With the year where there is room for it. */
    private String chartMoment(long millis) {
        return words.moment(millis).substring(width > NARROW ? 0 : 5, 16);
    }

    private void row(Timeline timeline, Timeline.Line line, String name, String colour) {
        long total = timeline.total(line);
        if (total > 0) {
            String bars = Bars.of(timeline.steps(line, columns()));
            lines.add("  " + pad(name, 8) + coloured(colour, bars) + " " + Wording.number(total));
        }
    }

    private void sources(int top) {
        boolean known = !places.origins().isEmpty();
        String whose = known ? "  whose" : "";
        addresses = findings.sources().stream()
                .limit(top)
                .mapToInt(row -> words.source(row.network()).length() + 1)
                .reduce(ADDRESS, Math::max);
        lines.add(coloured(
                "2",
                "  " + pad("source", addresses) + padLeft("attempts", 8) + padLeft("served", 8) + padLeft("days", 6)
                        + padLeft("gap", 14) + (known && width < WIDE ? "" : "  last" + " ".repeat(16)) + whose));
        findings.sources().stream().limit(top).forEach(row -> lines.add(source(row, known)));
        int more = findings.sourceCount() - top;
        List<String> rest = new ArrayList<>();
        if (more > 0) {
            long attempts = findings.sources().stream()
                    .skip(top)
                    .mapToLong(SourceRow::attempts)
                    .sum();
            rest.add("and " + Wording.count(more, "other", "others") + " with "
                    + Wording.count(attempts, "attempt", "attempts"));
        }
        rest.add(known ? dates() : "whose addresses these are: --geo FILE");
        lines.add(cut("  " + String.join("; ", rest)));
    }

    private String dates() {
        return "whose: "
                + places.origins().stream()
                        .map(origin -> Printable.text(name(origin.file()), 30) + " of "
                                + origin.date().toString().substring(0, 10))
                        .limit(2)
                        .collect(Collectors.joining(", "));
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private String source(SourceRow row, boolean known) {
        String line = "  " + pad(words.source(row.network()), addresses) + padLeft(Wording.number(row.attempts()), 8)
                + padLeft(Wording.number(row.served()), 8) + padLeft(String.valueOf(row.days()), 6)
                + padLeft(Wording.span(row.gapMillis()), 14);
        // A narrow screen has room for whose it is, or for when it was last seen.
        String last = "  " + words.moment(row.last());
        return cut(!known ? line + last : line + (width < WIDE ? "" : last) + "  " + whose(row.network()));
    }

    private String whose(Cidr network) {
        Whereabouts.Place place = places.of(network.first());
        return Printable.text(
                List.of(place.country(), place.registry(), place.asn(), place.network()).stream()
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" ")),
                40);
    }

    private void days() {
        List<DayRow> days = findings.days();
        if (days.size() < 2) {
            return;
        }
        String told = days.stream()
                .sorted(Comparator.comparingInt(DayRow::sources).reversed())
                .limit(DAYS)
                .sorted(Comparator.comparing(DayRow::day))
                .map(day -> day.day().toString().substring(5) + " " + Wording.number(day.sources()))
                .collect(Collectors.joining(", "));
        add("Sources", "a day: " + told + (days.size() > DAYS ? " (the busiest of " + days.size() + " days)." : "."));
    }

    private void users() {
        List<Findings.UserRow> users = findings.users();
        if (users.isEmpty()) {
            return;
        }
        String told = users.stream()
                .limit(USERS)
                .map(user -> words.user(user.user()) + " (" + Wording.number(user.attempts()) + " by "
                        + Wording.addresses(user.sources()) + ")")
                .collect(Collectors.joining(", "));
        int more = users.size() - USERS;
        add("Users", "under attack: " + told + (more > 0 ? " and " + more + " more." : "."));
    }

    private void doors() {
        String told = findings.doors().stream()
                .filter(row -> row.since() > 0 || !row.answers().isEmpty())
                .map(row -> Wording.door(row.door()) + " " + Wording.answers(row))
                .collect(Collectors.joining("; "));
        if (!told.isEmpty()) {
            add("Answers", told + ".");
        }
    }

    private void joined() {
        for (Event culprit : findings.culprits().stream()
                .sorted(Comparator.comparingInt(Event::logs).reversed())
                .limit(1)
                .toList()) {
            add("Culprit", words.event(culprit) + "; " + words.refusedBeside(culprit) + " others refused.");
        }
        int joined = findings.joined().size();
        if (joined > 0 && findings.culprits().isEmpty()) {
            add("Joined", words.event(findings.joined().getLast()) + " (1 of " + Wording.number(joined) + ").");
        } else if (joined > 0) {
            Event refused = findings.joined().stream()
                    .filter(event -> event.error() != null)
                    .findFirst()
                    .orElse(findings.joined().getLast());
            add("Joined", words.event(refused) + " (1 of " + Wording.number(joined) + ").");
        }
    }

    /** Commands are never cut: somebody is to copy them. */
    private void advice() {
        List<String> advice = new Advice(findings, words).lines();
        for (int i = 0; i < advice.size(); i++) {
            lines.add((i == 0 ? coloured("1", "Do now") + " " : " ".repeat(7)) + advice.get(i));
        }
    }

    private void add(String name, String text) {
        String rest = text;
        String label = coloured("1", name) + " ".repeat(Math.max(1, LABEL - name.length()));
        for (int i = 0; i < MOST_ROWS && !rest.isEmpty(); i++) {
            boolean last = i == MOST_ROWS - 1;
            int blank = rest.length() <= width - LABEL ? rest.length() : rest.lastIndexOf(' ', width - LABEL);
            int end = last || blank <= 0 ? Math.min(rest.length(), width - LABEL) : blank;
            lines.add(
                    (i == 0 ? label : " ".repeat(LABEL)) + (last ? cut(rest, width - LABEL) : rest.substring(0, end)));
            rest = rest.substring(end).strip();
        }
    }

    private void wrap(String sentence, String colour) {
        String rest = sentence;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            blank = blank <= 0 ? width : blank;
            lines.add(coloured(colour, rest.substring(0, blank)));
            rest = rest.substring(blank).strip();
        }
        lines.add(coloured(colour, rest));
    }

    private String coloured(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private String cut(String text) {
        return cut(text, width);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }

    private static String pad(String text, int room) {
        return String.format(Locale.ROOT, "%-" + room + "s", text);
    }

    private static String padLeft(String text, int room) {
        return String.format(Locale.ROOT, "%" + room + "s", text);
    }
}
