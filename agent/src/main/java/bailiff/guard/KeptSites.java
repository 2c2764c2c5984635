package bailiff.guard;

import bailiff.evidence.site.Allowance;
import bailiff.evidence.site.Sites;
import bailiff.net.CidrSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The evidence of all sites, kept in a file, and the lock under which one thread at a time may use it. Nothing is there
 * before somebody needs it.
 *
 * <p>Where a method says nothing about it, the caller need not hold the lock.
 */
final class KeptSites {

    /** How often the file is written while something happens. */
    static final Duration SAVE_EVERY = Duration.ofMinutes(5);

    /** How often where a campaign has begun, which a crash must not undo; an attacker may begin many. */
    static final Duration SAVE_SOON = Duration.ofSeconds(10);

    /** Verified services are spared by the jails and by the shield already: their attempts never come here. */
    private static final CidrSet NOBODY = new CidrSet(List.of());

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private final StateFile file;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Sites sites;
    private boolean changed;
    private Instant saved;
    private volatile boolean hurried;

    private KeptSites(StateFile file, InstantSource clock, @Nullable Sites sites) {
        this.file = file;
        this.clock = clock;
        this.sites = sites;
        this.saved = clock.instant();
    }

    /** What that file knows; nothing yet where there is none, or a damaged one. */
    static KeptSites in(Path path, InstantSource clock) {
        StateFile file = new StateFile(path, Sites.MOST_BYTES);
        return new KeptSites(file, clock, read(file));
    }

    private static @Nullable Sites read(StateFile file) {
        try {
            Optional<byte[]> bytes = file.read();
            if (bytes.isEmpty()) {
                return null;
            }
            Optional<Sites> restored = Sites.restored(Allowance.USUAL, NOBODY, bytes.get());
            if (restored.isEmpty()) {
                LOG.warn("{} is damaged or of another version. The evidence of the sites begins anew.", file.file());
            }
            return restored.orElse(null);
        } catch (IOException e) {
            LOG.warn("The evidence of the sites could not be read, and begins anew. {}", Faults.words(e));
            return null;
        }
    }

    /** Takes the lock. */
    void lock() {
        lock.lock();
    }

    /** Takes the lock if that is possible within so many milliseconds; whether it was. */
    boolean enter(long patience) {
        try {
            return lock.tryLock(patience, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives the lock back. */
    void unlock() {
        lock.unlock();
    }

    /** The evidence, which the caller may use while it holds the lock. */
    Sites known() {
        Sites known = sites;
        if (known == null) {
            known = new Sites(Allowance.USUAL, NOBODY);
            sites = known;
        }
        return known;
    }

    /** Says that the file is to be written again; the caller holds the lock. */
    void change() {
        changed = true;
    }

    /** Says that what has changed is to be written soon. */
    void hurry() {
        hurried = true;
    }

    /** Asks the evidence; gives the other value where there is none yet. */
    <T> T ask(T nothing, Function<Sites, T> question) {
        lock.lock();
        try {
            Sites known = sites;
            return known == null ? nothing : question.apply(known);
        } finally {
            lock.unlock();
        }
    }

    /** Writes the file where that is due. Only one thread may. */
    void saveNowAndThen() {
        Instant now = clock.instant();
        if (!now.isBefore(saved.plus(hurried ? SAVE_SOON : SAVE_EVERY))) {
            saved = now;
            hurried = false;
            save();
        }
    }

    /** Writes the file if something has changed. What cannot be written is tried again next time. */
    void save() {
        byte[] state;
        lock.lock();
        try {
            if (!changed || sites == null) {
                return;
            }
            changed = false;
            state = sites.save();
        } finally {
            lock.unlock();
        }
        try {
            file.write(state);
        } catch (IOException e) {
            LOG.warn("The evidence of the sites could not be written. {}", Faults.words(e));
            lock.lock();
            try {
                changed = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
