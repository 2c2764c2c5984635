package bailiff.guard;

import bailiff.evidence.site.Proxies;
import bailiff.evidence.site.Proxies.Proxy;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks out for proxies and CDNs among those who come to the sites of this machine, for all jails that guard the web;
 * tells the owner of each, and keeps what it has learnt in a file. Safe for any thread.
 *
 * <p>A crash loses what was learnt since the file was written last, {@link #SAVE_EVERY} at most.
 */
final class ProxyWatch {

    static final String FILE = "proxies";
    static final Duration SAVE_EVERY = Duration.ofMinutes(5);

    /** How long the owner is told of one after it was spared last. */
    static final Duration TOLD_FOR = Duration.ofDays(7);

    /** Proxies that the owner is told of; a site has a few. */
    private static final int MOST_TOLD = 16;

    private static final long MOST_BYTES = 16L << 20;
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    /** A proxy that would have been banned, and when last. */
    private record Told(Proxy proxy, Instant last) {}

    private final StateFile file;
    private final WebServers servers;
    private final InstantSource clock;
    private final Proxies proxies;
    private final Map<IpAddress, Told> told = new LinkedHashMap<>();
    private boolean changed;
    private Instant saved;

    private ProxyWatch(StateFile file, WebServers servers, InstantSource clock, Proxies proxies) {
        this.file = file;
        this.servers = servers;
        this.clock = clock;
        this.proxies = proxies;
        this.saved = clock.instant();
    }

    /** What the file in that directory knows; nothing yet where there is none, or a damaged one. */
    static ProxyWatch in(Path state, WebServers servers, InstantSource clock) {
        StateFile file = new StateFile(state.resolve(FILE), MOST_BYTES);
        Proxies known = new Proxies();
        try {
            known = file.read().flatMap(Proxies::restored).orElse(known);
        } catch (IOException e) {
            LOG.warn("What is known of proxies could not be read. {}", Faults.words(e));
        }
        return new ProxyWatch(file, servers, clock, known);
    }

    /**
     * A browser fetched something through the address.
     *
     * @param agent its User-Agent, hostile text
     */
    synchronized void browser(IpAddress client, String agent) {
        proxies.browser(client, agent, clock.instant());
        changed = true;
    }

    /** Somebody logged in through the address. */
    synchronized void success(IpAddress client, String account) {
        proxies.success(client, account, clock.instant());
        changed = true;
    }

    /** Whether a failure of the address is not to count, since many people come through it; tells the owner then. */
    boolean spares(IpAddress client) {
        Instant now = clock.instant();
        Proxy proxy;
        synchronized (this) {
            proxies.tried(client, now);
            Optional<Proxy> found = proxies.find(client, now);
            if (found.isEmpty()) {
                return false;
            }
            proxy = found.get();
            boolean isNew = !told.containsKey(client);
            if (isNew && told.size() >= MOST_TOLD) {
                return true;
            }
            told.put(client, new Told(proxy, now));
            if (!isNew) {
                return true;
            }
        }
        LOG.warn("{}", sentence(proxy));
        return true;
    }

    /** What the address looks like, where it is one that many people come through. */
    Optional<String> explanation(IpAddress client) {
        Optional<Proxy> found;
        synchronized (this) {
            found = proxies.find(client, clock.instant());
        }
        return found.map(this::sentence);
    }

    /** Whether many people come through the address, and it is none of a private network. */
    synchronized boolean isPublic(IpAddress client) {
        return proxies.find(client, clock.instant())
                .filter(proxy -> !proxy.isPrivate())
                .isPresent();
    }

    /** What the owner should know and mend, a sentence each. */
    List<String> problems() {
        List<Proxy> seen = new ArrayList<>();
        synchronized (this) {
            Instant now = clock.instant();
            told.values().removeIf(one -> now.isAfter(one.last().plus(TOLD_FOR)));
            told.values().forEach(one -> seen.add(one.proxy()));
        }
        return seen.stream().map(this::sentence).toList();
    }

    private String sentence(Proxy proxy) {
        return proxy.sentence() + ". No jail of the web bans it. " + servers.advice(proxy.address());
    }

    /** Writes the file where that is due. */
    void saveNowAndThen() {
        Instant now = clock.instant();
        if (!now.isBefore(saved.plus(SAVE_EVERY))) {
            saved = now;
            save();
        }
    }

    /** Writes the file if something has changed. What cannot be written is tried again next time. */
    void save() {
        byte[] state;
        synchronized (this) {
            if (!changed) {
                return;
            }
            changed = false;
            state = proxies.save();
        }
        try {
            file.write(state);
        } catch (IOException e) {
            LOG.warn("What is known of proxies could not be written. {}", Faults.words(e));
            synchronized (this) {
                changed = true;
            }
        }
    }
}
