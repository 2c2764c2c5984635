package bailiff.source;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Hands over what is written to a jail's logs, each line once, also over a restart.
 *
 * <p>Reads when told to, on the caller's thread. Not thread-safe: one jail's thread owns it; only {@link #wakeBy} is
 * called before that thread begins, by another.
 */
public interface Follower extends Closeable {

    /**
     * Reads what is there. Never throws for what it finds: what cannot be read says so in {@link #states()} and is tried
     * again.
     *
     * @param maxBytes about how much to read at most
     * @return whether more is waiting, so that this should be called again without being woken
     */
    boolean read(int maxBytes, LineSink sink);

    /**
     * For how long it may be left alone unless the jail is woken, more than zero: what it follows may change without
     * anybody's telling. To be asked after a reading.
     */
    Duration rest();

    /**
     * Has a jail woken from now on when there is something to read, and now and then. To be called once, before the first
     * reading.
     *
     * @param wake called on other threads; must return at once
     */
    ChangeWatcher.Registration wakeBy(ChangeWatcher watcher, Runnable wake);

    /**
     * How far has been read, by the source's name: to be saved together with what the lines led to, and handed over
     * after a restart. Speaks of exactly the lines handed over so far.
     */
    Map<String, String> bookmarks();

    /** How it stands with each source, in the order of their names. */
    List<SourceState> states();

    /** Ends reading. What was read and not saved by way of {@link #bookmarks()} will be read again. */
    @Override
    void close();
}
