package bailiff.enforce;

import java.io.Closeable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Brings bans to the firewall: the one thread that talks to it, and the queue before it.
 *
 * <p>Safe for any thread; no method waits for the firewall but {@link #close()} and {@link #lowerAndClose()}.
 */
public final class Enforcer implements Closeable {

    /** Changes that wait at most, and as many again that failed; beyond, all bans are compared with the kernel's. */
    public static final int MOST_WAITING = 16_384;

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(20);

    private final Firewall firewall;
    private final Rounds rounds;
    private final Inbox inbox = new Inbox(MOST_WAITING);
    private final Thread worker;
    private volatile EnforcerState state;
    private volatile boolean lowering;

    /**
     * An enforcer that does nothing before {@link #start}. It owns the firewall from now on and closes it at its end.
     */
    public Enforcer(Firewall firewall, EnforcerListener listener, InstantSource clock) {
        this.firewall = firewall;
        this.rounds = new Rounds(firewall, listener, clock, new SecureRandom(), MOST_WAITING);
        this.state = rounds.state(0);
        this.worker = Thread.ofPlatform().name("bailiff-enforce").unstarted(this::work);
    }

    /** Puts up these fences and sees to it that every active ban is in force, then takes changes; once only. */
    public void start(List<Fence> fences) {
        inbox.fence(fences);
        worker.start();
    }

    /** From now on these fences stand, and no others. Jails that remain keep their bans. */
    public void fence(List<Fence> fences) {
        inbox.fence(fences);
    }

    /** Has the change made, as soon as can be and in the order of submission. Nothing happens after the end. */
    public void submit(Change change) {
        inbox.add(change);
    }

    /** How enforcement stood at the end of the last round: seconds ago, unless the firewall is slow. */
    public EnforcerState state() {
        EnforcerState last = state;
        return new EnforcerState(
                last.backend(),
                last.verified(),
                last.pending() + inbox.size(),
                last.done(),
                last.failures(),
                last.health());
    }

    /** Makes what waits, then ends; the bans stay in the kernel. Waits up to 20 s. */
    @Override
    public void close() {
        inbox.close();
        if (worker.getState() == Thread.State.NEW) {
            firewall.close();
            return;
        }
        try {
            worker.join(LONGEST_GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Like {@link #close()}, but takes the fences and all bans down. */
    public void lowerAndClose() {
        lowering = true;
        close();
    }

    private void work() {
        try (firewall) {
            boolean open = true;
            while (open) {
                Inbox.Delivery delivery = inbox.take(rounds.rest());
                rounds.turn(delivery);
                state = rounds.state(0);
                open = !delivery.closed();
            }
            if (lowering) {
                rounds.end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
