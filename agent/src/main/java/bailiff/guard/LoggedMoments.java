package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Bantime;
import bailiff.ban.Event;
import bailiff.control.Json;
import bailiff.evidence.Spans;
import bailiff.evidence.site.CampaignNews;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the guard's moments to the log, in fail2ban's words, so that readers of its log understand ours. */
final class LoggedMoments implements GuardListener {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final DateTimeFormatter END =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Portion restored = new Portion(Portion.RESTORED);

    @Override
    public void seen(String jail, Event event) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        switch (event) {
            case Event.Found found -> LOG.debug("[{}] Found {}", jail, found.address());
            case Event.StillBanned still ->
                LOG.debug("[{}] {} already banned", jail, still.ban().subject());
            case Event.Doubted doubted -> LOG.debug("[{}] {}", jail, doubted.reason());
            case Event.Banned banned -> LOG.debug("[{}] Found {}", jail, banned.address());
            case Event.Prolonged still ->
                LOG.debug("[{}] {} already banned", jail, still.ban().subject());
            case Event.Credited success -> LOG.debug("[{}] Success from {}", jail, success.address());
            case Event.Ignored _, Event.Spared _, Event.Named _, Event.Nothing _ -> LOG.trace("[{}] nothing", jail);
        }
    }

    @Override
    public void ignored(String jail, IpAddress address, String reason) {
        LOG.debug("[{}] Ignore {} by {}", jail, address, reason);
    }

    @Override
    public void banned(Ban ban) {
        LOG.info("[{}] Ban {}", ban.jail(), ban.subject());
    }

    @Override
    public void increased(Ban ban) {
        String length = ban.isForEver() ? "permanent" : Spans.text(Duration.between(ban.since(), ban.until()));
        String end = ban.isForEver() ? "infinite" : END.format(ban.until());
        LOG.info("[{}] Increase Ban {} ({} # {} -> {})", ban.jail(), ban.subject(), ban.bancount(), length, end);
    }

    @Override
    public void notEnforced(String jail, Cidr subject, String reason) {
        LOG.debug("[{}] Ban {} not in force: {}", jail, subject, reason);
    }

    @Override
    public void restored(Ban ban) {
        if (restored.take()) {
            LOG.info("[{}] Restore Ban {}", ban.jail(), ban.subject());
        }
    }

    @Override
    public void jailStarted(String jail, Bantime usual, int maxretry) {
        long others = restored.renew();
        if (others > 0) {
            LOG.info("[{}] {} more bans stand again; 'bailiff bans' lists them.", jail, others);
        }
    }

    @Override
    public void campaignOpened(CampaignNews campaign) {
        LOG.warn(
                "An attack by many addresses has begun at {}: {} sources so far, all alike ({}). It is called {};"
                        + " 'bailiff campaigns' tells more.",
                campaign.site(),
                campaign.sources(),
                campaign.likeness(),
                campaign.name());
    }

    @Override
    public void campaignClosed(CampaignNews campaign) {
        LOG.info(
                "The attack {} at {} is over: {} sources, {} attempts since {}, {} of them refused.",
                campaign.name(),
                campaign.site(),
                campaign.sources(),
                campaign.attempts(),
                Json.time(campaign.since()),
                campaign.refused());
    }

    @Override
    public void unbanned(Ban ban) {
        LOG.info("[{}] Unban {}", ban.jail(), ban.subject());
    }
}
