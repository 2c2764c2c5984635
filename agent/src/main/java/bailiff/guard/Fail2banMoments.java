package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Bantime;
import bailiff.ban.Event;
import bailiff.filter.Sighting;
import bailiff.log.LogRecord.Level;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the guard's moments into a log of fail2ban's form, for recidive jails and programs that read fail2ban's log.
 * Safe for any thread.
 */
final class Fail2banMoments implements GuardListener {

    /*
     * The wording is fail2ban's, since others parse it. What it says of an IPv6 network that is banned because of its
     * addresses is the network's first address: `Ban 2001:db8:1:2::`. Written as a network, a recidive jail's <HOST>
     * would not match, and nobody with IPv6 would ever be a repeated offender.
     */

    /* Of an attack: the queue before the file, of 10,000 lines, must have room for the bans, which others act upon. */
    private static final int MOST_FAILURES = 1_000;
    private static final Duration JUST_BANNED = Duration.ofSeconds(3);
    private static final Duration LATELY_BANNED = Duration.ofMinutes(1);

    /** What a jail's ordinary bans are, against which a longer one shows. */
    private record Usual(Bantime bantime, int maxretry) {}

    private final Fail2banAim log;
    private final InstantSource clock;
    private final DateTimeFormatter time;
    private final Repeated repeated = new Repeated();
    private final Ration found = new Ration(MOST_FAILURES);
    private final Portion restored = new Portion(Portion.RESTORED);
    private final Ration already = new Ration(MOST_FAILURES);
    private final Map<String, Usual> jails = new ConcurrentHashMap<>();

    /** How many failures there were since a ban began; of the bans that failed last. */
    private static final class Repeated {

        private static final int MOST = 1_000;

        private record Key(String jail, Cidr subject, Instant since) {}

        private final LinkedHashMap<Key, Integer> failures = new LinkedHashMap<>(16, 0.75f, true);

        synchronized int count(Ban ban) {
            int count = failures.merge(new Key(ban.jail(), ban.subject(), ban.since()), 1, Integer::sum);
            if (failures.size() > MOST) {
                failures.pollFirstEntry();
            }
            return count;
        }
    }

    Fail2banMoments(Fail2banAim log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
        this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    }

    @Override
    public void seen(String jail, Event event) {
        if (!log.isOpen()) {
            return;
        }
        switch (event) {
            case Event.Found found -> found(jail, found.sighting(), found.address());
            case Event.Banned banned -> found(jail, banned.sighting(), banned.address());
            case Event.StillBanned still -> {
                still.sighting().address().ifPresent(address -> found(jail, still.sighting(), address));
                stillBanned(jail, still.ban());
            }
            case Event.Prolonged still -> {
                found(jail, still.sighting(), still.address());
                stillBanned(jail, still.ban());
            }
            case Event.Doubted doubted -> log.write(Level.DEBUG, "filter", "[" + jail + "] " + doubted.reason());
            case Event.Ignored _, Event.Spared _, Event.Credited _, Event.Named _, Event.Nothing _ -> {}
        }
    }

    @Override
    public void ignored(String jail, IpAddress address, String reason) {
        log.write(Level.INFO, "filter", "[" + jail + "] Ignore " + address + " by " + reason);
    }

    private void found(String jail, Sighting sighting, IpAddress address) {
        if (!log.isWanted(Level.INFO)) {
            return;
        }
        if (!found.take(clock.instant())) {
            return;
        }
        long others = found.takeRefused();
        if (others > 0) {
            log.write(Level.INFO, "filter", others + " failures more were found than are written of one second");
        }
        log.write(Level.INFO, "filter", "[" + jail + "] Found " + address + " - " + time.format(sighting.time()));
    }

    /**
     * Just after the ban it is what was on its way; long after it something is wrong with the firewall. Said whenever
     * there would have been a ban, not of each line.
     */
    private void stillBanned(String jail, Ban ban) {
        Usual usual = jails.get(jail);
        // Of whatever level it would be, none is above this one.
        if (!log.isWanted(Level.WARNING) || repeated.count(ban) % (usual == null ? 1 : usual.maxretry()) != 0) {
            return;
        }
        Duration age = Duration.between(ban.since(), clock.instant());
        Level level = Level.WARNING;
        if (age.compareTo(LATELY_BANNED) < 0) {
            level = age.compareTo(JUST_BANNED) < 0 ? Level.DEBUG : Level.NOTICE;
        }
        if (log.isWanted(level) && already.take(clock.instant())) {
            log.write(level, "actions", "[" + jail + "] " + shown(ban) + " already banned");
        }
    }

    @Override
    public void banned(Ban ban) {
        log.write(Level.NOTICE, "actions", "[" + ban.jail() + "] Ban " + shown(ban));
    }

    @Override
    public void increased(Ban ban) {
        String end = ban.isForEver()
                ? "permanent -> infinite"
                : SpelledLength.of(Duration.between(ban.since(), ban.until())) + " -> " + time.format(ban.until());
        log.write(
                Level.NOTICE,
                "observer",
                "[" + ban.jail() + "] Increase Ban " + shown(ban) + " (" + ban.bancount() + " # " + end + ")");
    }

    @Override
    public void restored(Ban ban) {
        if (restored.take()) {
            log.write(Level.NOTICE, "actions", "[" + ban.jail() + "] Restore Ban " + shown(ban));
        }
    }

    @Override
    public void unbanned(Ban ban) {
        log.write(Level.NOTICE, "actions", "[" + ban.jail() + "] Unban " + shown(ban));
    }

    @Override
    public void jailStarted(String jail, Bantime usual, int maxretry) {
        jails.put(jail, new Usual(usual, maxretry));
        long others = restored.renew();
        if (others > 0) {
            log.write(Level.NOTICE, "actions", "[" + jail + "] " + others + " more bans are restored");
        }
        log.write(Level.INFO, "jail", "Jail '" + jail + "' started");
    }

    @Override
    public void jailStopped(String jail) {
        jails.remove(jail);
        log.write(Level.INFO, "jail", "Jail '" + jail + "' stopped");
    }

    private static String shown(Ban ban) {
        Cidr subject = ban.subject();
        boolean ofAddresses = ban.isByEvidence() && !subject.first().isV4();
        return ofAddresses ? subject.first().toString() : subject.toString();
    }
}
