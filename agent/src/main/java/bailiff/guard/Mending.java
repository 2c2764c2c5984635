package bailiff.guard;

import bailiff.control.ControlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a jail which could not run does so by itself once it can: tries again when a file of the configuration
 * has changed, and now and then for causes that lie elsewhere. Sleeps while all jails run. Not thread-safe: a
 * thread of its own runs it.
 */
final class Mending implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /*
     * A file that is being written may be empty for a moment, and then tells of no jail at all: what is believed has
     * stayed as it is for so long.
     */
    private static final Duration QUIET_FOR = Duration.ofMillis(500);

    /* For files outside of the directory, and for the ledger: to read 99 jails takes most of a second. */
    private static final Duration TRY_EVERY = Duration.ofMinutes(1);

    private static final int DEEPEST = 3;
    private static final int MOST_FILES = 10_000;

    private final PlanInForce plan;
    private final Jails jails;
    private final InstantSource clock;
    private final Nap nap;
    private long looked;
    private boolean changing;
    private long seen;
    private Instant tried = Instant.MIN;

    /**
     * Mending that has not begun.
     *
     * @param nap to be cut short when jails may have come to have faults; its end ends this
     */
    Mending(PlanInForce plan, Jails jails, InstantSource clock, Nap nap) {
        this.plan = plan;
        this.jails = jails;
        this.clock = clock;
        this.nap = nap;
    }

    @Override
    public void run() {
        try {
            while (nap.take(pause())) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        if (jails.faults().isEmpty()) {
            return TRY_EVERY;
        }
        return changing ? QUIET_FOR : LOOK_EVERY;
    }

    private void look() {
        if (jails.faults().isEmpty()) {
            return;
        }
        long now = stamp(plan.now().directory());
        changing = now != looked;
        looked = now;
        if (changing) {
            return;
        }
        Instant time = clock.instant();
        if (now == seen && time.isBefore(tried.plus(TRY_EVERY))) {
            return;
        }
        seen = now;
        tried = time;
        try {
            plan.mend();
        } catch (ControlException e) {
            LOG.debug("No jail was tried again.", e);
        }
    }

    /** A number that changes with the files of the directory: their names, sizes and times. */
    private static long stamp(Path directory) {
        try (Stream<Path> files = Files.walk(directory, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            return files.limit(MOST_FILES)
                    .mapToLong(file -> List.of(file, content(file)).hashCode())
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** Of a directory its files tell, so its own time does not count. */
    private static Object content(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            @Nullable Object key = found.fileKey();
            return found.isDirectory()
                    ? "directory"
                    : List.of(found.size(), found.lastModifiedTime(), Objects.requireNonNullElse(key, ""));
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
