package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.evidence.site.CampaignNews;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a guard said, as {@code banned 192.0.2.1}. Safe for any thread. */
final class Heard implements GuardListener {

    private final List<String> moments = new CopyOnWriteArrayList<>();
    private volatile long inForceSince;

    /** All moments but lines seen, in their order. */
    List<String> moments() {
        return moments.stream().filter(moment -> !moment.startsWith("seen")).toList();
    }

    long count(String moment) {
        return moments.stream().filter(moment::equals).count();
    }

    @Override
    public void seen(String jail, Event event) {
        moments.add("seen " + event.getClass().getSimpleName());
    }

    @Override
    public void ignored(String jail, IpAddress address, String reason) {
        moments.add("ignored " + address + " by " + reason);
    }

    @Override
    public void banned(Ban ban) {
        moments.add("banned " + ban.subject());
    }

    @Override
    public void increased(Ban ban) {
        moments.add("increased " + ban.subject());
    }

    @Override
    public void prolonged(Ban ban) {
        moments.add("prolonged " + ban.subject());
    }

    @Override
    public void inForce(String jail, Cidr subject, long since) {
        moments.add("in force " + subject);
        inForceSince = since;
    }

    /** When the firewall had the last ban, as it was told. */
    long inForceSince() {
        return inForceSince;
    }

    @Override
    public void notEnforced(String jail, Cidr subject, String reason) {
        moments.add("not enforced " + subject);
    }

    @Override
    public void restored(Ban ban) {
        moments.add("restored " + ban.subject());
    }

    @Override
    public void campaignOpened(CampaignNews campaign) {
        moments.add("campaign opened " + campaign.name());
    }

    @Override
    public void campaignClosed(CampaignNews campaign) {
        moments.add("campaign closed " + campaign.name() + " with " + campaign.sources());
    }

    @Override
    public void unbanned(Ban ban) {
        moments.add("unbanned " + ban.subject());
    }
}
