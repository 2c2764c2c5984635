package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.config.ShieldOptions;
import bailiff.control.Json;
import bailiff.door.SocketName;
import bailiff.net.IpAddress;
import bailiff.shield.Bans;
import bailiff.shield.Denials;
import bailiff.shield.Opinion;
import bailiff.shield.Publisher;
import bailiff.shield.Refusal;
import bailiff.shield.Shield;
import bailiff.shield.ShieldHttp;
import bailiff.shield.ShieldSocket;
import bailiff.shield.Tally;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard's shield: hears of the bans of the jails that take part, and answers on the ways that the configuration
 * opens. A way that cannot be opened is a problem in {@code status}, and no reason not to guard. Safe for any thread.
 */
final class Shielding implements GuardListener, FrontDoor, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private static final ShieldOptions NOTHING = new ShieldOptions(ShieldOptions.OFF, List.of(), 1, "", "", "");

    private final Path run;
    private final boolean observe;
    private final InstantSource clock;
    private final Bans bans;
    private final Denials denials;
    private final Shield shield;
    private final List<String> problems = new ArrayList<>();
    private List<String> known = List.of();
    private ShieldOptions options = NOTHING;
    private @Nullable ShieldSocket socket;
    private @Nullable ShieldHttp http;
    private volatile @Nullable Publisher publisher;
    private volatile BiPredicate<String, IpAddress> sparing = (_, _) -> false;

    /**
     * A shield that nobody can ask yet.
     *
     * @param opinion what else speaks for or against an attempt
     */
    Shielding(GuardSettings settings, Opinion opinion) {
        SecureRandom chance = new SecureRandom();
        this.run = settings.run();
        this.observe = settings.observe();
        this.clock = settings.clock();
        this.bans = new Bans(chance, this::changed);
        this.denials = new Denials(this::changed);
        this.shield = new Shield(bans, this::isSpared, opinion, observe, clock, chance);
    }

    /** Whom those jails spare that take part, the shield does not refuse either. */
    void spare(BiPredicate<String, IpAddress> who) {
        sparing = who;
    }

    private boolean isSpared(IpAddress address) {
        BiPredicate<String, IpAddress> who = sparing;
        for (String jail : bans.jails()) {
            if (who.test(jail, address)) {
                return true;
            }
        }
        return false;
    }

    private void changed() {
        Publisher now = publisher;
        if (now != null) {
            now.change();
        }
    }

    /**
     * Apache, which cannot ask, turns the address away at the doors for a while, although no jail has banned it: for who
     * was refused for what he did himself. The address alone and not its network, in which somebody may be spared.
     */
    @Override
    public void refuse(IpAddress client, Instant since) {
        if (publisher != null && !isSpared(client)) {
            denials.put(client.alone(), clock.instant(), since.plus(REFUSED));
        }
    }

    @Override
    public boolean turnsAway(IpAddress client, Instant time) {
        return publisher != null && (denials.holds(client, time) || bans.covered(client, time));
    }

    @Override
    public void jailBegins(String jail, boolean takesPart) {
        bans.end(jail);
        if (takesPart) {
            bans.begin(jail);
        }
    }

    @Override
    public void jailStopped(String jail) {
        bans.end(jail);
    }

    @Override
    public void banned(Ban ban) {
        bans.put(ban.jail(), ban.subject(), ban.since(), ban.until());
    }

    @Override
    public void prolonged(Ban ban) {
        banned(ban);
    }

    @Override
    public void restored(Ban ban) {
        banned(ban);
    }

    @Override
    public void unbanned(Ban ban) {
        bans.remove(ban.jail(), ban.subject());
        denials.remove(ban.subject());
    }

    /** Answers as these options say from now on; a way that stays as it was is not interrupted. */
    synchronized void become(ShieldOptions wanted) {
        ShieldOptions before = options;
        options = wanted;
        known = List.copyOf(problems);
        problems.clear();
        shield.allowLogins(wanted.multicall());
        if (socket == null || !socket.isThere() || !wanted.socket().equals(before.socket())) {
            closeSocket();
            openSocket(wanted);
        }
        if (http == null || !wanted.http().equals(before.http())) {
            closeHttp();
            openHttp(wanted);
        }
        // Read again in any case: the key may be another.
        closePublisher(!wanted.denymap().equals(before.denymap()));
        publish(wanted);
    }

    /** Opens again what could not be opened, or whose file has been removed since. */
    synchronized void look() {
        boolean lacksSocket = options.hasSocket() && (socket == null || !socket.isThere());
        boolean lacksHttp = !options.http().isEmpty() && http == null;
        if (lacksSocket || lacksHttp) {
            become(options);
        }
    }

    private void openSocket(ShieldOptions wanted) {
        if (!wanted.hasSocket()) {
            return;
        }
        boolean usual = wanted.socket().isEmpty();
        Path path = usual ? run.resolve(Places.SHIELD_SOCKET) : Path.of(wanted.socket());
        try {
            if (usual) {
                SocketName.letThrough(run);
            }
            socket = ShieldSocket.open(path, shield);
            LOG.info("WordPress is answered at {}.", path);
        } catch (IOException e) {
            problem("The shield's socket is not there: " + Faults.words(e));
        }
    }

    private void openHttp(ShieldOptions wanted) {
        for (var address : wanted.http()) {
            try {
                http = ShieldHttp.open(address, shield);
                LOG.info("Web servers are answered at {}.", address);
            } catch (IOException e) {
                problem("The shield does not answer web servers: " + Faults.words(e));
            }
        }
    }

    /** Only observed bans must not reach files, which others act upon. */
    private void publish(ShieldOptions wanted) {
        if (observe) {
            return;
        }
        Publisher.Files files = new Publisher.Files(bans);
        if (!wanted.denymap().isEmpty()) {
            files.denyMap(Path.of(wanted.denymap()), ZoneId.systemDefault(), denials);
        }
        if (!wanted.decisions().isEmpty()) {
            try {
                files.decisions(Path.of(wanted.decisions()), key(wanted.decisionkey()));
            } catch (IOException e) {
                problem("The decision file is not written, since its key cannot be read: " + Faults.words(e));
            }
        }
        if (!files.isEmpty()) {
            publisher = Publisher.start(files, clock);
        }
    }

    private static String key(String path) throws IOException {
        try (var in = Files.newInputStream(Path.of(path))) {
            return new String(in.readNBytes(ShieldOptions.LARGEST_KEY), StandardCharsets.UTF_8).strip();
        }
    }

    private void problem(String sentence) {
        if (!known.contains(sentence)) {
            LOG.error("{}", sentence);
        }
        problems.add(sentence);
    }

    /** How the shield is doing, as the JSON contract has it. */
    synchronized Map<String, Object> status() {
        Tally tally = shield.tally();
        List<String> found = new ArrayList<>(problems);
        Publisher files = publisher;
        if (files != null) {
            found.addAll(files.problems());
        }
        if (bans.leftOut() > 0) {
            found.add(bans.leftOut() + " bans had no room in the shield; the firewall has them.");
        }
        return Json.of(
                "socket", socket == null ? "" : socket.path().toString(),
                "http", http == null ? "" : http.address().toString().replaceFirst("^/", ""),
                "jails", bans.jails(),
                "banned", bans.size(),
                "denied", denials.size(clock.instant()),
                "asked", tally.asked(),
                "refused", tally.refused(),
                "repeats", tally.repeats(),
                "misunderstood", tally.malformed(),
                "problems", found);
    }

    /** How the address was refused; nothing when it was not. */
    Optional<Refusal> refusal(IpAddress address) {
        return shield.refusal(address);
    }

    private void closeSocket() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.warn("The shield's socket could not be taken away: {}.", e.getMessage());
            }
            socket = null;
        }
    }

    private void closeHttp() {
        if (http != null) {
            http.close();
            http = null;
        }
    }

    private void closePublisher(boolean leaving) {
        Publisher files = publisher;
        if (files != null) {
            publisher = null;
            if (leaving) {
                files.close();
            } else {
                files.stop();
            }
        }
    }

    /** Answers nobody any more. */
    @Override
    public synchronized void close() {
        options = NOTHING;
        closeSocket();
        closeHttp();
        closePublisher(true);
    }
}
