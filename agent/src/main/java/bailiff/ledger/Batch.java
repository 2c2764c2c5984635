package bailiff.ledger;

import bailiff.ban.Ban;
import bailiff.net.Cidr;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the ledger is to take in at once: all of it is kept, or nothing. Entries apply in the order in which they are
 * added.
 *
 * <p>Not thread-safe. Unbounded: who fills it commits it before it grows large.
 */
public final class Batch {

    /** One change, apart from bookmarks. */
    sealed interface Entry {
        record Seen(Failure failure) implements Entry {}

        record Decided(Ban ban, int evidence) implements Entry {}

        record Prolonged(Ban ban) implements Entry {}

        record Expired(String jail, Cidr subject, Instant now) implements Entry {}

        record Lifted(String jail, Cidr subject, Ending.Lifted ending) implements Entry {}

        record Enforced(String jail, Cidr subject, Enforcement enforcement) implements Entry {}

        record Forgiven(String jail, Cidr subject) implements Entry {}

        record Succeeded(Success success) implements Entry {}
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Map<String, String>> bookmarks = new HashMap<>();

    /** A failure was seen; it stays open until a ban takes it as evidence or it is forgotten. */
    public Batch failure(Failure failure) {
        entries.add(new Entry.Seen(failure));
        return this;
    }

    /**
     * A ban was decided, and is pending until {@link #enforced} says otherwise. Takes the place of a ban of the same
     * subject and jail that runs. The jail's open failures whose subject overlaps the ban's are spent: the last of them
     * become its evidence, the others are dropped.
     */
    public Batch ban(Ban ban) {
        return ban(ban, Integer.MAX_VALUE);
    }

    /** The same, with at most so many failures kept as evidence, and no more than {@link Bounds#evidence}. */
    public Batch ban(Ban ban, int evidence) {
        entries.add(new Entry.Decided(ban, evidence));
        return this;
    }

    /**
     * The running ban of that subject ends when this one does, and has yet to be enforced so. The jail's open failures
     * whose subject overlaps it are spent. Nothing else happens when there is no such ban.
     */
    public Batch prolonged(Ban ban) {
        entries.add(new Entry.Prolonged(ban));
        return this;
    }

    /** The time of that ban is up; nothing happens when it runs beyond {@code now}, having been prolonged. */
    public Batch expired(String jail, Cidr subject, Instant now) {
        entries.add(new Entry.Expired(jail, subject, now));
        return this;
    }

    /** A person ended the ban of exactly that subject; nothing happens when there is none. */
    public Batch lifted(String jail, Cidr subject, Ending.Lifted ending) {
        entries.add(new Entry.Lifted(jail, subject, ending));
        return this;
    }

    /** What became of the running ban of exactly that subject at the firewall; nothing happens when there is none. */
    public Batch enforced(String jail, Cidr subject, Enforcement enforcement) {
        entries.add(new Entry.Enforced(jail, subject, enforcement));
        return this;
    }

    /** The jail's open failures whose subject overlaps this one no longer count. */
    public Batch forgiven(String jail, Cidr subject) {
        entries.add(new Entry.Forgiven(jail, subject));
        return this;
    }

    /**
     * How far the jail has read, by file: the whole map, so that files which are not in it are forgotten. The last map
     * of a batch counts.
     */
    public Batch bookmarks(String jail, Map<String, String> positions) {
        bookmarks.put(jail, Map.copyOf(positions));
        return this;
    }

    /** Somebody logged in; of each account and subject the last time is kept. Forgives nothing by itself. */
    public Batch success(Success success) {
        entries.add(new Entry.Succeeded(success));
        return this;
    }

    /** What the other batch holds comes after what this one does; of bookmarks of the same jail the other's count. */
    public Batch append(Batch later) {
        entries.addAll(later.entries);
        bookmarks.putAll(later.bookmarks);
        return this;
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return entries.isEmpty() && bookmarks.isEmpty();
    }

    List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    Map<String, Map<String, String>> bookmarks() {
        return Collections.unmodifiableMap(bookmarks);
    }
}
