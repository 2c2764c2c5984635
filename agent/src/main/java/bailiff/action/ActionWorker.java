package bailiff.action;

import bailiff.ban.Ban;
import bailiff.net.Cidr;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the actions of one jail, one command at a time, on a thread of its own, in the order of the jail's bans. Safe
 * for any thread; whoever tells it something does not wait.
 */
public final class ActionWorker {

    /** How long the bans and unbans that wait are still carried out at the end. */
    private static final Duration LAST_ORDERS = Duration.ofSeconds(10);

    /** How long the bans are undone at the end, and then how long what the start did. */
    private static final Duration UNDOING = Duration.ofSeconds(20);

    private static final Duration STOPPING = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.action");

    /**
     * Where and when a worker's commands run.
     *
     * @param prefix words before every command; empty but in tests
     * @param ipv6 whether this machine speaks IPv6
     * @param predecessor the jail's worker before this one, whose end is waited for; null where there is none
     */
    public record Place(
            List<String> prefix, boolean ipv6, @Nullable ActionWorker predecessor) {}

    private final String jail;
    private final HurriedShell shell;
    private final JailActions actions;
    private final Complaints complaints;
    private final ActionListener listener;
    private final Thread thread;

    private final Orders orders;
    private @Nullable ActionWorker predecessor;

    /**
     * A worker that runs until {@link #end}.
     *
     * @param place where and when its commands run
     */
    public static ActionWorker start(String jail, Background background, ActionListener listener, Place place) {
        Shell shell = new ProcessShell(place.prefix());
        ActionWorker worker = new ActionWorker(jail, shell, background, listener, InstantSource.system(), place.ipv6());
        worker.predecessor = place.predecessor();
        worker.thread.start();
        return worker;
    }

    /** A worker over another shell; {@link #begin} starts it. */
    ActionWorker(
            String jail,
            Shell shell,
            Background background,
            ActionListener listener,
            InstantSource clock,
            boolean ipv6) {
        this.jail = jail;
        this.orders = new Orders(jail);
        this.shell = new HurriedShell(shell);
        this.complaints = new Complaints(jail);
        this.listener = listener;
        Room room = new Room(jail, this.shell, background, new HostNames(), clock, ipv6);
        this.actions = new JailActions(room, complaints);
        this.thread = Thread.ofPlatform().daemon().name("actions-" + jail).unstarted(this::run);
    }

    void begin() {
        thread.start();
    }

    /** These are the jail's actions from now on; those that it has and that have not changed go on. */
    public void become(List<ActionScript> scripts) {
        orders.become(scripts, false);
    }

    /**
     * The same for the first actions of a jail whose guard was killed: what that one's actions have left is undone before
     * these start, so that nobody stays shut out whose ban is over or is not known to have been told before.
     */
    public void becomeAfterKill(List<ActionScript> scripts) {
        orders.become(scripts, true);
    }

    /** Somebody is banned. */
    public void ban(Ticket ticket) {
        orders.ban(ticket);
    }

    /** A ban that stands ends later than was said. */
    public void prolong(Ticket ticket) {
        orders.prolong(ticket);
    }

    /** A ban is over. */
    public void unban(Ban ban) {
        orders.unban(ban.subject());
    }

    /** Somebody fails in spite of a ban. */
    public void check(Ban ban) {
        orders.check(ban.subject());
    }

    /** What is wrong with the actions now, a sentence each; none where all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(complaints.now());
        long leftOut = orders.leftOut();
        if (leftOut > 0) {
            problems.add(leftOut + " bans and unbans came faster than the jail's actions could be told.");
        }
        return problems;
    }

    /** How many bans and unbans the actions have not been told of yet. */
    public int waiting() {
        return orders.waiting();
    }

    /** Asks the worker to undo everything and end; {@link #awaitEnd} waits for that. */
    public void end() {
        shell.hurry(LAST_ORDERS);
        orders.end();
    }

    /** Waits for the end: some fifty seconds where commands hang; false when it has not come by then. */
    public boolean awaitEnd() throws InterruptedException {
        Duration last = LAST_ORDERS.plus(HurriedShell.KILLING);
        if (!thread.join(last)) {
            thread.interrupt();
        }
        return thread.join(UNDOING.plus(STOPPING).plus(last));
    }

    /** Whether all is undone. */
    public boolean hasEnded() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    private void run() {
        try {
            if (predecessor != null) {
                predecessor.awaitEnd();
                predecessor = null;
            }
            for (Optional<Orders.Order> order = take(); order.isPresent(); order = take()) {
                carryOut(order.get());
            }
            // Whatever was interrupted to come here in time.
            Thread.interrupted();
            shell.hurry(UNDOING);
            undo();
        } catch (InterruptedException e) {
            LOG.debug("[{}] The actions' thread was interrupted.", jail);
        }
    }

    private void undo() {
        int untold = orders.waiting();
        if (untold > 0) {
            LOG.warn("[{}] {} bans and unbans were not told to the jail's actions any more.", jail, untold);
        }
        actions.endBans();
        shell.hurry(STOPPING);
        actions.end();
    }

    private Optional<Orders.Order> take() throws InterruptedException {
        return orders.take(shell::isLate);
    }

    private void carryOut(Orders.Order order) {
        switch (order) {
            case Orders.Order.Ban(Ticket ticket) -> told(ticket, actions.ban(ticket));
            case Orders.Order.Prolong(Ticket ticket) -> told(ticket, actions.prolong(ticket));
            case Orders.Order.Unban(Cidr subject) -> actions.unban(subject);
            case Orders.Order.Check(Cidr subject) -> actions.check(subject);
            case Orders.Order.Become(List<ActionScript> scripts, boolean sweeping) -> {
                if (sweeping) {
                    actions.sweep(scripts);
                }
                actions.become(scripts);
            }
            case Orders.Order.Compare() -> compare();
        }
    }

    private void told(Ticket ticket, String failures) {
        orders.told(ticket);
        listener.done(ticket.ban(), failures);
    }

    private void compare() {
        Map<Cidr, Ticket> standing = orders.standing();
        for (Cidr subject : actions.held()) {
            if (!standing.containsKey(subject) && !orders.isEnding()) {
                actions.unban(subject);
            }
        }
        for (Ticket ticket : standing.values()) {
            if (!actions.holds(ticket.ban().subject()) && !orders.isEnding()) {
                told(ticket, actions.ban(ticket));
            }
        }
    }
}
