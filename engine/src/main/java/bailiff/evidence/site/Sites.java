package bailiff.evidence.site;

import bailiff.line.AccessRecord;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The evidence of all sites of a machine, of which the shield, the trap and access logs tell.
 *
 * <p>Pure; not thread-safe: one owner.
 */
public final class Sites {

    /** Sites remembered; those that were attacked least recently make room. */
    private static final int ROOM = 4_096;

    /**
     * What an access log told of.
     *
     * @param site the key of its evidence
     * @param judgement what holds for its source from now on
     */
    public record Told(String site, Attempt attempt, Judgement judgement) {}

    private final Allowance budget;
    private final CidrSet verified;
    private final Recent<String, SiteEvidence> sites = new Recent<>(ROOM);
    private final Recent<String, AccessSensor> sensors = new Recent<>(ROOM);

    /**
     * Nothing seen yet.
     *
     * @param budget what each site accepts
     * @param verified services that are known by their addresses
     */
    public Sites(Allowance budget, CidrSet verified) {
        this.budget = budget;
        this.verified = verified;
    }

    /**
     * What holds for an attempt that is about to be made, by what was seen before it.
     *
     * @param site as the plugin calls it
     */
    public Judgement judge(String site, Attempt attempt) {
        return of(site).judge(attempt);
    }

    /**
     * Counts an attempt that the plugin told of; gives what holds for its source from now on.
     *
     * @param site as the plugin calls it
     */
    public Judgement record(String site, Attempt attempt) {
        return of(site).record(attempt);
    }

    /**
     * Takes a request that an access log tells of; every request of the site, in the order of the log.
     *
     * @param log where it stands: the path of the file
     * @return attempts that are counted now: this one, where it is one that nobody told of before
     */
    public List<Told> read(String log, AccessRecord request) {
        String site = request.host().isEmpty() ? log : request.host();
        SiteEvidence evidence = of(site);
        List<Told> told = new ArrayList<>();
        sensors.of(site, _ -> new AccessSensor(evidence))
                .read(request)
                .ifPresent(attempt -> told.add(new Told(site, attempt, evidence.record(attempt))));
        return told;
    }

    /** Attempts of access logs that nobody else has told of by now, and that are counted for that. */
    public List<Told> due(Instant now) {
        return List.of();
    }

    /** The campaigns that go on at that moment, by their site. */
    public Map<String, List<Campaign>> campaigns(Instant now) {
        Map<String, List<Campaign>> open = new TreeMap<>();
        sites.entries().forEach((site, evidence) -> {
            List<Campaign> campaigns = evidence.campaigns(now);
            if (!campaigns.isEmpty()) {
                open.put(site, campaigns);
            }
        });
        return open;
    }

    /** The same, as they are now: for those who have no share in the evidence. */
    public List<CampaignNews> news(Instant now) {
        List<CampaignNews> news = new ArrayList<>();
        campaigns(now).forEach((site, open) -> open.forEach(campaign -> news.add(campaign.news(site))));
        return news;
    }

    /** How the source of an address stands at the sites that know it; by their names. */
    public List<Standing> explain(IpAddress client, Instant now) {
        List<Standing> standings = new ArrayList<>();
        sites.entries()
                .forEach((site, evidence) -> evidence.explain(site, client, now).ifPresent(standings::add));
        standings.sort(Comparator.comparing(Standing::site));
        return standings;
    }

    /** How many campaigns were opened so far, at any site. */
    public long campaignsOpened() {
        return sites.entries().values().stream()
                .mapToLong(SiteEvidence::campaignsOpened)
                .sum();
    }

    /** How many sites are remembered. */
    public int size() {
        return sites.size();
    }

    private SiteEvidence of(String site) {
        return sites.of(site, _ -> new SiteEvidence(budget, verified));
    }
}
