package bailiff.guard;

import bailiff.control.Json;
import bailiff.evidence.site.CampaignNews;
import bailiff.evidence.site.Kind;
import bailiff.evidence.site.Standing;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Says in plain words how an address stands at a site, with the numbers, and what would let it in again. Stateless. */
final class StandingWords {

    private static final String EXCUSED = "Somebody has logged in from it in the last 90 days: nobody bans it for what others"
            + " do, and only what is not like those logins is refused.";

    private static final String WAY_IN = "What lets it in: a browser that has logged in there before, a new password by mail,"
            + " or its network in ignoreip.";

    private StandingWords() {}

    /** A row of {@code why}. */
    static Map<String, Object> row(String address, Standing standing) {
        return Json.of(
                "ip",
                address,
                "site",
                standing.site(),
                "campaign",
                standing.campaign().map(CampaignNews::name),
                "failures",
                standing.tried().map(Standing.Tried::failures).orElse(0),
                "toRefusal",
                standing.tried().map(Standing.Tried::toRefusal),
                "toBan",
                standing.tried().map(Standing.Tried::toBan),
                "succeeded",
                standing.succeeded(),
                "lines",
                lines(standing),
                "answer",
                "At " + standing.site() + ": "
                        + standing.tried()
                                .map(tried -> tried(tried, standing.succeeded()))
                                .orElse("it has never tried to log in."));
    }

    private static List<String> lines(Standing standing) {
        return Stream.of(
                        standing.campaign().map(StandingWords::campaign),
                        standing.neighbours()
                                .map(why -> "Its neighbours speak against it, where it comes without reading pages: " + why
                                        + "."),
                        Optional.of(EXCUSED).filter(_ -> standing.succeeded()),
                        Optional.of(WAY_IN).filter(_ -> isRefused(standing)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean isRefused(Standing standing) {
        boolean isForItself =
                standing.tried().filter(tried -> tried.toRefusal() == 0).isPresent();
        return !standing.succeeded()
                && (isForItself
                        || standing.campaign().isPresent()
                        || standing.neighbours().isPresent());
    }

    private static String tried(Standing.Tried tried, boolean succeeded) {
        String failed = tried.failures() == 0
                ? "no login of it has failed since the last that was accepted, in "
                        + counted(tried.attempts(), "attempt")
                : counted(tried.failures(), "failed login") + " without a success in "
                        + counted(tried.attempts(), "attempt") + " since " + Json.time(tried.first()) + ", the last at "
                        + Json.time(tried.last());
        return failed + outlook(tried, succeeded) + "." + refusal(tried);
    }

    private static String outlook(Standing.Tried tried, boolean succeeded) {
        if (succeeded || tried.failures() == 0) {
            return "";
        }
        return tried.toRefusal() == 0
                ? "; that is enough to refuse it, and " + tried.toBan() + " more would ban it"
                : "; " + tried.toRefusal() + " more refuse it, " + tried.toBan() + " more ban it";
    }

    private static String refusal(Standing.Tried tried) {
        String last = tried.refused()
                .map(time -> " It was refused last at " + Json.time(time) + ".")
                .orElse("");
        String chance = tried.chance()
                .filter(_ -> tried.toRefusal() == 0)
                .map(time -> " From " + Json.time(time) + " on it may try once more.")
                .orElse("");
        return last + chance;
    }

    private static String campaign(CampaignNews campaign) {
        return "It is of campaign %s, by how it asks (%s): with it %s made %s since %s, and %d were refused. That is %s."
                .formatted(
                        campaign.name(),
                        campaign.likeness(),
                        counted(campaign.sources(), "source"),
                        counted(campaign.attempts(), "attempt"),
                        Json.time(campaign.since()),
                        campaign.refused(),
                        sureness(campaign.powerOfTen()));
    }

    /** How sure a campaign is, with the number: {@code 10^5.5 times likelier in an attack than without one}. */
    static String sureness(double powerOfTen) {
        return String.format(Locale.ROOT, "10^%.1f times likelier in an attack than without one", powerOfTen);
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /**
     * What is to be said of a ban by evidence across addresses; empty for others.
     *
     * @param budget wrongful verdicts a site and year
     */
    static String ofBan(String evidence, double budget) {
        List<String> kinds = Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.ADDRESS)
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList();
        return kinds.contains(evidence)
                ? " What others did is part of it (" + evidence + "), within a budget of "
                        + (budget == Math.rint(budget) ? String.valueOf((long) budget) : String.valueOf(budget))
                        + " wrongful verdicts a site and year."
                : "";
    }
}
