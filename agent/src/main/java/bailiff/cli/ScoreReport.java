package bailiff.cli;

import bailiff.control.Json;
import bailiff.evidence.score.EvidenceRule;
import bailiff.evidence.score.Interval;
import bailiff.evidence.score.Score;
import bailiff.evidence.score.Scoring;
import bailiff.evidence.site.Campaign;
import bailiff.line.Printable;
import bailiff.net.Cidr;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What {@code replay --score} says of past requests: to a person as tables, to scripts as JSON Lines. */
final class ScoreReport {

    private final Scoring scoring;
    private final Optional<Truth> truth;
    private final PastRequests past;

    /**
     * @param past all that was read
     */
    ScoreReport(PastRequests past, Optional<Truth> truth) {
        this.past = past;
        scoring = past.scoring();
        this.truth = truth;
    }

    /** Whether the source attacked: as the file says, else by the rule that the summary states. */
    private boolean isAttacker(Cidr source) {
        return truth.isPresent() ? truth.get().attacked(source).orElse(false) : scoring.isAttacker(source);
    }

    private boolean isHonest(Cidr source) {
        return truth.isPresent() ? !truth.get().attacked(source).orElse(true) : !scoring.isAttacker(source);
    }

    void print(PrintWriter out) {
        Score.Sum attack = scoring.scores().getFirst().sum(this::isAttacker);
        Score.Sum honest = scoring.scores().getFirst().sum(this::isHonest);
        out.println(past.lines() + " lines, " + past.requests() + " requests: " + attack.attempts() + " attempts by "
                + attack.sources() + " attackers, " + honest.attempts() + " by " + honest.sources()
                + " honest sources.");
        out.println(
                truth.isPresent()
                        ? "Who attacked stands in the truth file; sources that it does not name are left out."
                        : "An attacker is who tried to log in, never with success, and is no verified service.");
        out.println();
        Table rules = new Table(
                "rule",
                "attackers stopped",
                "95 %",
                "attempts let through",
                "delay",
                "honest stopped",
                "honest banned",
                "95 %");
        scoring.scores().forEach(score -> row(rules, score));
        rules.print(out);
        out.println();
        Table kinds = new Table("evidence", "sources", "refused", "bans", "stopped by them");
        scoring.evidence()
                .shares()
                .forEach((kind, share) -> kinds.row(
                        kind.name().toLowerCase(Locale.ROOT),
                        share.sources(),
                        share.refused(),
                        share.bans(),
                        share.banned()));
        kinds.print(out);
        out.println();
        Table days = new Table("day (UTC)", "attempts", "let through");
        scoring.days().forEach((date, day) -> days.row(date, day.attempts(), day.through()));
        days.print(out);
        scoring.campaigns().forEach(campaign -> out.println(open(campaign)));
    }

    private void row(Table rules, Score score) {
        Score.Sum attack = score.sum(this::isAttacker);
        Score.Sum honest = score.sum(this::isHonest);
        rules.row(
                score.rule().name(),
                share(attack.flagged(), attack.sources()),
                range(attack.flagged(), attack.sources()),
                share(attack.through(), attack.attempts()),
                attack.flagged() == 0 ? "-" : span(attack.delay()),
                honest.flagged() + " of " + honest.sources(),
                honest.banned(),
                range(honest.banned(), honest.sources()));
    }

    private static String open(Campaign campaign) {
        return Printable.text("Open at the end: " + campaign.name() + ", " + campaign.sources() + " sources, "
                + campaign.attempts() + " attempts since " + campaign.since() + ": " + campaign.likeness());
    }

    private static String share(long part, long all) {
        return part + " of " + all + (all == 0 ? "" : String.format(Locale.ROOT, " = %.1f %%", 100.0 * part / all));
    }

    private static String range(long part, long all) {
        Interval interval = Interval.ofShare(part, all);
        return String.format(Locale.ROOT, "%.1f to %.1f %%", 100 * interval.low(), 100 * interval.high());
    }

    private static String span(long seconds) {
        Duration span = Duration.ofSeconds(seconds);
        return span.toHours() > 0
                ? span.toHours() + " h " + span.toMinutesPart() + " min"
                : span.toMinutes() > 0 ? span.toMinutes() + " min" : seconds + " s";
    }

    /** One object for each rule, kind of evidence, day and open campaign, and the summary last. */
    void json(Consumer<Map<String, ?>> out) {
        for (Score score : scoring.scores()) {
            Score.Sum attack = score.sum(this::isAttacker);
            Score.Sum honest = score.sum(this::isHonest);
            out.accept(Json.of(
                    "rule", score.rule().name(),
                    "attackers",
                            Json.of(
                                    "sources",
                                    attack.sources(),
                                    "stopped",
                                    attack.flagged(),
                                    "banned",
                                    attack.banned(),
                                    "attempts",
                                    attack.attempts(),
                                    "through",
                                    attack.through(),
                                    "delay",
                                    attack.flagged() == 0 ? -1 : attack.delay()),
                    "honest",
                            Json.of(
                                    "sources",
                                    honest.sources(),
                                    "stopped",
                                    honest.flagged(),
                                    "banned",
                                    honest.banned(),
                                    "attempts",
                                    honest.attempts(),
                                    "through",
                                    honest.through()),
                    "detection", rate(attack.flagged(), attack.sources()),
                    "falsePositives", rate(honest.banned(), honest.sources())));
        }
        for (Map.Entry<?, EvidenceRule.Share> entry :
                scoring.evidence().shares().entrySet()) {
            EvidenceRule.Share share = entry.getValue();
            out.accept(Json.of(
                    "evidence", entry.getKey().toString().toLowerCase(Locale.ROOT),
                    "sources", share.sources(),
                    "refused", share.refused(),
                    "bans", share.bans(),
                    "banned", share.banned()));
        }
        scoring.days()
                .forEach((date, day) -> out.accept(
                        Json.of("day", date.toString(), "attempts", day.attempts(), "through", day.through())));
        for (Campaign campaign : scoring.campaigns()) {
            out.accept(Json.of(
                    "campaign", campaign.name(),
                    "since", Json.time(campaign.since()),
                    "sources", campaign.sources(),
                    "attempts", campaign.attempts(),
                    "likeness", campaign.likeness()));
        }
        Score.Sum all = scoring.scores().getFirst().sum(_ -> true);
        out.accept(Json.of(
                "summary",
                Json.of(
                        "lines",
                        past.lines(),
                        "requests",
                        past.requests(),
                        "attempts",
                        all.attempts(),
                        "sources",
                        all.sources())));
    }

    private static Map<String, Object> rate(long part, long all) {
        Interval interval = Interval.ofShare(part, all);
        return Json.of("low", interval.low(), "high", interval.high());
    }
}
