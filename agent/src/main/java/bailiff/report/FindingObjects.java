package bailiff.report;

import bailiff.report.Findings.DoorRow;
import bailiff.report.Findings.SourceRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Findings as objects for scripts, each with its kind under {@code finding}. Not thread-safe. */
public final class FindingObjects {

    private static final int STEPS = 100_000;

    private final Findings findings;
    private final Whereabouts places;
    private final Disguise disguise;
    private final Wording words;

    /** For these findings, with addresses shown as {@code disguise} says. */
    public FindingObjects(Findings findings, Whereabouts places, Disguise disguise) {
        this.findings = findings;
        this.places = places;
        this.disguise = disguise;
        this.words = new Wording(findings, disguise);
    }

    /** Hands over one object after the other; the summary first. */
    public void each(Consumer<Map<String, @Nullable Object>> sink) {
        sink.accept(summary());
        EventObjects events = new EventObjects(findings, disguise, words);
        events.attacks(sink);
        findings.logs()
                .forEach(log -> sink.accept(Json.of(
                        "log",
                        "file",
                        log.name(),
                        "lines",
                        log.lines(),
                        "access",
                        log.access(),
                        "error",
                        log.errors(),
                        "auth",
                        log.auth())));
        hours(sink);
        findings.sources().forEach(row -> sink.accept(source(row)));
        findings.days()
                .forEach(row -> sink.accept(Json.of(
                        "day", "day", row.day().toString(), "sources", row.sources(), "attempts", row.attempts())));
        findings.users()
                .forEach(row -> sink.accept(Json.of(
                        "user",
                        "user",
                        disguise.of(row.user()),
                        "sources",
                        row.sources(),
                        "attempts",
                        row.attempts())));
        findings.rules()
                .forEach(row -> sink.accept(Json.of(
                        "rule",
                        "maxretry",
                        row.rule().maxretry(),
                        "findtime",
                        row.rule().findtime(),
                        "sources",
                        row.sources())));
        findings.doors().forEach(row -> sink.accept(door(row)));
        events.each(sink);
        new Advice(findings, words).lines().forEach(line -> sink.accept(Json.of("advice", "command", line)));
    }

    private Map<String, @Nullable Object> summary() {
        return Json.of(
                "summary",
                "shape",
                findings.shape().name().toLowerCase(Locale.ROOT),
                "text",
                text(),
                "from",
                Json.time(findings.from()),
                "to",
                Json.time(findings.to()),
                "requests",
                findings.requests(),
                "attempts",
                findings.attempts(),
                "served",
                findings.served(),
                "sources",
                findings.sourceCount(),
                "reaching",
                findings.reaching(),
                "once",
                findings.once(),
                "door",
                Json.name(findings.door().name()),
                "pace",
                Json.seconds(findings.paceMillis()),
                "gap",
                Json.seconds(findings.gapMillis()),
                "seenPercent",
                findings.seenPercent(),
                "letIn",
                findings.letIn(),
                "verified",
                findings.chronicle().verifiedAttempts(),
                "enumerations",
                findings.chronicle().enumerations(),
                "notLaidOut",
                findings.chronicle().beyond());
    }

    private String text() {
        Verdict verdict = new Verdict(findings, words);
        List<String> sentences = new ArrayList<>(verdict.alarm());
        sentences.addAll(verdict.sentences());
        return String.join(" ", sentences);
    }

    private void hours(Consumer<Map<String, @Nullable Object>> sink) {
        Timeline timeline = findings.chronicle().timeline();
        long[] pages = timeline.steps(Timeline.Line.PAGES, STEPS);
        long[] xmlrpc = timeline.steps(Timeline.Line.XMLRPC, STEPS);
        long[] login = timeline.steps(Timeline.Line.LOGIN, STEPS);
        long[] refused = timeline.steps(Timeline.Line.REFUSED, STEPS);
        long hours = timeline.stepHours(STEPS);
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] + xmlrpc[i] + login[i] + refused[i] > 0) {
                sink.accept(Json.of(
                        "hour",
                        "time",
                        Json.time(timeline.first() + i * hours * 3_600_000),
                        "hours",
                        hours,
                        "pages",
                        pages[i],
                        "xmlrpc",
                        xmlrpc[i],
                        "login",
                        login[i],
                        "refused",
                        refused[i]));
            }
        }
    }

    private Map<String, @Nullable Object> source(SourceRow row) {
        Whereabouts.Place place = places.of(row.network().first());
        return Json.of(
                "source",
                "ip",
                words.source(row.network()),
                "attempts",
                row.attempts(),
                "served",
                row.served(),
                "first",
                Json.time(row.first()),
                "last",
                Json.time(row.last()),
                "days",
                row.days(),
                "gap",
                Json.seconds(row.gapMillis()),
                "country",
                Json.known(place.country()),
                "registry",
                Json.known(place.registry()),
                "network",
                Json.known(place.network()),
                "asn",
                Json.known(place.asn()));
    }

    private static Map<String, @Nullable Object> door(DoorRow row) {
        Map<String, Long> answers = new LinkedHashMap<>();
        row.answers().forEach((status, count) -> answers.put(String.valueOf(status), count));
        return Json.of(
                "door",
                "door",
                Json.name(row.door().name()),
                "answers",
                answers,
                "open",
                row.open(),
                "since",
                row.since() == 0 ? null : Json.time(row.since()),
                "refusals",
                row.refusals());
    }
}
