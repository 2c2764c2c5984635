package bailiff.shield;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with bans in it, which is swapped as a whole: whoever reads it sees the old one or the new one. Its thread writes
 * it; what it says of itself may be asked by any.
 */
final class PublishedFile {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.shield");

    private final Path path;
    private final Publication form;
    private final Bans bans;
    private final Denials also;
    private volatile List<String> problems = List.of();

    /* In System.nanoTime(). */
    private long written;
    private boolean changed = true;
    private boolean everWritten;

    /**
     * Not written yet.
     *
     * @param also who stands in it where the bans leave room
     */
    PublishedFile(Path path, Publication form, Bans bans, Denials also) {
        this.path = path;
        this.form = form;
        this.bans = bans;
        this.also = also;
    }

    /** The bans are others now. */
    void change() {
        changed = true;
    }

    /** In how many nanoseconds it is to be written; 0 or less when now. */
    long rest(long now) {
        if (!everWritten) {
            return 0;
        }
        return written - now + (changed ? form.pause() : form.life()).toNanos();
    }

    /** Writes it. */
    void write(Instant time, long now) {
        everWritten = true;
        written = now;
        changed = false;
        List<String> found = new ArrayList<>();
        List<Bans.Standing> newest = bans.newest(form.most(), time);
        List<Bans.Standing> taken = new ArrayList<>(newest);
        taken.removeIf(ban -> !form.takes(ban.subject()));
        int all = bans.size();
        if (all > form.most()) {
            found.add("Of " + all + " bans only the newest " + form.most() + " are in the " + form.name() + ".");
        }
        if (taken.size() < newest.size()) {
            found.add((newest.size() - taken.size()) + " bans of networks cannot be written in the " + form.name()
                    + "; the firewall and the shield's socket know them.");
        }
        taken.addAll(also.newest(form.most() - taken.size(), time));
        replace(form.text(taken, time), found);
        problems = List.copyOf(found);
    }

    /** Leaves it as it is to be without a guard. */
    void takeLeave() {
        if (!form.farewell().isEmpty()) {
            replace(form.farewell(), new ArrayList<>());
        }
    }

    private void replace(String text, List<String> found) {
        Path whole = path.resolveSibling(path.getFileName() + ".new");
        try {
            // A name that somebody has put there in the meantime must not be followed elsewhere.
            Files.deleteIfExists(whole);
            try (var out = Files.newByteChannel(
                    whole,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            Files.getFileAttributeView(whole, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            fail("it cannot be swapped there", found);
        } catch (IOException e) {
            fail(e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage(), found);
        }
    }

    private void fail(String why, List<String> found) {
        String problem = "The " + form.name() + " " + path + " could not be written (" + why + "). It is tried again.";
        if (!problems.contains(problem)) {
            LOG.warn("{}", problem);
        }
        found.add(problem);
        changed = true;
    }

    /** What keeps it from saying all, a sentence each. */
    List<String> problems() {
        return problems;
    }
}
