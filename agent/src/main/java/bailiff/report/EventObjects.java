package bailiff.report;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Findings about single attempts, attacks and those who came back, as objects for scripts. Not thread-safe. */
final class EventObjects {

    private static final int MOST_EVENTS = 1_000;

    private final Findings findings;
    private final Disguise disguise;
    private final Wording words;

    EventObjects(Findings findings, Disguise disguise, Wording words) {
        this.findings = findings;
        this.disguise = disguise;
        this.words = words;
    }

    /** Who got in, and what is one attack. */
    void attacks(Consumer<Map<String, @Nullable Object>> sink) {
        findings.breakIns().forEach(one -> sink.accept(breakIn(one)));
        findings.attacks().forEach(row -> sink.accept(attack(row)));
    }

    /** Single attempts, and who came back. */
    void each(Consumer<Map<String, @Nullable Object>> sink) {
        findings.joined().stream().limit(MOST_EVENTS).forEach(event -> sink.accept(event("joined", event)));
        findings.culprits().forEach(event -> sink.accept(event("culprit", event)));
        Returns told = findings.returns();
        if (told != null) {
            sink.accept(Json.of(
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
            told.who()
                    .forEach(one -> sink.accept(Json.of(
                            "back",
                            "ip",
                            words.source(one.source()),
                            "times",
                            one.times(),
                            "soonest",
                            one.soonest() / 1_000.0)));
        }
    }

    private Map<String, @Nullable Object> breakIn(BreakIn one) {
        return Json.of(
                "breakin",
                "ip",
                words.source(one.source()),
                "time",
                Json.time(one.millis()),
                "door",
                Json.name(one.door().name()),
                "user",
                one.user().isEmpty() ? null : disguise.of(one.user()),
                "guesses",
                one.guesses(),
                "guessed",
                one.users().stream().map(disguise::of).toList(),
                "attack",
                Json.known(one.campaign()),
                "certain",
                one.certain());
    }

    private Map<String, @Nullable Object> attack(Attacks.Row row) {
        return Json.of(
                "attack",
                "name",
                row.name(),
                "likeness",
                row.likeness(),
                "since",
                Json.time(row.since()),
                "last",
                Json.time(row.last()),
                "sources",
                row.sources(),
                "attempts",
                row.attempts(),
                "powerOfTen",
                Math.round(row.powerOfTen() * 10) / 10.0);
    }

    private Map<String, @Nullable Object> event(String kind, Event event) {
        Attempt access = event.access();
        Attempt auth = event.auth();
        Attempt error = event.error();
        Texts texts = findings.chronicle().texts();
        return Json.of(
                kind,
                "time",
                Json.time(event.millis()),
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
}
