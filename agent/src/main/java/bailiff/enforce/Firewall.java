package bailiff.enforce;

import java.io.Closeable;
import java.util.List;

/**
 * What keeps banned addresses out.
 *
 * <p>Not thread-safe: the {@link Enforcer}'s thread owns it. Every method may wait for another program, but none longer
 * than a minute.
 */
public interface Firewall extends Closeable {

    /** The name that {@code status} shows: {@code nftables} or {@code observe}. */
    String backend();

    /** Whether bans have any effect; without it nothing else here does anything. */
    boolean enforces();

    /**
     * Puts up exactly these fences, all at once or, on failure, not at all. Bans of jails that remain stay in force
     * without a gap; those of jails that are no longer named end. May be called any number of times.
     */
    void raise(List<Fence> fences) throws FirewallException;

    /**
     * Makes the changes, in batches. When some cannot be made the others are made nevertheless, and the exception names
     * those that were not. The jails must have been fenced by {@link #raise}.
     */
    void apply(List<Change> changes) throws FirewallException;

    /**
     * Shows the visitor every ban that is in force now and is not among those wanted; read from the kernel, not
     * remembered. One may be shown more than once.
     *
     * @param applied whether all those wanted have been applied without a failure, just now
     */
    void strays(Places wanted, boolean applied, BanVisitor visitor) throws FirewallException;

    /** Whether the fences still stand: somebody else may have cleared the whole packet filter. */
    boolean standing();

    /** Removes the fences and with them every ban. */
    void lower() throws FirewallException;

    /** Lets go of helper programs; the bans stay in force and end at their times. */
    @Override
    void close();
}
