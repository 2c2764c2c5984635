package bailiff.ledger;

import bailiff.evidence.site.CampaignNews;
import bailiff.net.Cidr;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Campaigns as they lie in the ledger. Stateless. */
final class CampaignRows {

    /** Campaigns that are kept; beyond, those that are over and were seen longest ago go. At most 8 KB each. */
    static final int MOST = 2_000;

    /** More than the name of any site, and than any fingerprint. */
    private static final int LONGEST = 500;

    private static final Pattern BREAKS = Pattern.compile("\\R");

    private static final String COLUMNS =
            "SELECT site, name, since, last, over, sources, attempts, refused, banned, users, likeness, powerOfTen,"
                    + " latest FROM campaign ";

    private static final String KEEP = """
            INSERT INTO campaign (site, name, since, last, over, sources, attempts, refused, banned, users, likeness,
                powerOfTen, latest)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET since = excluded.since, last = excluded.last, over = excluded.over,
                sources = excluded.sources, attempts = excluded.attempts, refused = excluded.refused,
                banned = excluded.banned, users = excluded.users, likeness = excluded.likeness,
                powerOfTen = excluded.powerOfTen, latest = excluded.latest""";

    private static final String PURGE = """
            DELETE FROM campaign WHERE (site, name) IN (
                SELECT site, name FROM campaign WHERE over <> 0 AND over < ? LIMIT ?)""";

    private static final String PURGE_SURPLUS = """
            DELETE FROM campaign WHERE (site, name) IN (
                SELECT site, name FROM campaign ORDER BY over = 0 DESC, last DESC LIMIT ? OFFSET ?)""";

    private CampaignRows() {}

    static void keep(Session session, CampaignRecord campaign) throws SQLException {
        CampaignNews news = campaign.news();
        session.update(
                KEEP,
                Failure.cut(news.site(), LONGEST),
                Failure.cut(news.name(), LONGEST),
                Millis.of(news.since()),
                Millis.of(news.last()),
                campaign.over().map(Millis::of).orElse(0L),
                news.sources(),
                news.attempts(),
                news.refused(),
                news.banned(),
                users(news.users()),
                Failure.cut(news.likeness(), LONGEST),
                news.powerOfTen(),
                news.latest().stream().map(Cidr::toString).collect(Collectors.joining(" ")));
    }

    /** Those that go on, and the latest that are over; the one seen last first. */
    static List<CampaignRecord> all(Session session, int most) throws SQLException {
        return session.list(COLUMNS + "ORDER BY over = 0 DESC, last DESC LIMIT ?", CampaignRows::campaign, most);
    }

    /** Those that go on, as far as is written down. */
    static List<CampaignRecord> open(Session session) throws SQLException {
        return session.list(COLUMNS + "WHERE over = 0 LIMIT ?", CampaignRows::campaign, MOST);
    }

    /** Deletes some of those that were over before that moment; says how many. */
    static int purge(Session session, Instant before, int some) throws SQLException {
        return session.update(PURGE, Millis.of(before), some);
    }

    /** Deletes some of those beyond the most; says how many. */
    static int purgeSurplus(Session session, int some) throws SQLException {
        return session.update(PURGE_SURPLUS, some, MOST);
    }

    private static String users(Map<String, Integer> users) {
        return users.entrySet().stream()
                .map(user -> user.getValue() + " "
                        + BREAKS.matcher(Failure.cut(user.getKey(), LONGEST)).replaceAll(" "))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, Integer> users(String text) throws SQLException {
        Map<String, Integer> users = new LinkedHashMap<>();
        for (String line : text.isEmpty() ? List.<String>of() : Arrays.asList(text.split("\n", -1))) {
            int blank = line.indexOf(' ');
            try {
                users.put(line.substring(blank + 1), Integer.parseInt(line.substring(0, Math.max(0, blank))));
            } catch (NumberFormatException e) {
                throw Reads.damaged("a number of attempts");
            }
        }
        return users;
    }

    private static CampaignRecord campaign(ResultSet row) throws SQLException {
        long over = row.getLong("over");
        return new CampaignRecord(
                new CampaignNews(
                        row.getString("site"),
                        row.getString("name"),
                        Millis.instant(row.getLong("since")),
                        Millis.instant(row.getLong("last")),
                        row.getLong("sources"),
                        row.getLong("attempts"),
                        row.getLong("refused"),
                        row.getLong("banned"),
                        users(row.getString("users")),
                        row.getString("likeness"),
                        row.getDouble("powerOfTen"),
                        latest(row.getString("latest"))),
                over == 0 ? Optional.empty() : Optional.of(Millis.instant(over)));
    }

    private static List<Cidr> latest(String text) {
        return Arrays.stream(text.split(" ", -1))
                .map(Cidr::parse)
                .flatMap(Optional::stream)
                .toList();
    }
}
