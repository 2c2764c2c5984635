package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the guard's moments to the log, in fail2ban's words, so that readers of its log understand ours. */
final class LoggedMoments implements GuardListener {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    @Override
    public void seen(String jail, Event event) {
        switch (event) {
            case Event.Found found -> LOG.debug("[{}] Found {}", jail, found.address());
            case Event.StillBanned still ->
                LOG.debug("[{}] {} already banned", jail, still.ban().subject());
            case Event.Doubted doubted -> LOG.debug("[{}] {}", jail, doubted.reason());
            case Event.Banned banned -> LOG.debug("[{}] Found {}", jail, banned.address());
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
    public void notEnforced(String jail, Cidr subject, String reason) {
        LOG.debug("[{}] Ban {} not in force: {}", jail, subject, reason);
    }

    @Override
    public void restored(Ban ban) {
        LOG.info("[{}] Restore Ban {}", ban.jail(), ban.subject());
    }

    @Override
    public void unbanned(Ban ban) {
        LOG.info("[{}] Unban {}", ban.jail(), ban.subject());
    }
}
