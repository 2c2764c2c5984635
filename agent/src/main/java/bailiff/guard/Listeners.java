package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Bantime;
import bailiff.ban.Event;
import bailiff.evidence.site.CampaignNews;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;

/** Tells two listeners. */
record Listeners(GuardListener first, GuardListener second) implements GuardListener {

    @Override
    public void seen(String jail, Event event) {
        first.seen(jail, event);
        second.seen(jail, event);
    }

    @Override
    public void ignored(String jail, IpAddress address, String reason) {
        first.ignored(jail, address, reason);
        second.ignored(jail, address, reason);
    }

    @Override
    public void banned(Ban ban) {
        first.banned(ban);
        second.banned(ban);
    }

    @Override
    public void increased(Ban ban) {
        first.increased(ban);
        second.increased(ban);
    }

    @Override
    public void inForce(String jail, Cidr subject, long since) {
        first.inForce(jail, subject, since);
        second.inForce(jail, subject, since);
    }

    @Override
    public void notEnforced(String jail, Cidr subject, String reason) {
        first.notEnforced(jail, subject, reason);
        second.notEnforced(jail, subject, reason);
    }

    @Override
    public void restored(Ban ban) {
        first.restored(ban);
        second.restored(ban);
    }

    @Override
    public void prolonged(Ban ban) {
        first.prolonged(ban);
        second.prolonged(ban);
    }

    @Override
    public void settled(String jail) {
        first.settled(jail);
        second.settled(jail);
    }

    @Override
    public void unbanned(Ban ban) {
        first.unbanned(ban);
        second.unbanned(ban);
    }

    @Override
    public void campaignOpened(CampaignNews campaign) {
        first.campaignOpened(campaign);
        second.campaignOpened(campaign);
    }

    @Override
    public void campaignClosed(CampaignNews campaign) {
        first.campaignClosed(campaign);
        second.campaignClosed(campaign);
    }

    @Override
    public void jailBegins(String jail, boolean shield) {
        first.jailBegins(jail, shield);
        second.jailBegins(jail, shield);
    }

    @Override
    public void jailStarted(String jail, Bantime usual, int maxretry) {
        first.jailStarted(jail, usual, maxretry);
        second.jailStarted(jail, usual, maxretry);
    }

    @Override
    public void jailStopped(String jail) {
        first.jailStopped(jail);
        second.jailStopped(jail);
    }
}
