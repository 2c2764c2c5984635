package bailiff.guard;

import bailiff.evidence.site.CampaignNews;
import bailiff.evidence.site.Standing;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A book that knows what a test has written into it. Safe for any thread. */
final class FakeBook implements CampaignBook {

    static final Instant SINCE = Instant.parse("2026-04-09T10:00:00Z");

    final List<CampaignNews> open = new CopyOnWriteArrayList<>();
    final List<Standing> standings = new CopyOnWriteArrayList<>();

    @Override
    public List<CampaignNews> open(Instant now) {
        return List.copyOf(open);
    }

    @Override
    public List<Standing> explain(IpAddress address, Instant now) {
        return standings.stream()
                .filter(standing -> standing.source().contains(address))
                .toList();
    }

    @Override
    public int sites() {
        return 2;
    }

    @Override
    public double budget() {
        return 0.5;
    }

    /** A campaign of so many sources, one attempt each. */
    static CampaignNews campaign(String name, long sources) {
        return new CampaignNews(
                "blog.example",
                name,
                SINCE,
                SINCE.plusSeconds(sources),
                sources,
                sources,
                sources - 5,
                2,
                Map.of("admin", 7, "anna", 9),
                "login HTTP/1.1 referer=none Mozilla/5.0",
                5.46,
                List.of(Cidr.parse("192.0.2.7").orElseThrow()));
    }
}
