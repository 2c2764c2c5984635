package bailiff.guard;

import bailiff.evidence.site.SiteEvidence;
import bailiff.evidence.site.Sites;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says so as soon as a campaign has begun at a site. Not thread-safe, but for {@link #follow}: under the evidence's lock. */
final class CampaignStarts {

    /** Sites whose campaigns are counted: as many as there is evidence of. One beyond is looked at once too often. */
    private static final int MOST = 4_096;

    /** How many campaigns were opened at each site, when that was looked at last. */
    private final Map<String, Integer> opened = new LinkedHashMap<>(16, 0.75f, true);

    private volatile Runnable begun = () -> {};

    /** Runs that, from now on, as soon as a campaign has begun: it must be quick. */
    void follow(Runnable follower) {
        begun = follower;
    }

    /** Looks whether an attempt that was counted at the site has shown a campaign. */
    void look(Sites known, String site) {
        int count = known.evidence(site).map(SiteEvidence::campaignsOpened).orElse(0);
        Integer before = opened.put(site, count);
        if (count > (before == null ? 0 : before)) {
            begun.run();
        }
        if (opened.size() > MOST) {
            opened.remove(opened.keySet().iterator().next());
        }
    }
}
