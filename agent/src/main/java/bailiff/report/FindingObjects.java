package bailiff.report;

import bailiff.report.Findings.DoorRow;
import bailiff.report.Findings.SourceRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Findings as objects for scripts, each with its kind under {@code finding}. Not thread-safe. */
public final class FindingObjects {

    private static final int MOST_EVENTS = 1_000;
    private static final int STEPS = 100_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

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
        findings.breakIns().forEach(one -> sink.accept(breakIn(one)));
        findings.attacks().forEach(row -> sink.accept(attack(row)));
        findings.logs()
                .forEach(log -> sink.accept(of(
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
                .forEach(row -> sink.accept(
                        of("day", "day", row.day().toString(), "sources", row.sources(), "attempts", row.attempts())));
        findings.users()
                .forEach(row -> sink.accept(of(
                        "user",
                        "user",
                        disguise.of(row.user()),
                        "sources",
                        row.sources(),
                        "attempts",
                        row.attempts())));
        findings.rules()
                .forEach(row -> sink.accept(of(
                        "rule",
                        "maxretry",
                        row.rule().maxretry(),
                        "findtime",
                        row.rule().findtime(),
                        "sources",
                        row.sources())));
        findings.doors().forEach(row -> sink.accept(door(row)));
        findings.joined().stream().limit(MOST_EVENTS).forEach(event -> sink.accept(event("joined", event)));
        findings.culprits().forEach(event -> sink.accept(event("culprit", event)));
        Returns told = findings.returns();
        if (told != null) {
            sink.accept(of(
                    "returned",
                    "bantime",
                    told.bantime(),
                    "times",
                    told.times(),
                    "sources",
                    told.sources(),
                    "soonest",
                    told.soonest() / 1_000.0,
                    "set",
                    told.limit(),
                    "sets",
                    told.usual(),
                    "allSets",
                    told.rows()));
            told.who().forEach(one -> sink.accept(of(
                    "back",
                    "ip",
                    words.source(one.source()),
                    "times",
                    one.times(),
                    "soonest",
                    one.soonest() / 1_000.0)));
        }
        new Advice(findings, words).lines().forEach(line -> sink.accept(of("advice", "command", line)));
    }

    private Map<String, @Nullable Object> summary() {
        return of(
                "summary",
                "shape",
                findings.shape().name().toLowerCase(Locale.ROOT),
                "text",
                text(),
                "from",
                time(findings.from()),
                "to",
                time(findings.to()),
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
                name(findings.door().name()),
                "pace",
                seconds(findings.paceMillis()),
                "gap",
                seconds(findings.gapMillis()),
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

    private Map<String, @Nullable Object> breakIn(BreakIn one) {
        return of(
                "breakin",
                "ip",
                words.source(one.source()),
                "time",
                time(one.millis()),
                "door",
                name(one.door().name()),
                "user",
                one.user().isEmpty() ? null : disguise.of(one.user()),
                "guesses",
                one.guesses(),
                "guessed",
                one.users().stream().map(disguise::of).toList(),
                "attack",
                known(one.campaign()),
                "certain",
                one.certain());
    }

    private Map<String, @Nullable Object> attack(Attacks.Row row) {
        return of(
                "attack",
                "name",
                row.name(),
                "likeness",
                row.likeness(),
                "since",
                time(row.since()),
                "last",
                time(row.last()),
                "sources",
                row.sources(),
                "attempts",
                row.attempts(),
                "powerOfTen",
                Math.round(row.powerOfTen() * 10) / 10.0);
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
                sink.accept(of(
                        "hour",
                        "time",
                        time(timeline.first() + i * hours * 3_600_000),
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
        return of(
                "source",
                "ip",
                words.source(row.network()),
                "attempts",
                row.attempts(),
                "served",
                row.served(),
                "first",
                time(row.first()),
                "last",
                time(row.last()),
                "days",
                row.days(),
                "gap",
                seconds(row.gapMillis()),
                "country",
                known(place.country()),
                "registry",
                known(place.registry()),
                "network",
                known(place.network()),
                "asn",
                known(place.asn()));
    }

    private static Map<String, @Nullable Object> door(DoorRow row) {
        Map<String, Long> answers = new LinkedHashMap<>();
        row.answers().forEach((status, count) -> answers.put(String.valueOf(status), count));
        return of(
                "door",
                "door",
                name(row.door().name()),
                "answers",
                answers,
                "open",
                row.open(),
                "since",
                row.since() == 0 ? null : time(row.since()),
                "refusals",
                row.refusals());
    }

    private Map<String, @Nullable Object> event(String kind, Event event) {
        Attempt access = event.access();
        Attempt auth = event.auth();
        Attempt error = event.error();
        Texts texts = findings.chronicle().texts();
        return of(
                kind,
                "time",
                time(event.millis()),
                "ip",
                words.source(event.source()),
                "request",
                access == null ? null : texts.text(access.text()),
                "status",
                access == null ? null : access.status(),
                "bytes",
                access == null || access.bytes() < 0 ? null : access.bytes(),
                "user",
                auth == null || auth.text() < 0 ? null : disguise.of(texts.text(auth.text())),
                "failed",
                auth != null && !auth.isAccepted(),
                "accepted",
                auth != null && auth.isAccepted(),
                "error",
                error == null ? null : texts.text(error.text()));
    }

    private static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Double seconds(long millis) {
        return millis < 0 ? null : millis / 1_000.0;
    }

    private static String name(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    private static Map<String, @Nullable Object> of(String finding, @Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("finding", finding);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return object;
    }
}
