package bailiff.guard;

import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.control.Request;
import bailiff.evidence.site.CampaignNews;
import bailiff.ledger.CampaignRecord;
import bailiff.ledger.LedgerException;
import bailiff.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Answers {@code campaigns}: which attacks by many addresses go on, and which went before. */
final class CampaignAnswers {

    private final Campaigns campaigns;

    CampaignAnswers(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    /** Gives the campaigns that were asked for, one of them with its sources, and how many sites are watched. */
    void of(Request request, Consumer<Map<String, Object>> row) throws ControlException, LedgerException {
        String name = request.text("name").orElse("");
        if (name.isEmpty()) {
            campaigns.list(request.has("all")).forEach(campaign -> row.accept(json(campaign)));
        } else {
            named(name).forEach(campaign -> row.accept(detail(campaign)));
        }
        row.accept(Json.of(
                "summary",
                Json.of(
                        "open",
                        campaigns.open().size(),
                        "sites",
                        campaigns.book().sites())));
    }

    /** Campaigns of several sites may have the same name. */
    private List<CampaignRecord> named(String name) throws ControlException, LedgerException {
        List<CampaignRecord> found = campaigns.list(true).stream()
                .filter(campaign -> campaign.news().name().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new ControlException(
                    ControlException.FAILED,
                    "There is no campaign '" + name + "'; 'bailiff campaigns --all' lists those that are known.");
        }
        return found;
    }

    private static Map<String, Object> detail(CampaignRecord campaign) {
        Map<String, Object> row = json(campaign);
        row.put("latest", campaign.news().latest().stream().map(Cidr::toString).toList());
        return row;
    }

    /** A campaign as the JSON contract has it. */
    static Map<String, Object> json(CampaignRecord campaign) {
        CampaignNews news = campaign.news();
        List<Map<String, Object>> users = news.accounts().stream()
                .map(user -> Json.of("user", user.getKey(), "attempts", user.getValue()))
                .toList();
        return Json.of(
                "name",
                news.name(),
                "site",
                news.site(),
                "since",
                Json.time(news.since()),
                "last",
                Json.time(news.last()),
                "until",
                campaign.over().map(Json::time),
                "sources",
                news.sources(),
                "attempts",
                news.attempts(),
                "refused",
                news.refused(),
                "banned",
                news.banned(),
                "users",
                users,
                "likeness",
                news.likeness(),
                "evidence",
                Math.round(news.powerOfTen() * 10) / 10.0,
                "open",
                campaign.over().isEmpty());
    }
}
