package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Bantime;
import bailiff.ban.Event;
import bailiff.filter.Sighting;
import bailiff.log.Fail2banLog;
import bailiff.log.LogRecord;
import bailiff.log.LogRecord.Level;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the guard's moments into a log of fail2ban's form, for recidive jails and programs that read fail2ban's log.
 * Nothing is written until {@link #aim} says where. Safe for any thread.
 */
final class Fail2banMoments implements GuardListener, Closeable {

    /*
     * The wording is fail2ban's, since others parse it. What it says of an IPv6 network that is banned because of its
     * addresses is the network's first address: `Ban 2001:db8:1:2::`. Written as a network, a recidive jail's <HOST>
     * would not match, and nobody with IPv6 would ever be a repeated offender.
     */
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final String FAIL2BAN = "1.1.0";

    /* Of an attack: the queue before the file, of 10,000 lines, must have room for the bans, which others act upon. */
    private static final int MOST_FAILURES = 1_000;
    private static final Duration JUST_BANNED = Duration.ofSeconds(3);
    private static final Duration LATELY_BANNED = Duration.ofMinutes(1);

    /** What a jail's ordinary bans are, against which a longer one shows. */
    private record Usual(Bantime bantime, int maxretry) {}

    private final String version;
    private final InstantSource clock;
    private final DateTimeFormatter time;
    private final Repeated repeated = new Repeated();
    private final Ration found = new Ration(MOST_FAILURES);
    private final Portion restored = new Portion(Portion.RESTORED);
    private final Ration already = new Ration(MOST_FAILURES);
    private final Map<String, Usual> jails = new ConcurrentHashMap<>();
    private volatile Aim aim = new Aim("", "", "", null);
    private volatile String problem = "";

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

    /** Where it is written to now. */
    private record Aim(
            String target,
            String level,
            String syslogSocket,
            @Nullable Fail2banLog log) {

        boolean isAt(String otherTarget, String otherLevel, String otherSocket) {
            return target.equals(otherTarget) && level.equals(otherLevel) && syslogSocket.equals(otherSocket);
        }
    }

    /**
     * Moments that are not written yet.
     *
     * @param version this program's
     */
    Fail2banMoments(String version, InstantSource clock) {
        this.version = version;
        this.clock = clock;
        this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    }

    /** Writes to that target from now on, or nowhere when it is empty: see {@link Fail2banLog#open}. */
    synchronized void aim(String target, String level, String syslogSocket) {
        if (aim.isAt(target, level, syslogSocket)) {
            return;
        }
        end();
        problem = "";
        try {
            Fail2banLog log = target.isEmpty() ? null : Fail2banLog.open(target, level, syslogSocket);
            aim = new Aim(target, level, syslogSocket, log);
        } catch (IllegalArgumentException e) {
            problem = String.valueOf(e.getMessage());
            LOG.warn("{}.", problem);
        }
        write(Level.INFO, "server", "Starting Fail2ban v" + FAIL2BAN + ", served by Bailiff " + version);
    }

    /**
     * Writes to that target from now on, unless it cannot be written to: then nothing changes.
     *
     * @return what keeps it from being written to; empty when nothing does
     */
    synchronized String turn(String target) {
        Aim now = aim;
        if (target().equals(target)) {
            return "";
        }
        String obstacle = Fail2banLog.obstacle(target, now.syslogSocket());
        if (obstacle.isEmpty()) {
            aim(target, now.level(), now.syslogSocket());
        }
        return obstacle;
    }

    /** Leaves out what is below that level, in fail2ban's words, from now on. */
    synchronized void level(String level) {
        Aim now = aim;
        Fail2banLog log = now.log();
        if (log != null) {
            log.level(level);
        }
        aim = new Aim(now.target(), level, now.syslogSocket(), log);
    }

    /** The level in fail2ban's words; empty where nothing was said. */
    String level() {
        return aim.level();
    }

    /** Where it is written to, without the target's options; empty for nowhere. */
    String target() {
        Fail2banLog log = aim.log();
        return log == null ? "" : log.target();
    }

    /**
     * Has the file opened anew, as fail2ban's {@code flushlogs} does.
     *
     * @return whether there is a file
     */
    boolean renew() {
        Fail2banLog log = aim.log();
        boolean file = log != null && log.isFile();
        if (log != null) {
            log.renew();
            write(Level.INFO, "server", (file ? "rollover" : "flush") + " performed on " + log.target());
        }
        return file;
    }

    /** What keeps it from being written; empty when nothing does. */
    String problem() {
        Fail2banLog log = aim.log();
        return log == null ? problem : log.problem();
    }

    private boolean isWanted(Level level) {
        Fail2banLog log = aim.log();
        return log != null && log.isWanted(level);
    }

    private void write(Level level, String component, String message) {
        Fail2banLog log = aim.log();
        if (log != null) {
            log.write(new LogRecord(clock.instant(), level, component, message));
        }
    }

    @Override
    public void seen(String jail, Event event) {
        if (aim.log() == null) {
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
            case Event.Doubted doubted -> write(Level.DEBUG, "filter", "[" + jail + "] " + doubted.reason());
            case Event.Ignored _, Event.Spared _, Event.Named _, Event.Nothing _ -> {}
        }
    }

    @Override
    public void ignored(String jail, IpAddress address, String reason) {
        write(Level.INFO, "filter", "[" + jail + "] Ignore " + address + " by " + reason);
    }

    private void found(String jail, Sighting sighting, IpAddress address) {
        if (!isWanted(Level.INFO)) {
            return;
        }
        if (!found.take(clock.instant())) {
            return;
        }
        long others = found.takeRefused();
        if (others > 0) {
            write(Level.INFO, "filter", others + " failures more were found than are written of one second");
        }
        write(Level.INFO, "filter", "[" + jail + "] Found " + address + " - " + time.format(sighting.time()));
    }

    /**
     * Just after the ban it is what was on its way; long after it something is wrong with the firewall. Said whenever
     * there would have been a ban, not of each line.
     */
    private void stillBanned(String jail, Ban ban) {
        Usual usual = jails.get(jail);
        // Of whatever level it would be, none is above this one.
        if (!isWanted(Level.WARNING) || repeated.count(ban) % (usual == null ? 1 : usual.maxretry()) != 0) {
            return;
        }
        Duration age = Duration.between(ban.since(), clock.instant());
        Level level = Level.WARNING;
        if (age.compareTo(LATELY_BANNED) < 0) {
            level = age.compareTo(JUST_BANNED) < 0 ? Level.DEBUG : Level.NOTICE;
        }
        if (isWanted(level) && already.take(clock.instant())) {
            write(level, "actions", "[" + jail + "] " + shown(ban) + " already banned");
        }
    }

    @Override
    public void banned(Ban ban) {
        write(Level.NOTICE, "actions", "[" + ban.jail() + "] Ban " + shown(ban));
    }

    @Override
    public void increased(Ban ban) {
        String end = ban.isForEver()
                ? "permanent -> infinite"
                : SpelledLength.of(Duration.between(ban.since(), ban.until())) + " -> " + time.format(ban.until());
        write(
                Level.NOTICE,
                "observer",
                "[" + ban.jail() + "] Increase Ban " + shown(ban) + " (" + ban.bancount() + " # " + end + ")");
    }

    @Override
    public void restored(Ban ban) {
        if (restored.take()) {
            write(Level.NOTICE, "actions", "[" + ban.jail() + "] Restore Ban " + shown(ban));
        }
    }

    @Override
    public void unbanned(Ban ban) {
        write(Level.NOTICE, "actions", "[" + ban.jail() + "] Unban " + shown(ban));
    }

    @Override
    public void jailStarted(String jail, Bantime usual, int maxretry) {
        jails.put(jail, new Usual(usual, maxretry));
        long others = restored.renew();
        if (others > 0) {
            write(Level.NOTICE, "actions", "[" + jail + "] " + others + " more bans are restored");
        }
        write(Level.INFO, "jail", "Jail '" + jail + "' started");
    }

    @Override
    public void jailStopped(String jail) {
        jails.remove(jail);
        write(Level.INFO, "jail", "Jail '" + jail + "' stopped");
    }

    private static String shown(Ban ban) {
        Cidr subject = ban.subject();
        boolean ofAddresses =
                ban.evidence().equals(Ban.BY_ADDRESS) && !subject.first().isV4();
        return ofAddresses ? subject.first().toString() : subject.toString();
    }

    private synchronized void end() {
        Fail2banLog log = aim.log();
        if (log != null) {
            write(Level.INFO, "server", "Exiting Fail2ban");
            log.close();
        }
        aim = new Aim("", "", "", null);
    }

    @Override
    public void close() {
        end();
    }
}
