package bailiff.guard;

import bailiff.evidence.site.CampaignNews;
import bailiff.evidence.site.Standing;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.List;

/** What is known of attacks by many addresses at the sites of this machine. Safe for any thread; quick. */
interface CampaignBook {

    /** Nothing is watched. */
    CampaignBook EMPTY = new CampaignBook() {
        @Override
        public List<CampaignNews> open(Instant now) {
            return List.of();
        }

        @Override
        public List<Standing> explain(IpAddress address, Instant now) {
            return List.of();
        }

        @Override
        public int sites() {
            return 0;
        }

        @Override
        public double budget() {
            return 1;
        }
    };

    /** The campaigns that go on at that moment, in any order. */
    List<CampaignNews> open(Instant now);

    /** How the address stands at each site that knows it. */
    List<Standing> explain(IpAddress address, Instant now);

    /** How many sites are watched. */
    int sites();

    /** How many wrongful verdicts a site and year the owner accepts; above 0. */
    double budget();
}
