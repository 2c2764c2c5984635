package bailiff.guard;

import bailiff.ban.Event;
import bailiff.evidence.AddressEvidence;
import bailiff.evidence.Reputation;
import bailiff.filter.Sighting;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Reputation} of those who log in, or fail to, at the sites whose logs the guard reads: learns from what jails
 * see, answers whoever guards a site's door, and is kept in a file. Safe for any thread.
 *
 * <p>Learns from lines that name their site and a user, whichever jail reads them. The time is when they are read, not
 * what they say: a log whose clock is wrong must not make somebody look as if he came back after hours. A crash loses
 * what was learnt since the file was written last, {@link #SAVE_EVERY} at most; then an attack may be missed.
 */
final class Repute implements GuardListener {

    /** How often the file is written while something happens. */
    static final Duration SAVE_EVERY = Duration.ofMinutes(5);

    static final String FILE = "reputation";

    /* As jails have it, unless their configuration says otherwise. */
    private static final int IPV6_PREFIX = 64;

    /* The largest state that there can be is 7.5 MB. */
    private static final long MOST_BYTES = 16L << 20;
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private final StateFile file;
    private final InstantSource clock;
    private final Reputation reputation;
    private boolean changed;
    private Instant saved;

    private Repute(StateFile file, InstantSource clock, Reputation reputation) {
        this.file = file;
        this.clock = clock;
        this.reputation = reputation;
        this.saved = clock.instant();
    }

    /** What the file in that directory knows; nothing yet where there is none, or a damaged one. */
    static Repute in(Path state, InstantSource clock) {
        StateFile file = new StateFile(state.resolve(FILE), MOST_BYTES);
        Reputation known = read(file).orElseGet(() -> new Reputation(new SecureRandom().nextLong()));
        return new Repute(file, clock, known);
    }

    private static Optional<Reputation> read(StateFile file) {
        try {
            return file.read().flatMap(Reputation::restored);
        } catch (IOException e) {
            LOG.warn("What is known of earlier attacks could not be read. {}", Faults.words(e));
            return Optional.empty();
        }
    }

    @Override
    public void seen(String jail, Event event) {
        switch (event) {
            case Event.Found found -> failed(found.sighting(), found.address());
            case Event.Banned banned -> failed(banned.sighting(), banned.address());
            case Event.Prolonged still -> failed(still.sighting(), still.address());
            case Event.Credited success -> succeeded(success.sighting(), success.address());
            // Who is banned already has been noted, and a flood of such lines must cost nothing.
            case Event.StillBanned _,
                    Event.Spared _,
                    Event.Ignored _,
                    Event.Named _,
                    Event.Doubted _,
                    Event.Nothing _ -> {}
        }
    }

    private static boolean tells(Sighting sighting) {
        return !sighting.site().isEmpty() && !sighting.user().orElse("").isEmpty();
    }

    private void failed(Sighting sighting, IpAddress address) {
        if (tells(sighting)) {
            synchronized (this) {
                String account = sighting.user().orElse("");
                reputation.failure(source(address), sighting.site(), account, !sighting.isUnknown(), clock.instant());
                changed = true;
            }
        }
    }

    private void succeeded(Sighting sighting, IpAddress address) {
        if (tells(sighting)) {
            synchronized (this) {
                reputation.success(
                        source(address), sighting.site(), sighting.user().orElse(""), clock.instant());
                changed = true;
            }
        }
    }

    private static Cidr source(IpAddress address) {
        return AddressEvidence.sourceOf(address, IPV6_PREFIX);
    }

    /** {@link Reputation#suspicion} of the address now. */
    synchronized Optional<String> suspicion(IpAddress address, String site, String account, boolean known) {
        Optional<String> suspicion = reputation.suspicion(source(address), site, account, known, clock.instant());
        changed |= suspicion.isPresent();
        return suspicion;
    }

    /** Whether somebody has logged in at the site from the address of late. */
    synchronized boolean hasSucceeded(IpAddress address, String site) {
        return reputation.hasSucceeded(source(address), site, clock.instant());
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
            state = reputation.state();
        }
        try {
            file.write(state);
        } catch (IOException e) {
            LOG.warn("What is known of attacks could not be written. {}", Faults.words(e));
            synchronized (this) {
                changed = true;
            }
        }
    }
}
